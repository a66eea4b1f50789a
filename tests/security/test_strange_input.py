"""Strange words in every field and address: kept as typed, refused with a sentence, or left out; never a failure."""

import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client

from characteristics.domain import values
from counterparties.models import Counterparty
from tests.shown import body_of

from .naughty import CLEANED, KEPT, NOTHING, STRANGE

CARD = "/counterparties/new/"
#: Everything a card may be sent.
FIELDS = [
    "types",
    "code",
    "name",
    "alias",
    "is_person",
    "is_foreign",
    "country",
    "registration_number",
    "is_vat_registered",
    "vat_number",
    "email",
    "phone",
    "mobile",
    "website",
    "status",
    "comment",
    "version",
    "opened",
    "theirs",
    "c-motto",
    "c-size",
    "c-since",
    "c-grade",
    "c-words",
    "c-shared",
    "c-boss",
]
ASKED = [
    "q",
    "type",
    "kind",
    "status",
    "archived",
    "country",
    "created_after",
    "created_before",
    "c-motto",
    "c-size_min",
    "c-size_max",
    "c-since_after",
    "c-since_before",
    "c-grade",
    "c-shared",
    "c-boss",
    "holding",
    "company",
    "sort",
    "columns",
    "after",
    "before",
    "count",
    "filters",
    "category",
    "subcategory",
    "project",
    "contract_type",
    "tab",
    "who",
    "day",
    "c-",
    "c-nothing",
    "c-size_min_min",
    "page",
]


def pk_of(answer):
    assert answer.status_code == 303, body_of(answer)
    return int(answer["Location"].split("/")[2])


def made(desk, said, *more):
    """A counterparty with the same words in every field that takes any."""
    fields = ("name", "alias", "comment", "c-motto")
    pk = pk_of(
        desk.post(CARD, {"types": "shop", "country": "BG", "c-words": [said, *more], **dict.fromkeys(fields, said)})
    )
    return Counterparty.objects.get(pk=pk)


def texts(counterparty, house):
    said = values.of(counterparty, [house.asked["motto"], house.asked["words"]])
    motto, words = said[house.asked["motto"].pk][0], said[house.asked["words"].pk]
    return {counterparty.name, counterparty.alias, counterparty.comment, motto, words[0]}


def test_any_text_is_kept_as_typed_and_shown_harmlessly(desk, house):
    kept = {said: made(desk, said) for said in KEPT}

    assert {said: texts(each, house) for said, each in kept.items()} == {said: {said} for said in KEPT}
    pages = [f"/counterparties/{each.pk}/{tab}" for each in kept.values() for tab in ("", "edit/", "history/")]
    columns = "columns=name&columns=alias&columns=comment&columns=c-motto&columns=c-words"
    for page in [*pages, f"/counterparties/?{columns}", "/", "/clients/"]:
        answer = desk.get(page)
        assert answer.status_code == 200
        assert "<script>alert" not in body_of(answer)
        assert "<img src=x" not in body_of(answer)
        assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_letters_nobody_means_are_dropped(desk, house):
    kept = {
        typed: Counterparty.objects.get(pk=pk_of(desk.post(CARD, {"types": "shop", "name": typed})))
        for typed in CLEANED
    }

    assert {typed: each.name for typed, each in kept.items()} == CLEANED


@pytest.mark.parametrize("typed", NOTHING)
def test_a_name_of_nothing_is_no_name(desk, house, typed):
    assert desk.post(CARD, {"types": "shop", "name": typed}).status_code == 422


def test_a_megabyte_in_any_text_field_is_refused_by_its_limit_and_the_rest_is_kept(desk, house):
    fields = ["code", "name", "alias", "registration_number", "vat_number", "email", "phone", "mobile", "website"]
    fields += ["comment", "country", "reason", "c-motto", "c-size", "c-since", "c-words", "c-shared"]
    address = f"/counterparties/{house.both.pk}/edit/"

    for field in fields:
        other = "alias" if field == "name" else "name"
        card = {"types": "shop", "name": "Both", "version": house.both.version, field: "7" * 1_000_000}
        answer = desk.post(address, card | {other: "Typed and kept"})

        page, wrong = body_of(answer), answer.context["card"].errors
        assert (field, answer.status_code, list(wrong)) == (field, 422, [field])
        # A number or a day of a million figures is none at all; every text has its limit.
        assert field in ("c-size", "c-since") or re.search(r"at most \d+ characters", wrong[field][0]), wrong
        assert 'value="Typed and kept"' in page
    assert Counterparty.objects.get(pk=house.both.pk).version == house.both.version


