"""Files and pictures as characteristics: on the card, in lists, sheets and history, and who may read them."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.models import Counterparty, Value
from files.domain.intake import take
from files.models import StoredFile
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.files.makes import bomb, files_on, packed, paper, picture, png
from trail.models import Operation


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def asked(client_type):
    """Clients are asked for a signed offer, for papers, and for a picture."""
    return {
        "offer": make_characteristic("offer", "file", client_type),
        "papers": make_characteristic("papers", "file", client_type, is_multiple=True),
        "front": make_characteristic("front", "picture", client_type),
    }


def new_card(client, **fields):
    return client.post("/counterparties/new/", {"name": "Danube Agro", "types": ["client"], **fields})


def edit(client, record, **fields):
    record.refresh_from_db()
    card = {"name": record.name, "types": ["client"], "version": record.version, "code": record.code}
    return client.post(f"/counterparties/{record.pk}/edit/", card | fields)


def kept(record, code):
    return [row.file for row in record.values.filter(characteristic__code=code).order_by("place")]


def words_of(page, name):
    """The signed words of what waits to be saved."""
    return re.findall(rf'name="{re.escape(name)}.draft" value="([^"]+)"', page.content.decode())


def wrong_at(page, name):
    return " ".join(page.context["card"].errors.get(name, []))


def test_a_card_keeps_its_files_and_a_save_that_brings_none_changes_nothing(client, anna, asked, shelf):
    client.force_login(anna)

    answer = new_card(
        client,
        **{"c-offer": paper(), "c-papers": [paper("a.pdf"), paper("a.pdf", b"%PDF-1.4 other")], "c-front": picture()},
    )
    record = Counterparty.objects.get()
    page = client.get(f"/counterparties/{record.pk}/edit/").content.decode()
    again = edit(client, record)

    assert (answer.status_code, again.status_code) == (303, 303)
    assert [each.name for each in kept(record, "offer")] == ["offer.pdf"]
    assert [each.name for each in kept(record, "papers")] == ["a.pdf", "a (2).pdf"]
    assert {each.counterparty for each in StoredFile.objects.all()} == {record}
    (front,) = kept(record, "front")
    assert f'<img src="/files/{front.pk}/?size=96" alt="front.png"' in page
    assert 'enctype="multipart/form-data"' in page
    assert files_on(shelf) == sorted(StoredFile.objects.values_list("storage_name", flat=True))
    assert Operation.objects.filter(kind="card").count() == 1


def test_a_file_is_replaced_added_and_removed_and_history_shows_each(client, anna, asked):
    client.force_login(anna)
    new_card(client, **{"c-front": picture(), "c-papers": [paper("a.pdf"), paper("b.pdf")], "c-offer": paper()})
    record = Counterparty.objects.get()
    first, (a, _b) = kept(record, "front")[0], kept(record, "papers")

    edit(
        client,
        record,
        **{
            "c-front": picture("new.png", "red"),
            "c-offer_clear": "on",
            "c-papers_clear": [a.pk],
            "c-papers": [paper("c.pdf")],
        },
    )

    second = kept(record, "front")[0]
    assert (second.name, kept(record, "offer")) == ("new.png", [])
    assert [each.name for each in kept(record, "papers")] == ["b.pdf", "c.pdf"]
    history = client.get(f"/counterparties/{record.pk}/history/").content.decode()
    assert re.search(
        rf"<del><a[^>]*><img src=\"/files/{first.pk}/\?size=48\".*?<ins><a[^>]*><img src=\"/files/{second.pk}/", history
    )
    assert client.get(f"/files/{first.pk}/").status_code == 200
    assert client.get(f"/files/{a.pk}/").status_code == 200


def test_a_refused_card_keeps_what_was_brought_and_nobody_else_can_use_it(
    client, anna, mila, asked, shelf, django_capture_on_commit_callbacks
):
    client.force_login(anna)
    refused = new_card(client, name="", **{"c-front": picture(), "c-papers": [paper("a.pdf"), paper("b.pdf")]})
    (word,), papers = words_of(refused, "c-front"), words_of(refused, "c-papers")

    shown_again = new_card(client, show_fields="1", **{"c-front.draft": word, "c-papers.draft": papers})
    client.force_login(mila)
    stolen = new_card(client, **{"c-front.draft": word})
    client.force_login(anna)
    forged = new_card(client, **{"c-front.draft": papers[0]})
    tampered = new_card(client, **{"c-front.draft": word[:-3] + "abc"})
    with django_capture_on_commit_callbacks(execute=True):
        saved = new_card(client, **{"c-front.draft": word, "c-papers.draft": papers})

    assert refused.status_code == 422
    assert "front.png" in refused.content.decode()
    assert len(words_of(shown_again, "c-papers")) == 2
    for each in (stolen, forged, tampered):
        assert each.status_code == 422
        assert "Choose it again" in wrong_at(each, "c-front")
    assert saved.status_code == 303
    record = Counterparty.objects.get()
    assert [each.name for each in kept(record, "papers")] == ["a.pdf", "b.pdf"]
    assert not [name for name in files_on(shelf) if name.startswith("drafts/")]


def test_a_stale_card_keeps_what_was_brought(client, anna, asked):
    client.force_login(anna)
    record = make_counterparty("Danube Agro")
    stale = {"name": record.name, "types": ["client"], "version": record.version, "code": record.code}
    edit(client, record, comment="faster")

    page = client.post(f"/counterparties/{record.pk}/edit/", stale | {"c-front": picture()})
    record.refresh_from_db()
    saved = edit(client, record, **{"c-front.draft": words_of(page, "c-front")})

    assert (page.status_code, saved.status_code) == (409, 303)
    assert [each.name for each in kept(record, "front")] == ["front.png"]


SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
#: Field → name, content, words of the refusal.
WRONG = [
    ("c-offer", "empty.pdf", b"", "empty"),
    ("c-offer", "large.pdf", b"%PDF" + b"x" * 1024 * 1024, "larger than 1 megabyte"),
    ("c-offer", "setup.pdf", b"MZ\x90\x00 a program", "not taken"),
    ("c-offer", "drawing.svg", SCRIPTED, "not taken"),
    ("c-offer", "../../page.html", b"<!doctype html><script>alert(1)</script>", "not taken"),
    ("c-offer", "photo.jpg", packed(evil="x"), "not taken"),
    ("c-front", "photo.jpg", packed(evil="x"), "Choose a picture"),
    ("c-front", "drawing.png", SCRIPTED, "Choose a picture"),
    ("c-front", "offer.png", b"%PDF-1.7", "Choose a picture"),
    ("c-front", "bomb.png", bomb(100_000, 100_000), "25 million points"),
    ("c-front", "half.png", png()[:40], "damaged"),
    ("c-papers", "../../setup.exe", b"MZ\x90\x00", "setup.exe: A file of this sort is not taken"),
]


def test_a_bad_file_is_refused_at_its_field_and_leaves_nothing_anywhere(client, anna, asked, shelf, settings):
    settings.MAX_UPLOAD_MB = 1
    client.force_login(anna)

    for number, (field, name, content, words) in enumerate(WRONG):
        # Every other one comes while the fields of another type are asked for: it is told then, too.
        more = {"show_fields": "1"} if number % 2 else {}
        page = new_card(client, **{field: paper(name, content)}, **more)

        assert (name, page.status_code) == (name, 422)
        assert words in wrong_at(page, field), name
        assert "Danube Agro" in page.content.decode()

    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()
    assert not Counterparty.objects.exists()


def test_what_hides_behind_a_picture_and_in_its_name_is_not_kept(client, anna, asked, shelf):
    client.force_login(anna)

    new_card(client, **{"c-front": paper("../../<b>logo.png.php", png() + b"<script>alert(1)</script>")})

    (stored,) = StoredFile.objects.all()
    assert stored.name == "_b_logo.png.php.png"
    assert b"script" not in (shelf / stored.storage_name).read_bytes()
    answer = client.get(f"/files/{stored.pk}/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")


def test_a_save_that_fails_takes_its_files_back(client, anna, asked, shelf, monkeypatch):
    def fails(*_args):
        raise RuntimeError("the database is away")

    monkeypatch.setattr(values.in_bulk, "add", fails)
    client.force_login(anna)
    client.raise_request_exception = False

    assert new_card(client, **{"c-offer": paper()}).status_code == 500

    assert files_on(shelf) == []
    assert not StoredFile.objects.exists()


def test_a_file_is_read_where_its_characteristic_is(client, anna, boris, mila, client_type, supplier_type, bank_type):
    """Anna views clients and suppliers, Boris everybody; the bank's paper is not for Anna even on a client."""
    secret = make_characteristic("secret", "file", bank_type)
    plain = make_characteristic("plain", "file", client_type)
    record = make_counterparty(types=[client_type, bank_type])
    hidden, open_ = (take(paper(name), counterparty=record) for name in ("hidden.pdf", "open.pdf"))
    values.save(record, {secret: hidden, plain: open_})

    def answers(user):
        client.force_login(user)
        return [client.get(f"/files/{each.pk}/").status_code for each in (hidden, open_)]

    assert (answers(anna), answers(boris)) == ([404, 200], [200, 200])
    # Replaced, it is still no more than history, and history asks the same.
    values.save(record, {secret: None, plain: None})
    assert (answers(anna), answers(boris)) == ([404, 200], [200, 200])
    # The characteristic leaves the type: nobody is shown it any more.
    plain.ties.all().delete()
    assert (answers(anna), answers(boris)) == ([404, 404], [200, 404])


