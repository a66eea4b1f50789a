"""A sheet that is brought: what its columns mean, what its rows would change, and how it is taken in."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import load_workbook

from characteristics.models import Element, Nomenclature
from counterparties.domain import keeping
from counterparties.models import Client, Counterparty, Value
from exchange.domain import importing, jobs
from exchange.domain.importing import previewing, taking
from tests.exchange.bringing import brought, previewed, run, told
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_the_columns_of_a_sheet_are_put_to_fields_and_the_office_remembers_it(anna, vera, client_type):
    make_characteristic("motto", "text", client_type)

    first = brought(anna, "Код;Име;E-mail;Motto;Телефон;Strange", "A1;Алфа;a@alfa.example;Ever on;02 987 6543;x")
    first.mapping = [*first.mapping[:5], "alias"]
    importing.preview(first)
    again = brought(anna, "КОД;Име;e-mail;motto;телефон;strange", "A2;;;;;y")
    others = brought(vera, "Код;Име;E-mail;Motto;Телефон;Strange", "A2;;;;;y")

    assert first.header == ["Код", "Име", "E-mail", "Motto", "Телефон", "Strange"]
    assert first.examples == [["A1"], ["Алфа"], ["a@alfa.example"], ["Ever on"], ["02 987 6543"], ["x"]]
    assert again.mapping == ["code", "name", "email", "c-motto", "phone", "alias"]
    assert others.mapping == ["code", "name", "email", "", "phone", "alias"], (
        "of what she may not see she learns nothing"
    )


def test_the_preview_tells_of_every_row_what_would_become_of_it_and_writes_nothing(anna, client_type):
    grade = make_characteristic(
        "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "gold", "silver")
    )
    alfa = make_counterparty("Alfa", code="A1", email="old@alfa.example")
    beta = make_counterparty("Beta", code="B1")
    for each in (alfa, beta):
        Value.objects.create(counterparty=each, characteristic=grade, element=Element.objects.get(code="gold"))
    before = Operation.objects.count(), Counterparty.history.count()

    of = previewed(
        anna,
        "code,name,email,grade,strange",
        "A1,Alfa,new@alfa.example,silver,x",
        "B1,Beta,,Gold,x",
        "C1,Gama,,silver,x",
        "D1,Delta,nonsense,bronze,x",
    )

    assert of.foreseen == {"new": 1, "changed": 1, "same": 1, "conflict": 0, "refused": 1}
    assert told(of)[:3] == [
        (2, "changed", {
            "id": alfa.pk, "code": "A1", "name": "Alfa",
            "changes": {"email": ["old@alfa.example", "new@alfa.example"], "c-grade": ["Gold", "Silver"]},
        }),
        (3, "same", {"id": beta.pk, "code": "B1", "name": "Beta"}),
        (4, "new", {"cells": ["C1", "Gama", "", "silver", ""]}),
    ]  # fmt: skip
    number, outcome, said = told(of)[3]
    assert (number, outcome, said["cells"]) == (5, "refused", ["D1", "Delta", "nonsense", "bronze", "x"])
    assert [(field, place) for field, place, *_sentence in said["reasons"]] == [("c-grade", 3), ("email", 2)]
    assert (Operation.objects.count(), Counterparty.history.count()) == (before[0] + 1, before[1]), "the upload alone"


def test_good_rows_are_taken_in_by_portions_under_one_operation(anna, client_type, monkeypatch):
    monkeypatch.setattr(taking, "PORTION", 2)
    lines = ["code,name,email", "A1,Alfa,", "A2,Beta,nonsense", "A3,Gama,", "a1,Delta,", ",Epsilon,", "A6,Zeta,"]

    of = run(previewed(anna, *lines))

    assert (of.state, of.rows_done, of.counts["new"], of.counts["refused"]) == ("done", 6, 4, 2)
    assert sorted(Counterparty.objects.values_list("name", flat=True)) == ["Alfa", "Epsilon", "Gama", "Zeta"]
    rows = Counterparty.history.all()
    assert {(row.operation_id, row.operation.kind, row.history_user) for row in rows} == {
        (of.operation_id, "import", anna)
    }
    assert of.operation.reason == "clients.csv"
    assert [number for number, _outcome, _said in told(of)] == [3, 5], "what was previewed of the others is not kept"
    assert "Row 2 of this sheet" in told(of)[1][2]["reasons"][0][2]
    assert importing.refused_book(of).read(2) == b"PK"


def test_elements_that_are_missing_are_added_with_the_rows_that_say_them(admin, anna, client_type):
    grades = make_nomenclature("grades", "gold")
    make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    lines = ["code,name,grade", "A1,Alfa,Бронз", "A2,Beta,бронз", "A3,,Lead", "A4,Gama,Gold"]

    hers = previewed(anna, *lines, creates_elements=True)
    his = previewed(admin, *lines, creates_elements=True)
    promised = his.sentences
    run(his)
    again = previewed(admin, *lines, creates_elements=True)

    assert (hers.foreseen["refused"], hers.notes) == (3, []), "she does not manage the settings"
    assert (his.foreseen["new"], his.counts["new"], again.foreseen["same"]) == (3, 3, 3)
    assert promised == his.sentences == ["“Grades” is given 1 element: Бронз."], "and none of a refused row"
    bronze = grades.elements.exclude(code="gold").get()
    assert (bronze.code, bronze.name, bronze.position) == ("bronz", "Бронз", 2)
    assert bronze.history.get().operation == his.operation
    gold = grades.elements.get(code="gold")
    assert [each.element for each in Value.objects.order_by("counterparty__code")] == [bronze, bronze, gold]


def test_categories_of_clients_that_are_missing_are_added_under_one_another(admin, anna, client_type):
    categories = Nomenclature.objects.get(code="client-category")
    big = Element.objects.create(nomenclature=categories, code="big", name="Big", position=101)
    Element.objects.create(nomenclature=categories, code="steel", name="Steel", parent=big, position=102)
    before = set(categories.elements.all())
    lines = [
        "code,name,category,subcategory",
        "A1,Alfa,Big,Steel",
        "A2,Beta,Guild,Food",
        "A3,Gama,guild,food",
        "A4,Delta,Big,Food",
        "A5,,Lead,Tin",
        "A6,Zeta,,Toys",
        "A7,Eta,Guild,steel",
    ]

    hers = previewed(anna, *lines)
    his = previewed(admin, *lines, creates_elements=True)
    promised = his.sentences
    run(his)
    again = previewed(admin, *lines, creates_elements=True)

    assert hers.foreseen["refused"] == 6, "she does not manage the settings"
    assert {each[2]["reasons"][0][2] for each in told(hers)[1:3]} == {
        "“Client category” has no element “Guild”.",
        "“Client category” has no element “guild”.",
    }
    assert (
        promised
        == his.sentences
        == ["“Client category” is given 4 elements: Guild, Guild › Food, Big › Food, Guild › steel."]
    )
    assert [(number, said["reasons"][0][2]) for number, fate, said in told(his) if fate == "refused"] == [
        (6, "The name is missing."),
        (7, "Choose the category to which “Toys” belongs."),
    ]
    assert {(each.label, each.parent and each.parent.label) for each in set(categories.elements.all()) - before} == {
        ("Guild", None), ("Food", "Guild"), ("Food", "Big"), ("steel", "Guild"),
    }  # fmt: skip
    kept = Client.objects.select_related("category", "subcategory__parent").order_by("counterparty__code")
    assert [(each.category.label, each.subcategory.label, each.subcategory.parent.label) for each in kept] == [
        ("Big", "Steel", "Big"), ("Guild", "Food", "Guild"), ("Guild", "Food", "Guild"), ("Big", "Food", "Big"),
        ("Guild", "steel", "Guild"),
    ]  # fmt: skip
    assert (again.foreseen["same"], again.foreseen["refused"], again.notes) == (5, 2, [])


def test_what_somebody_changed_after_the_sheet_was_made_is_a_conflict(client, admin, client_type):
    for code in ("A1", "A2", "A3"):
        make_counterparty(f"Firm {code}", code=code)
    client.force_login(admin)
    sheet = b"".join(
        client.get("/clients/sheet.xlsx?columns=code&columns=name&columns=email&sort=name").streaming_content
    )
    changed = Counterparty.objects.get(code="A2")
    keeping.keep(changed, {"phone": "02 987 6543"}, changed.types, {}, by=admin, seen=changed.version)
    book = load_workbook(io.BytesIO(sheet))
    tab = book.worksheets[0]
    tab["A4"], tab["A2"] = "A1", "A3"  # the rows were sorted anew
    for row in (3, 4):
        tab.cell(row, 3).value = f"new{row}@firm.example"
    out = io.BytesIO()
    book.save(out)

    def bring(**facts):
        of = importing.receive(SimpleUploadedFile("clients.xlsx", out.getvalue()), by=admin, types=["client"])
        of.mapping[1], of.overwrites = "", facts.get("overwrites", False)
        importing.preview(of)
        return of

    of = bring()
    rows = dict(of.outcomes.values_list("number", "outcome"))
    conflict = of.outcomes.get(outcome="conflict").said

    assert rows == {2: "same", 3: "conflict", 4: "changed"}
    assert (conflict["code"], conflict["changes"]) == ("A2", {"email": ["", "new3@firm.example"]})
    assert "Somebody changed A2 after this sheet was made" in conflict["reasons"][0][2]
    assert (run(of).counts["conflict"], Counterparty.objects.get(code="A2").email) == (1, "")
    assert bring(overwrites=True).foreseen["changed"] == 1


def test_what_changes_between_the_preview_and_the_run_is_judged_anew_and_told(anna, client_type):
    alfa, _beta = make_counterparty("Alfa", code="A1"), make_counterparty("Beta", code="B1")
    of = previewed(anna, "code,name,phone", "A1,Alfa,02 987 6543", "B1,Beta,02 987 6543", "C1,Gama,")
    keeping.keep(alfa, {"email": "a@alfa.example"}, alfa.types, {}, by=anna, seen=alfa.version)
    make_counterparty("Other", code="c1", types=[make_type("hidden", client_type)])

    run(of)

    assert (of.counts["changed"], of.counts["refused"], of.state) == (2, 1, "done")
    alfa.refresh_from_db()
    assert (alfa.email, alfa.phone) == ("a@alfa.example", "02 987 6543")
    assert of.sentences == [
        "1 counterparty was changed by somebody after the preview; its row was judged anew.",
        "1 row that was good in the preview is left out now.",
    ]
    told = of.sentences
    with override("ru"):
        assert [each != said for each, said in zip(of.sentences, told, strict=True)] == [True, True]


def test_a_large_sheet_is_previewed_behind_the_pages_and_by_its_newest_columns_alone(anna, client_type, monkeypatch):
    monkeypatch.setattr(previewing, "AT_ONCE", 1)
    of = previewed(anna, "code,name,other", "A1,Alfa,x", "A2,Beta,y")
    assert (of.state, of.foreseen, of.job.state) == ("mapped", {}, "waiting")
    of.mapping = ["code", "name", "alias"]
    importing.preview(of)

    jobs.perform_waiting()

    of.refresh_from_db()
    assert (of.state, of.foreseen["new"], of.outcomes.count()) == ("previewed", 2, 2)
    assert told(of)[0][2]["cells"] == ["A1", "Alfa", "x"]


def test_a_row_points_at_what_the_rows_above_it_bring_in_the_preview_as_in_the_run(anna, client_type, supplier_type):
    make_characteristic("parent", "counterparty", client_type, target_type=client_type)
    make_characteristic("friends", "counterparty", client_type, is_multiple=True)
    make_counterparty("Old", code="OLD")
    make_counterparty("Steel", [supplier_type], code="S1")
    lines = [
        "code,name,parent,friends",
        "A1,Alfa,,",
        "A2,Beta,a1,Old;Alfa",
        "A3,Gama,Beta (A2),A1; A2",
        "A4,Delta,A5,",
        "A5,Eta,Old,",
        "A6,,A1,",
        "A7,Teta,A6,",
        "A8,Alfa,,",
        "A9,Iota,,Alfa",
        "OLD,,A3,",
        "B1,Kappa,S1,",
        "B2,Lamda,B2,",
    ]

    of = previewed(anna, *lines)
    promised = {number: (fate, said.get("reasons")) for number, fate, said in told(of)}
    run(of)

    kept = {number: (fate, said["reasons"]) for number, fate, said in told(of)}
    assert {number: each for number, each in promised.items() if each[0] == "refused"} == kept
    assert {number: fate for number, (fate, _why) in promised.items()} == {
        2: "new", 3: "new", 4: "new", 5: "refused", 6: "new", 7: "refused", 8: "refused", 9: "new", 10: "new",
        11: "changed", 12: "refused", 13: "refused",
    }  # fmt: skip
    above = "If a row of this sheet brings it, that row has to stand above."
    nobody = "There is no counterparty “%s” for you to choose. Write its code or name. " + above
    assert [kept[number][1][0][2] for number in (5, 8, 12, 13)] == [
        nobody % "A5",
        nobody % "A6",
        "“Steel” is not of the type that is asked for here. Choose another one.",
        nobody % "B2",
    ]
    pointed = Value.objects.select_related("counterparty", "target").order_by("counterparty__code", "pk")
    assert [f"{each.counterparty.code} {each.target.code}" for each in pointed] == [
        "A2 A1", "A2 OLD", "A2 A1", "A3 A2", "A3 A1", "A3 A2", "A5 OLD", "A9 A1", "OLD A3",
    ]  # fmt: skip
    assert of.foreseen == {each: of.counts[each] for each in of.foreseen}
    assert Operation.objects.filter(kind="import").count() == 1
