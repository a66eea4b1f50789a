"""How many texts hold a piece is told by the first of them, and exactly where they are few."""

import pytest
from django.db import connection

from characteristics.domain import values
from counterparties.models import Counterparty, Value
from desk.databases import Pieces
from tests.factories import make_characteristic, make_counterparty


@pytest.fixture
def towns(client_type):
    """Twelve clients, every third of them in Sofia, and all of them called so by another fact."""
    town, nearest = (
        make_characteristic("town", "text", client_type),
        make_characteristic("nearest", "text", client_type),
    )
    for number in range(12):
        values.save(make_counterparty(), {town: "Русе" if number % 3 else "София", nearest: "София"})
    return town


def holding(town, piece):
    return Pieces(Value.objects.all(), "counterparty", "characteristic", town.pk, "text_key", piece)


def test_few_are_counted(towns):
    assert [holding(towns, piece).up_to(99) for piece in ("соф", "русе", "варна")] == [4, 8, 0]
    assert holding(towns, "русе").up_to(5) == 5


def test_of_many_the_first_ones_tell_how_many_there_are(towns, monkeypatch):
    monkeypatch.setattr("desk.databases.pieces.FIRST", 3)

    assert 3 <= holding(towns, "соф").up_to(99) <= 6
    assert 6 <= holding(towns, "русе").up_to(99) <= 18
    assert holding(towns, "русе").at_most(20)
    assert not holding(towns, "русе").at_most(2)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads the first of them once for all.")
@pytest.mark.parametrize("share", [4, 5])
def test_clearly_many_are_told_by_a_few_of_them(towns, monkeypatch, share):
    """Of the sixteen texts that hold the piece all are looked at here; four of them are towns."""
    for name, value in (("FIRST", 7), ("OF_ANY_KIND", 2), ("OF_THE_FEW", 16), ("OF_THE_KIND", share)):
        monkeypatch.setattr(f"desk.databases.pieces.{name}", value)

    # Where a few do not tell, they are counted.
    assert holding(towns, "соф").up_to(7) == (4 if share > 4 else 7)
    assert holding(towns, "соф").up_to(15) < 15
    assert holding(towns, "варна").up_to(7) == 0


def test_a_record_that_is_looked_into_says_its_text_however_long(towns):
    """SQLite looks into an index that holds the beginning of each text."""
    long = make_counterparty()
    values.save(long, {towns: f"{'Русе ' * 40} и София"})

    pieces = towns.type.owners(Value.objects.filter(characteristic=towns.pk), "counterparty", towns, {"": "София"})
    found = {pk for pk in Counterparty.objects.values_list("pk", flat=True) if pieces.of_each(pk).exists()}

    assert found == set(pieces.rows.values_list("counterparty", flat=True))
    assert len(found) == 5
    assert long.pk in found
