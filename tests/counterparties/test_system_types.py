"""With package and selectable picture, the two types that implementers make, wherever they are said."""

import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Characteristic, Element
from characteristics.types import selectable_picture
from files.models import StoredFile
from rights.domain import policy
from staff.models import User
from tests.counterparties.cards import edit_of, errors, typed
from tests.counterparties.test_history import lines, told
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.shown import names, notes

SETTINGS = "/settings/characteristics/"


@pytest.fixture
def boxes(office):
    made = make_nomenclature("boxes", "crate", "box", "small")
    Element.objects.filter(code="small").update(parent=Element.objects.get(code="box"))
    return made


@pytest.fixture
def packed(client_type, boxes):
    return make_characteristic("packed", "with_package", client_type, nomenclature=boxes, is_system=True)


def element(code):
    return Element.objects.get(code=code)


def said(record, characteristic):
    return values.of(record, [characteristic]).get(characteristic.pk)


# ---- with package


def test_three_boxes_of_the_card_are_one_stored_row_and_one_line_of_history(desk, anna, packed):
    danube = make_counterparty("Danube")
    boxes = {"c-packed": "yes", "c-packed_package": "box", "c-packed_quantity": "1 234,5"}

    card = desk.get(edit_of(danube)).content.decode()
    first = desk.post(edit_of(danube), typed(danube, **boxes))
    danube.refresh_from_db()
    # Boxes that are not sent stay as they are, each for itself.
    second = desk.post(edit_of(danube), typed(danube, **{"c-packed_quantity": "12"}))
    danube.refresh_from_db()
    third = desk.post(edit_of(danube), typed(danube, name="Dunav"))

    assert re.findall(r'name="(c-packed\w*)"', card) == list(boxes)
    assert [first.status_code, second.status_code, third.status_code] == [303, 303, 303]
    assert said(danube, packed) == [Packed(True, element("box"), Decimal(12))]
    assert danube.values.count() == 1
    assert [lines(entry) for entry in told(anna, danube)[:3]] == [
        [("Name", "Danube", "Dunav")],
        [("Packed", "Yes, 1,234.5 × Box", "Yes, 12 × Box")],
        [("Packed", "", "Yes, 1,234.5 × Box")],
    ]
    assert "Yes, 12 × Box" in desk.get(danube.get_absolute_url()).content.decode()


def test_what_makes_no_sense_in_the_three_boxes_is_refused_and_stays_typed(desk, packed):
    danube = make_counterparty("Danube")
    make_nomenclature("others", "foreign")
    Element.objects.filter(code="crate").update(stopped_at="2026-01-01T00:00Z")
    wrong = [
        (("", "box", ""), "Say yes, or leave package and quantity empty."),
        (("no", "", "3"), "Say yes, or leave package and quantity empty."),
        (("yes", "box", "0"), "The quantity must be more than 0, or left empty."),
        (("yes", "box", "NaN"), "“NaN” cannot be read as a number."),
        (("yes", "foreign", ""), "“Boxes” has no element “foreign”."),
        (("yes", "crate", ""), "“crate” of “Boxes” is stopped."),
        (("maybe", "", ""), "“maybe” is neither yes nor no."),
    ]
    for (flag, package, quantity), sentence in wrong:
        sent = {"c-packed": flag, "c-packed_package": package, "c-packed_quantity": quantity}

        answer = desk.post(edit_of(danube), typed(danube, **sent))

        assert answer.status_code == 422
        assert errors(answer).keys() == {"c-packed"}
        assert errors(answer)["c-packed"][0].startswith(sentence)
        assert f'value="{quantity}"' in answer.content.decode() or not quantity
    assert not danube.values.exists()

    emptied = desk.post(
        edit_of(danube), typed(danube, **{"c-packed": "", "c-packed_package": "", "c-packed_quantity": ""})
    )

    assert emptied.status_code == 303
    Characteristic.objects.update(is_required=True)
    assert errors(desk.post(edit_of(danube), typed(danube))) == {"c-packed": ["This field is required."]}


def test_two_who_fill_the_boxes_at_once_see_both_answers_in_words(desk, anna, packed):
    danube = make_counterparty("Danube")
    stale = typed(danube, **{"c-packed": "yes", "c-packed_package": "box", "c-packed_quantity": "24"})
    wrong = stale | {"c-packed_quantity": "0"}
    desk.post(edit_of(danube), stale | {"c-packed_quantity": "12"})

    conflict, unreadable = desk.post(edit_of(danube), stale), desk.post(edit_of(danube), wrong)

    assert [conflict.status_code, unreadable.status_code] == [409, 409]
    (row,) = [each for each in conflict.context["rows"] if each.name == "c-packed"]
    assert (row.theirs, row.mine) == ("Yes, 12 × Box", "Yes, 24 × Box")
    (row,) = [each for each in unreadable.context["rows"] if each.name == "c-packed"]
    assert (row.theirs, row.mine) == ("Yes, 12 × Box", "yes, box, 0")
    assert 'value="24"' in conflict.content.decode()
    assert said(danube, packed) == [Packed(True, element("box"), Decimal(12))]