def test_a_document_is_for_whoever_views_its_counterparty(client, anna, vera, client_type):
    record = make_counterparty()
    document = record.documents.create(file=take(paper(), counterparty=record))

    for user, status in ((anna, 200), (vera, 404)):
        client.force_login(user)
        assert client.get(document.file.get_absolute_url()).status_code == status


def test_the_register_asks_shows_and_sorts_files_at_one_cost(client, boris, asked):
    client.force_login(boris)
    costs = []
    for count in (1, 3, 50):
        while Counterparty.objects.count() < count:
            record = make_counterparty()
            front = take(picture(f"p{60 - record.pk % 50:02}.png"), counterparty=record)
            values.save(record, {asked["front"]: front, asked["papers"]: [take(paper(), counterparty=record)]})
        client.get("/counterparties/?columns=name&columns=c-front&columns=c-papers&sort=c-front")
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            page = client.get("/counterparties/?columns=name&columns=c-front&columns=c-papers&sort=c-front")
        costs.append(len(asked_for))
    without = make_counterparty("Without")

    assert len(set(costs)) == 1
    rows = page.content.decode()
    names = re.findall(r'\?size=48" alt="(p\d\d)\.png"', rows)
    assert len(names) == 50
    assert names == sorted(names)
    assert "offer.pdf</a>" in rows
    found = client.get("/counterparties/?c-front=no").content.decode()
    assert without.name in found
    assert client.get("/counterparties/?c-front=yes").context["listing"].found.count() == 50
    assert "there is none" in found


