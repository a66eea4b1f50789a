"""How many texts hold a piece is told by the first of them, and exactly where they are few."""

import pytest

from characteristics.domain import values
from counterparties.models import Value
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
