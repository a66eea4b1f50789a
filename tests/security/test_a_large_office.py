"""Three hundred types, two hundred characteristics on one of them, five thousand elements, a tree thirty deep."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.models import Counterparty, CounterpartyType, TypeCharacteristic
from rights.catalog import RIGHTS
from rights.models import Grant
from tests.factories import make_counterparty
from trail.domain.operations import operation

from .conftest import at_desk, person

TYPES, DEEP, ASKED, ELEMENTS, ROLES = 300, 30, 200, 5_000, 5


@pytest.fixture
def large(office, client_type):
    """The deepest type asks for everything; more than 8,400 rights are given, to four roles of five on all types."""
    with operation("command", by=None):
        places = Nomenclature.objects.create(code="places", name="Places")
        Element.objects.bulk_create(
            Element(nomenclature=places, code=f"e{n}", name=f"Place {n}", position=n) for n in range(ELEMENTS)
        )
        parent = client_type
        for number in range(TYPES):
            above = parent if number < DEEP else client_type
            parent = CounterpartyType.objects.create(
                code=f"t{number}", name=f"Type {number}", kind_code="client", parent=above, position=number
            )
            if number == DEEP - 1:
                deepest = parent
        few = Nomenclature.objects.create(code="few", name="Few")
        Element.objects.bulk_create(
            Element(nomenclature=few, code=f"f{n}", name=f"Few {n}", position=n) for n in range(20)
        )
        sorts = ["text", "number", "date", "checkbox", "nomenclature"]
        for number in range(ASKED):
            sort = sorts[number % 5]
            each = Characteristic.objects.create(
                code=f"c{number}",
                name=f"Question {number}",
                type_code=sort,
                nomenclature=(places if number == 4 else few) if sort == "nomenclature" else None,
            )
            TypeCharacteristic.objects.create(type=deepest, characteristic=each, position=number + 1)
        roles = [Group.objects.create(name=f"Role {number}") for number in range(ROLES)]
        types = list(CounterpartyType.objects.all())
        Grant.objects.bulk_create(
            Grant(role=role, type=each, right=right.code)
            for role in roles
            for each in types[: 2 if role is roles[0] else None]
            for right in RIGHTS
        )
    asked = list(Characteristic.objects.order_by("pk"))
    texts = {each: f"said {each.code}" for each in asked if each.type_code == "text"}
    made = [make_counterparty(f"Large {number}", [types[number % len(types)]], country="BG") for number in range(60)]
    full = make_counterparty("Full", [deepest], country="BG")
    values.save(full, texts)
    reader = person("reader", {})
    reader.groups.set(roles[1:])
    return reader, full, made


def test_pages_of_a_large_office_open_with_few_questions(large):
    reader, full, _made = large
    desk = at_desk(reader)
    pages = {
        "/": 30,
        "/counterparties/": 25,
        "/counterparties/?filters=open": 30,
        "/counterparties/?sort=country": 25,
        "/counterparties/?sort=c-c4&columns=name&columns=c-c4&columns=c-c0": 30,
        "/counterparties/?type=t29&c-c0=said": 30,
        f"/counterparties/{full.pk}/": 45,
        f"/counterparties/{full.pk}/history/": 45,
        f"/counterparties/{full.pk}/edit/": 25,
        "/counterparties/new/?type=t29": 20,
    }

    for page, most in pages.items():
        with CaptureQueriesContext(connection) as questions:
            answer = desk.get(page)
        assert (page, answer.status_code) == (page, 200)
        assert (page, len(questions) <= most, len(questions)) == (page, True, len(questions))


def test_a_card_of_two_hundred_questions_is_saved(large):
    reader, full, _made = large
    card = {
        "types": "t29",
        "name": "Full",
        "country": "BG",
        "version": full.version,
        "c-c4": "e4999",
        "c-c1": "12,5",
        "c-c0": "new",
    }

    answer = at_desk(reader).post(f"/counterparties/{full.pk}/edit/", card)

    assert answer.status_code == 303, answer.content.decode()[:2000]
    said = values.of(Counterparty.objects.get(pk=full.pk), Characteristic.objects.select_related("nomenclature"))
    # What was not sent stays.
    assert len(said) == ASKED // 5 + 2


def test_many_countries_for_one_who_sees_some_types(large):
    """Sorted by country the list is put together from a part for each; the parts must not grow beyond a statement."""
    reader, _full, made = large
    reader.groups.set(Group.objects.filter(name="Role 1"))
    Grant.objects.filter(role__name="Role 1", type__code="t299").delete()
    codes = [f"{first}{second}" for first in "ABCDEFGHIJ" for second in "ABCDEF"]
    for each, code in zip(made, codes, strict=True):
        Counterparty.objects.filter(pk=each.pk).update(country=code)

    assert at_desk(reader).get("/counterparties/?sort=country").status_code == 200
