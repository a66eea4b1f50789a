"""A sheet that is brought: what its columns mean, what its rows would change, and how it is taken in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from characteristics.models import Element
from counterparties.models import Client, Counterparty, Value
from desk.intake import SheetError
from exchange.domain import importing, jobs
from exchange.domain.importing import taking
from exchange.models import Import
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.models import Operation


@pytest.fixture(autouse=True)
def _a_place_for_files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def brought(by: Any, *lines: str, name: str = "clients.csv", **facts: Any) -> Import:
    """A small CSV file, received and with what is said of it noted."""
    of = importing.receive(SimpleUploadedFile(name, "\n".join(lines).encode()), by=by, types=["client"])
    for fact, said in facts.items():
        setattr(of, fact, said)
    return of


def previewed(*said: Any, **facts: Any) -> Import:
    of = brought(*said, **facts)
    importing.preview(of)
    return of


def run(of: Import) -> Import:
    """To its end, here and now."""
    importing.run(of, by=of.user)
    jobs.perform_waiting()
    of.refresh_from_db()
    return of


def told(of: Import) -> list[tuple[int, str, dict[str, Any]]]:
    return [(each.number, each.outcome, each.said) for each in of.outcomes.all()]


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
    assert [(field, place) for field, place, _sentence in said["reasons"]] == [("c-grade", 3), ("email", 2)]
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
    assert importing.refused_book(of)[:2] == b"PK"