def test_longer_than_kept_is_refused_and_never_cut(desk, house):
    limits = {"name": 255, "alias": 255, "comment": 10_000, "c-motto": 500, "code": 32}

    for field, limit in limits.items():
        fits = desk.post(CARD, {"types": "shop", "name": "Long", field: "x" * limit})
        refused = [
            desk.post(CARD, {"types": "shop", "name": "Long", field: "x" * length}) for length in (limit + 1, 1_000_000)
        ]

        assert (field, fits.status_code, [each.status_code for each in refused]) == (field, 303, [422, 422])
        assert str(limit) in body_of(refused[0]).replace(",", "")


def test_strange_words_in_every_field_of_the_card(desk, house):
    for said in STRANGE:
        everywhere = dict.fromkeys(FIELDS, said)
        answers = [
            desk.post(CARD, everywhere),
            desk.post(CARD, everywhere | {"types": ["shop", said], "name": "Strange"}),
            desk.post(f"/counterparties/{house.open.pk}/edit/", everywhere | {"types": "shop"}),
            desk.post(f"/counterparties/{house.open.pk}/archive/", {"version": said, "reason": said})
            if said
            else desk.get("/"),
        ]
        assert {each.status_code for each in answers} <= {200, 303, 409, 422}, said[:40]
        if Counterparty.objects.get(pk=house.open.pk).is_archived:
            desk.post(f"/counterparties/{house.open.pk}/restore/")


def pages_asked(house, question):
    return [
        f"/counterparties/?{question}",
        f"/clients/?{question}",
        f"/contracts/?{question}",
        f"/counterparties/{house.open.pk}/history/?{question}",
    ]


def test_strange_questions_are_left_out(desk, house):
    for said in STRANGE:
        question = "&".join(f"{name}={quote(said)}" for name in ASKED)
        assert [desk.get(page).status_code for page in pages_asked(house, question)] == [200] * 4, said[:40]


@pytest.mark.parametrize("said", ["\x00", "9" * 400, "9" * 5_000, "1e999999", "x\ud7ff\u202e"])
def test_a_strange_word_alone_is_left_out_as_well(desk, house, said):
    answers = {name: desk.get(f"/clients/?{name}={quote(said)}").status_code for name in ASKED}

    assert answers == dict.fromkeys(ASKED, 200)


def test_strange_words_in_a_bulk_edit(desk, house):
    for said in STRANGE:
        everywhere = {"row": said, "change": ["c-boss", "status"], "c-boss": said, "status": said, "found": said}
        answers = [
            desk.post("/counterparties/bulk/?act=change", everywhere | {"row": house.open.pk, "confirmed": "1"}),
            desk.post("/counterparties/bulk/?act=archive", everywhere | {"rows": "all", "since": said}),
            desk.post("/counterparties/bulk/?act=restore", {"row": house.open.pk, "since": said, "confirmed": "1"}),
        ]
        assert {each.status_code for each in answers} <= {200, 303, 404, 422}, said[:40]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "*", '"'])
def test_signs_of_search_engines_are_letters_like_others(desk, house, sign):
    assert f"/counterparties/{house.open.pk}/" not in body_of(
        desk.get("/counterparties/", {"c-motto": sign, "q": "Open"})
    )


