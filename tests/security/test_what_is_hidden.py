"""What one may not view is nowhere: in no list, count, filter, sheet, form, message or history."""

import re

from counterparties.domain import keeping
from counterparties.models import Counterparty
from counterparties.pages.columns import Country
from rights.domain.policy import for_user
from tests.shown import body_of

from .conftest import EVERY, MARK, at_desk, person

LISTS = ("/counterparties/", "/clients/")
PAGES = [
    "/",
    "/profile/",
    "/counterparties/?archived=all",
    "/counterparties/?filters=open",
    "/clients/?filters=open",
    "/counterparties/?sort=country",
    "/counterparties/?type=vault",
    "/counterparties/?type=client",
    "/counterparties/?sort=c-ransom",
    "/counterparties/?sort=-c-password",
    "/counterparties/?c-ransom_min=1",
    "/counterparties/?c-treasure=none",
    "/counterparties/?columns=types&columns=c-password&columns=c-ransom&columns=c-shared&columns=comment",
    "/counterparties/new/",
    "/counterparties/new/?type=vault",
    "/counterparties/new/?type=shop",
    "/suppliers/",
    "/holdings/",
    "/admin/",
]


def marks(answer):
    """The words around every mark of something hidden, apart from the random letters of tokens."""
    return [each for each in re.findall(rf".{{0,40}}{MARK}.{{0,40}}", body_of(answer)) if "csrf" not in each]


def rows(answer):
    table = re.search(r"<tbody.*?</tbody>", body_of(answer), re.DOTALL)
    return table.group(0).count("<tr") if table else 0


def test_no_page_says_anything_of_what_is_hidden(desk, house):
    of_two_worlds = ("", "edit/", "archive/", "restore/", "history/", "?tab=history")
    pages = [*PAGES, *(f"/counterparties/{house.both.pk}/{ending}" for ending in of_two_worlds)]

    answers = {page: desk.get(page, follow=True) for page in pages}

    assert {page: each.status_code for page, each in answers.items() if each.status_code not in (200, 403)} == {}
    assert {page: marks(each) for page, each in answers.items() if marks(each)} == {}


def test_a_sheet_holds_what_its_list_shows(desk):
    columns = "&".join(f"columns={key}" for key in ("name", "types", "comment", "c-password", "c-ransom", "c-shared"))

    for ending in ("xlsx", "csv"):
        told = body_of(desk.get(f"/counterparties/sheet.{ending}?archived=all&{columns}"))

        assert "Open house" in told
        assert MARK.lower() not in told.lower().replace("c-", "")
        assert "777123" not in told


def test_search_does_not_find_by_hidden_facts(desk, admins_desk):
    facts = [
        "Zqxwjrenamed",
        "Zqxwjalias",
        "ZQXWJ1",
        "ZQXWJ777",
        "ZQXWJ888",
        "zqxwj@example.org",
        "7771234",
        "zqxwj.example.org",
    ]

    found = [rows(desk.get(page, {"q": said})) for page in LISTS for said in (*facts, "777123")]

    assert found == [0] * len(found)
    assert [rows(admins_desk.get("/counterparties/", {"q": said})) for said in facts] == [1] * len(facts)


def test_hidden_values_neither_sort_nor_filter(desk):
    asked = ["", "sort=c-ransom", "sort=-c-ransom", "c-ransom_min=777000", "c-password=zqxwj", "columns=c-password"]

    found = [
        re.findall(r'href="/counterparties/(\d+)/[^"]*">[A-Z]', body_of(desk.get(f"/counterparties/?{each}")))
        for each in asked
    ]

    assert found == [found[0]] * len(asked)


def test_a_shared_question_is_answered_only_where_one_may_see(desk, house):
    answer = desk.get("/counterparties/", {"c-shared": MARK})

    assert rows(answer) == 0


def test_counts_leave_out_what_is_hidden(desk, house):
    before = [re.findall(r">(\d+)<", body_of(desk.get(page))) for page in ("/", "/counterparties/")]
    hidden = Counterparty.objects.filter(pk=house.hidden.pk)

    hidden.update(archived_at=house.hidden.created_at)
    after = [re.findall(r">(\d+)<", body_of(desk.get(page))) for page in ("/", "/counterparties/")]

    assert after == before


def test_a_path_does_not_name_the_ancestor_one_may_not_view(house):
    desk = at_desk(person("under", {house.cellar: EVERY}))
    pages = [
        "/",
        "/counterparties/?filters=open",
        "/counterparties/new/",
        *(f"/counterparties/{house.below.pk}/{tab}" for tab in ("", "edit/", "history/")),
    ]

    told = [body_of(desk.get(page)) for page in pages]

    assert all("Cellar" in each or "Below" in each for each in told)
    assert [each for each in told if f"{MARK}vault" in each] == []


def test_what_is_taken_by_a_hidden_one_is_refused_without_naming_it(desk):
    number = {"registration_number": "ZQXWJ777", "country": "AD", "is_foreign": "on"}
    taken = [
        ({"code": "zqxwj1"}, "Another counterparty you may not see has this code."),
        (number, "Another counterparty you may not see has this number."),
    ]

    for fact, sentence in taken:
        answer = desk.post("/counterparties/new/", {"types": "shop", "name": "New", "country": "BG", **fact})

        assert answer.status_code == 422
        assert sentence in body_of(answer)
        assert marks(answer) == []


def test_likenesses_tell_nothing_of_a_hidden_one(desk, house):
    for fact in ({"name": "Zqxwjrenamed"}, {"email": "zqxwj@example.org"}, {"phone": "+35927771234"}):
        card = {"types": "shop", "name": "New", "country": "BG", **fact}
        answer = desk.post("/counterparties/new/", card, follow=True)

        assert answer.status_code == 200
        assert f"/counterparties/{house.hidden.pk}/" not in body_of(answer)


def test_a_hidden_type_is_as_good_as_none(desk):
    told = [body_of(desk.post("/counterparties/new/", {"types": code, "name": "New"})) for code in ("vault", "nosuch")]

    assert all(
        f"There is no type “{code}” for you to choose." in each
        for code, each in zip(("vault", "nosuch"), told, strict=True)
    )
    assert MARK not in told[0]


def test_who_sees_it_names_no_hidden_type(desk, house):
    answer = desk.get(f"/counterparties/{house.both.pk}/")

    assert "by another of its types" not in body_of(answer) or marks(answer) == []


def test_a_right_taken_away_is_gone_at_the_next_request(desk, petra, house):
    page = f"/counterparties/{house.open.pk}/"
    seen = desk.get(page).status_code

    petra.groups.clear()
    without_role = desk.get(page).status_code
    petra.is_active = False
    petra.save()

    assert (seen, without_role) == (200, 404)
    assert desk.get(page)["Location"] == f"/login/?next={page}"


def test_history_tells_of_changes_one_may_see(desk, house, admin):
    keeping.keep(house.both, {"comment": "seen"}, [house.shop, house.vault], {}, by=admin, seen=house.both.version)

    told = body_of(desk.get(f"/counterparties/{house.both.pk}/history/"))

    assert "seen" in told
    assert MARK not in told


def test_the_order_of_countries_counts_no_hidden_one(petra, admin):
    told = [Country(for_user(reader)).runs(descending=False)[0].parts for reader in (petra, admin)]

    # Bulgaria and none; Andorra is where only a hidden one lives.
    assert [len(parts) for parts in told] == [2, 3]