def test_a_sheet_names_files_and_comes_back_the_same(client, admin, asked, tmp_path, capsys):
    record = make_counterparty("Danube Agro")
    papers = [take(paper(name), counterparty=record) for name in ("a;b.pdf", "c.pdf")]
    values.save(record, {asked["offer"]: take(paper("=offer.pdf"), counterparty=record), asked["papers"]: papers})
    sheet = tmp_path / "out.csv"
    columns = "--columns=code,name,c-offer,c-papers,c-front"

    def brought(change=lambda words: words, *more):
        text = sheet.read_text(encoding="utf-8-sig")
        (tmp_path / "in.csv").write_text(change(text), encoding="utf-8-sig")
        call_command("import_counterparties", str(tmp_path / "in.csv"), "--type", "client", *more)
        return capsys.readouterr()

    call_command("export_counterparties", str(tmp_path / "out.xlsx"), columns)
    client.force_login(admin)
    sheet.write_bytes(
        b"".join(
            client.get(
                "/counterparties/sheet.csv?columns=code&columns=name&columns=c-offer&columns=c-papers&columns=c-front"
            )
        )
    )
    capsys.readouterr()
    call_command("import_counterparties", str(tmp_path / "out.xlsx"), "--type", "client")

    assert "same=1 refused=0" in capsys.readouterr().out
    assert "same=1 refused=0" in brought().out
    other = brought(lambda words: words.replace("=offer.pdf", "other.pdf"))
    assert "same=0 refused=1" in other.out
    assert "Files do not come with a sheet" in other.err
    assert "refused=1" in brought(lambda words: words.replace(record.code, "T9")).out
    assert "same=1" in brought(lambda words: words.replace("=offer.pdf", "")).out
    assert Value.objects.filter(file__isnull=False).count() == 3