@pytest.fixture
def stock(packed, client_type, supplier_type):
    """Who says what, by name; a supplier is not asked."""
    answers = {
        "Alfa": None,
        "Beta": Packed(True, element("box"), Decimal(12)),
        "Gamma": Packed(False),
        "Delta": Packed(True),
        "Epsilon": Packed(True, element("small"), Decimal("2.5")),
        "Zeta": Packed(True, element("box"), Decimal(3)),
        "Eta": Packed(True, None, Decimal(7)),
        "Theta": Packed(True, element("crate")),
    }
    made = {name: make_counterparty(name) for name in answers}
    for name, answer in answers.items():
        values.save(made[name], {packed: answer})
    return made | {"Supplier": make_counterparty("Supplier", [supplier_type])}


def test_the_register_is_filtered_by_each_part_and_by_all_together(ask, anna, stock):
    found = {
        "c-packed=yes": ["Beta", "Delta", "Epsilon", "Eta", "Theta", "Zeta"],
        "c-packed=no": ["Gamma"],
        "c-packed=none": ["Alfa"],
        "c-packed_package=box": ["Beta", "Epsilon", "Zeta"],
        "c-packed_package=small&c-packed_package=crate": ["Epsilon", "Theta"],
        "c-packed_quantity_min=3&c-packed_quantity_max=7": ["Eta", "Zeta"],
        "c-packed=yes&c-packed_package=box&c-packed_quantity_min=3": ["Beta", "Zeta"],
        "c-packed=none&c-packed_quantity_min=3": [],
    }
    for question, expected in found.items():
        shown = ask(anna, f"{question}&type=client&filters=open")
        assert (names(shown), notes(shown)) == (expected, []), question

    chips = ask(anna, "c-packed=yes&c-packed_package=box&c-packed_quantity_min=3").context["listing"].chips
    assert "Yes, Box, from 3" in str([vars(each) if hasattr(each, "__dict__") else each for each in chips])
    for wrong in ("c-packed=perhaps", "c-packed_package=nothing", "c-packed_quantity_min=1e400", "c-packed_many=1"):
        assert len(notes(ask(anna, wrong))) == 1, wrong


def test_the_register_sorts_by_yes_then_package_then_quantity_from_page_to_page(ask, anna, stock):
    User.objects.filter(pk=anna.pk).update(rows=5)
    up = ["Gamma", "Delta", "Eta", "Theta", "Zeta", "Beta", "Epsilon"]
    silent = ["Alfa", "Supplier"]
    for sort, expected in (("c-packed", up + silent), ("-c-packed", up[::-1] + silent)):
        first = ask(anna, f"sort={sort}&columns=c-packed")
        second = ask(anna, path=first.context["listing"].next_url)
        back = ask(anna, path=second.context["listing"].previous_url)

        assert names(first) + names(second) == expected
        assert names(back) == names(first)


def test_a_sheet_of_one_language_is_read_back_as_the_same_by_a_colleague_of_another(
    client, anna, stock, tmp_path, capsys
):
    for number, (writer, reader) in enumerate((("bg", "ru"), ("ru", "en"), ("en", "bg"))):
        User.objects.filter(pk=anna.pk).update(language=writer)
        sheet = tmp_path / f"{number}.csv"
        client.force_login(User.objects.get(pk=anna.pk))
        answer = client.get("/clients/sheet.csv?columns=code&columns=c-packed")
        sheet.write_bytes(b"".join(answer.streaming_content))
        User.objects.filter(pk=anna.pk).update(language=reader)

        call_command("import_counterparties", str(sheet), "--type", "client", "--as", "anna")

        assert capsys.readouterr().out.strip().endswith("created=0 updated=0 same=8 refused=0"), sheet.read_text()


def test_columns_and_filters_of_both_types_cost_the_same_however_many_rows(client, anna, packed, client_type):
    art = make_characteristic("art", "selectable_picture", client_type, nomenclature=packed.nomenclature)
    User.objects.filter(pk=anna.pk).update(rows=100)
    client.force_login(anna)
    page = "/clients/?columns=c-packed&columns=c-art&c-packed=yes&c-art=crate&sort=c-packed"
    costs = []
    for more, rows in ((1, 1), (2, 3), (47, 50)):
        for _each in range(more):
            values.save(make_counterparty(), {packed: Packed(True, element("box"), Decimal(2)), art: element("crate")})
        client.get(page)

        with CaptureQueriesContext(connection) as asked:
            assert len(names(client.get(page))) == rows
        costs.append(len(asked))

    assert len(set(costs)) == 1