def test_broken_bodies_are_refused(desk, house):
    form, parted = "application/x-www-form-urlencoded", "multipart/form-data; boundary=X"
    bodies = [
        ("application/json", b'{"name": "x"}'),
        ("application/json", b"{{{"),
        ("multipart/form-data", b"x"),
        (parted, b'--X\r\nContent-Disposition: form-data; name="name"\r\n\r\nno end'),
        (parted, b'--X\r\nContent-Disposition: form-data; name="types"; filename="../../x"\r\n\r\nabc\r\n--X--\r\n'),
        (form, b"&".join(b"f%d=1" % number for number in range(1_200))),
        (form, b"name[]=a&name[x][y]=b&types[0]=shop&__proto__=1"),
        (form, b"name=%FF%FE%ED%A0%80&types=shop&code=%00"),
        (form, b"%%%===&&&;;;=%u0041"),
        (form, b""),
    ]
    too_much = [
        (form, b"&".join(b"f%d=1" % number for number in range(20_001))),
        (form, b"name=" + b"x" * 3_000_000),
    ]

    for door in (CARD, f"/counterparties/{house.open.pk}/edit/", "/profile/"):
        sent = [desk.generic("POST", door, body, content_type=sort).status_code for sort, body in bodies]
        assert set(sent) <= {303, 400, 422, 409}
        assert [desk.generic("POST", door, body, content_type=sort).status_code for sort, body in too_much] == [
            413,
            413,
        ]


def test_a_key_given_twice_counts_once(desk, house):
    pk = pk_of(desk.post(CARD, {"types": ["shop", "shop"], "name": ["First", "Last"], "c-size": ["1", "2"]}))

    assert Counterparty.objects.get(pk=pk).name == "Last"


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/counterparties/%00/",
        "/counterparties/%FF/",
        "/counterparties/0/",
        f"/counterparties/{'9' * 40}/",
        f"/counterparties/{'9' * 5000}/",
        f"/files/{'9' * 40}/",
        "/files/0/",
        "/static/../crm/settings.py",
        "/static/%2e%2e/manage.py",
        "/.git/config",
        "/.env",
        "/media/",
        "/var/secret_key",
        f"/admin/counterparties/counterparty/{'9' * 40}/change/",
    ],
)
def test_strange_addresses_lead_nowhere(desk, path):
    assert [
        each.get(path).status_code in (302, 400, 404) for each in (desk, Client(raise_request_exception=False))
    ] == [True, True]


def test_an_address_with_a_nul_is_answered_like_any_other_page(desk):
    answer = desk.get("/counterparties/%00/", headers={"accept-language": "bg"})

    assert (answer.status_code, answer["Content-Language"], answer["Cache-Control"]) == (400, "en", "no-store, private")
    assert "This request cannot be read" in answer.content.decode()
    assert {
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "X-Request-ID",
    } <= answer.headers.keys()


@pytest.mark.parametrize(("ending", "more"), [("xlsx", ["second; third"]), ("csv", [])])
def test_what_is_exported_comes_in_again_unchanged(admins_desk, house, tmp_path, capsys, ending, more):
    for said in KEPT:
        made(admins_desk, said, *more)
    keys = [
        "code",
        "name",
        "alias",
        "types",
        "status",
        "country",
        "comment",
        "email",
        "c-motto",
        "c-size",
        "c-since",
        "c-grade",
        "c-words",
    ]
    sheet = tmp_path / f"out.{ending}"
    sheet.write_bytes(
        b"".join(
            admins_desk.get(
                f"/counterparties/sheet.{ending}?" + "&".join(f"columns={key}" for key in keys)
            ).streaming_content
        )
    )
    before = list(Counterparty.objects.order_by("pk").values())

    call_command("import_counterparties", str(sheet))

    assert capsys.readouterr().out.split() == ["created=0", "updated=0", f"same={len(before)}", "refused=0"]
    assert list(Counterparty.objects.order_by("pk").values()) == before


def test_no_text_becomes_a_formula(desk, house):
    for said in ("=1+1", "+1", "-1", "@sum", "=HYPERLINK(1)"):
        made(desk, said)

    sheet = body_of(desk.get("/counterparties/sheet.xlsx?columns=name&columns=comment&columns=c-motto"))

    assert "=HYPERLINK(1)" in sheet
    assert "<f>" not in sheet
    assert "<f " not in sheet