def test_a_subtypes_card_brings_files_too(client, admin, asked, client_type):
    """Ticking a type shows its fields, and what was brought for the others waits."""
    retail = make_type("retail", client_type)
    make_characteristic("shop", "picture", retail, is_required=True)
    client.force_login(admin)

    shown = new_card(client, types=["retail"], show_fields="1", **{"c-offer": paper()})
    saved = new_card(client, types=["retail"], **{"c-offer.draft": words_of(shown, "c-offer"), "c-shop": picture()})
    lacking = edit(client, Counterparty.objects.get(), types=["retail"], **{"c-shop_clear": "on"})

    assert (shown.status_code, saved.status_code, lacking.status_code) == (200, 303, 422)
    assert wrong_at(lacking, "c-shop") == "This field is required."
    assert wrong_at(shown, "c-shop") == ""


def test_an_element_gets_its_picture_loses_it_and_keeps_it_through_a_refusal(settings_of, shelf):
    region = make_nomenclature("region", "north")
    home = "/settings/nomenclatures/region/elements/"

    refused = settings_of.post(f"{home}new/", {"code": "Юг", "name": "South", "picture": picture()})
    bad = settings_of.post(f"{home}new/", {"code": "east", "name": "East", "picture": paper()})
    (word,) = words_of(refused, "picture")
    made = settings_of.post(f"{home}new/", {"code": "south", "name": "South", "picture.draft": word})
    south = region.elements.get(code="south")
    listed = settings_of.get("/settings/nomenclatures/region/").content.decode()
    form = {"name": "South", "version": south.version}
    same = settings_of.post(f"{home}south/edit/", form)
    stale = settings_of.post(
        f"{home}south/edit/", form | {"version": south.version + 5, "picture": picture("b.png", "red")}
    )
    cleared = settings_of.post(f"{home}south/edit/", form | {"picture_clear": "on"})
    history = settings_of.get(f"{home}south/history/").content.decode()

    assert [each.status_code for each in (refused, bad, made, same, stale, cleared)] == [422, 422, 303, 303, 409, 303]
    assert "Choose a picture" in bad.content.decode()
    assert (south.picture.name, south.picture.counterparty) == ("front.png", None)
    assert f'<img src="/files/{south.picture_id}/?size=96"' in listed
    assert "b.png" in stale.content.decode()
    assert len(words_of(stale, "picture")) == 1
    assert f"/files/{south.picture_id}/?size=48" in history
    assert region.elements.get(code="south").picture is None


def test_every_picture_is_a_file_and_not_the_other_way_round(asked):
    file, front = asked["offer"].type, asked["front"].type

    assert (file.holds(front), front.holds(file)) == (True, False)


def test_a_full_disk_is_told_at_the_field_and_loses_nothing_else(client, anna, asked, shelf, monkeypatch):
    def is_full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("files.domain.intake.default_storage.save", is_full)
    client.force_login(anna)

    page = new_card(client, **{"c-front": picture()})

    assert page.status_code == 422
    assert "full or out of reach" in wrong_at(page, "c-front")
    assert not Counterparty.objects.exists()
    assert not StoredFile.objects.exists()