# ---- selectable picture


def test_a_picture_is_chosen_among_pictures_and_shown_wherever_it_is_said(desk, anna, boxes, client_type, monkeypatch):
    photo = StoredFile.objects.create(
        sha256="0" * 64, name="box.png", size=1, content_type="image/png", storage_name="x"
    )
    Element.objects.filter(code="box").update(picture=photo)
    make_characteristic("art", "selectable_picture", client_type, nomenclature=boxes, in_list=True, name="Art")
    danube = make_counterparty("Danube")

    card = desk.get(edit_of(danube)).content.decode()
    answer = desk.post(edit_of(danube), typed(danube, **{"c-art": "box"}))
    dossier = desk.get(danube.get_absolute_url()).content.decode()
    register = desk.get("/clients/").content.decode()
    monkeypatch.setattr(selectable_picture, "MOST_PICTURES", 2)
    listed = desk.get(edit_of(danube)).content.decode()

    assert re.findall(r'name="c-art" type="radio" value="(\w*)"', card) == ["", "crate", "box", "small"]
    assert f'<img src="/files/{photo.pk}/?size=96"' in card
    assert answer.status_code == 303
    assert f'<img src="/files/{photo.pk}/?size=96"' in dossier
    assert f'<img src="/files/{photo.pk}/?size=48" alt="" width="20" height="20" loading="lazy">Box' in register
    assert re.search(r'<select[^>]* name="c-art"', listed)
    ((label, old, new),) = lines(told(anna, danube)[0])
    assert (label, old, re.sub("<[^>]+>", "", new)) == ("Art", "", "Box")


# ---- who makes them

FILE = """
nomenclatures:
  - {code: boxes, name: Boxes, elements: [{code: box, name: Box}]}
characteristics:
  - {code: packed, type: with_package, name: {en: Packed, bg: Опаковано, ru: Упаковано}, nomenclature: boxes}
  - {code: art, type: selectable_picture, name: Art, nomenclature: boxes, required: false}
types:
  - {code: client, characteristics: [packed, art]}
"""


def test_implementers_make_them_and_admins_only_look(client, admin, office, tmp_path, capsys):
    file = tmp_path / "office.yaml"
    file.write_text(FILE, encoding="utf-8")
    client.force_login(admin)

    ran = []
    for options in (["--dry-run"], [], []):
        call_command("define_characteristics", str(file), *options)
        ran.append(capsys.readouterr().out.strip().splitlines()[-1])
    listed = client.get(SETTINGS).content.decode()
    page = client.get(f"{SETTINGS}packed/edit/").content.decode()
    acts = ("edit", "delete", "stop", "up", "down")
    refused = {act: client.post(f"{SETTINGS}packed/{act}/", {"name": "Other", "confirmed": "1"}) for act in acts}
    made = client.post(f"{SETTINGS}new/", {"code": "mine", "name": "Mine", "type_code": "with_package"})

    assert ran == [
        "created=4 changed=1 same=0 (dry run, nothing was saved)",
        "created=4 changed=1 same=0",
        "created=0 changed=0 same=5",
    ]
    assert "Packed" in listed
    assert "only implementers make and change such characteristics" in page
    assert '<input type="text" name="name"' not in page
    assert {act: answer.status_code for act, answer in refused.items() if act in ("edit", "delete", "stop")} == {
        "edit": 422,
        "delete": 422,
        "stop": 422,
    }
    kept = Characteristic.objects.get(code="packed")
    assert (kept.name, kept.is_system, kept.stopped_at) == ("Packed", True, None)
    assert made.status_code == 422
    assert not Characteristic.objects.filter(code="mine").exists()


# ---- groups and order on the card


def test_a_characteristic_of_two_types_stands_once_on_the_card_under_the_first_of_them(
    client, admin, client_type, supplier_type
):
    retail = make_type("retail", client_type)
    make_characteristic("own", "text", retail, name="Own")
    make_characteristic("shared", "text", client_type, supplier_type, name="Shared")
    make_characteristic("later", "text", supplier_type, name="Later")
    both = make_counterparty("Both", [retail, supplier_type])
    client.force_login(admin)

    card = client.get(edit_of(both))

    fields = [(each.title, [field.html_name for field in each.fields]) for each in card.context["asked"]]
    sections = [(title, named) for title, names in fields if (named := [each for each in names if each[:2] == "c-"])]
    assert sections == [("Client", ["c-shared"]), ("Client › Retail", ["c-own"]), ("Supplier", ["c-later"])]
    assert card.content.decode().count('name="c-shared"') == 1
    asked = policy.for_user(admin).characteristics("view", both.types)
    assert [each.characteristic.code for each in asked] == ["shared", "own", "later"]
