"""What a large office does in another way is what a small one shows."""

import pytest

from characteristics.models import Element
from characteristics.pages import columns
from counterparties.models import Value
from desk.pages import keyset
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import names


@pytest.fixture
def regions(admin, client, client_type):
    """Counterparties in regions, several in one, some in none."""
    region = make_nomenclature("region", "south", "north", "east", "west")
    asked = make_characteristic("region", "nomenclature", client_type, nomenclature=region)
    elements = list(Element.objects.filter(nomenclature=region))
    for number in range(9):
        one = make_counterparty(f"Firm {9 - number}")
        if number % 4 != 3:
            Value.objects.create(counterparty=one, characteristic=asked, element=elements[number % 3])
    client.force_login(admin)


def walked(client, address):
    """The names on all pages of a list."""
    pages = []
    while address:
        answer = client.get(address)
        pages.append(names(answer))
        address = answer.context["listing"].next_url
    return pages


@pytest.mark.parametrize("sort", ["c-region", "-c-region"])
def test_a_large_office_sorts_by_a_nomenclature_like_a_small_one(client, admin, regions, monkeypatch, sort):
    admin.rows = 2
    admin.save()
    small = walked(client, f"/counterparties/?sort={sort}")

    monkeypatch.setattr(columns, "FEW", 0)
    monkeypatch.setattr(keyset, "AT_ONCE", 2)
    large = walked(client, f"/counterparties/?sort={sort}")

    assert large == small
    assert sum(map(len, large)) == 9


def test_a_text_is_found_by_any_part_of_it_however_long(client, admin, client_type):
    motto = make_characteristic("motto", "text", client_type)
    said = {
        "Short": "хляб и сол",
        "Long": "x" * 98 + "хляб" + "y" * 50,
        "Longer": "z" * 200 + "хляб",
        "Other": "z" * 200,
    }
    for name, text in said.items():
        Value.objects.create(counterparty=make_counterparty(name), characteristic=motto, text=text)
    client.force_login(admin)

    assert names(client.get("/counterparties/?c-motto=ХЛЯБ")) == ["Long", "Longer", "Short"]


def test_a_word_of_two_letters_is_the_beginning_of_a_word(client, admin):
    for name in ("Дунав", "Северен дунав", "Наддунавски", "Ду"):
        make_counterparty(name)
    client.force_login(admin)

    assert names(client.get("/counterparties/?q=ДУ")) == ["Ду", "Дунав", "Северен дунав"]
