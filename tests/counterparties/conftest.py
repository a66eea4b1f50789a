"""What only tests of counterparties need."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString

from characteristics.domain import values
from characteristics.models import Element
from characteristics.registry import types
from characteristics.types.number import Number
from counterparties.models import Counterparty, Status
from counterparties.pages import register
from counterparties.pages.asked import Question
from desk.fields import DecimalFormField
from rights.domain import policy
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type


class Rating(Number):
    """Stars: a type of characteristic that somebody adds in a file of their own."""

    code, label, position, icon = "rating", "Rating", 35, "star"

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"_least": DecimalFormField()}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        return Q(number__gte=asked["_least"])

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return f"{asked['_least']:f} stars and more"

    def html(self, value: Any) -> SafeString:
        return SafeString("★" * int(value))


@pytest.fixture
def ask(client):
    """Ask a list as one person: ``ask(anna, "sort=-created")``."""

    def asked(user, question="", path="/counterparties/"):
        client.force_login(user)
        return client.get(path, parse_qsl(question, keep_blank_values=True) if isinstance(question, str) else question)

    return asked


@pytest.fixture
def rating():
    """The type *rating*, registered for one test."""
    types.register(Rating)
    yield types.get("rating")
    del types._things["rating"]


@pytest.fixture
def parent(client_type):
    return make_characteristic("parent", "counterparty", client_type, name="Parent", in_list=True)


@pytest.fixture
def house(parent, bank_type):
    """Two clients and a bank that Anna does not see; Danube points at the bank."""
    bank = make_counterparty("Zqxwj Bank", [bank_type], code="ZQXWJ1", alias="Zqxwjalias", pk=99077)
    rila = make_counterparty("Rila", code="RILA", alias="Rila Mountain")
    danube = make_counterparty("Danube", code="DAN")
    values.save(danube, {parent: bank})
    return danube, rila, bank


@pytest.fixture
def limited(client_type):
    """A number, a day and a plate, each with its limits."""
    return (
        make_characteristic("size", "number", client_type, minimum="1", maximum="9.5"),
        make_characteristic("born", "date", client_type, minimum="2026-01-01"),
        make_characteristic(
            "plate", "text", client_type, max_length=8, pattern="[A-Z]{2}[0-9]*", pattern_hint="Letters, then digits."
        ),
    )


@pytest.fixture
def presets(client_type, supplier_type):
    """With which answers the card of a client begins."""
    grade = make_nomenclature("grade", "gold", "silver")
    house = make_counterparty("House", code="HOUSE")
    made = {
        "motto": make_characteristic("motto", "text", client_type, default="Onward"),
        "size": make_characteristic("size", "number", client_type, default="12.5", is_multiple=True),
        "born": make_characteristic("born", "date", client_type, default="today"),
        "vip": make_characteristic("vip", "checkbox", client_type, default="yes"),
        "grade": make_characteristic("grade", "nomenclature", client_type, nomenclature=grade, default="silver"),
        "house": make_characteristic("house", "counterparty", client_type, default="HOUSE"),
        "packed": make_characteristic(
            "packed", "with_package", client_type, nomenclature=grade, default="Yes, 12 × gold", is_system=True
        ),
    }
    return made, house


@pytest.fixture
def desk(client, anna):
    """Anna at the office."""
    client.force_login(anna)
    return client


@pytest.fixture
def firms(client_type, supplier_type):
    """Four firms that differ in everything the register can be asked for."""
    retail = make_type("retail", client_type)
    on_hold = Status.objects.get(code="on-hold")
    made = {
        "Alfa": make_counterparty("Alfa", [client_type], country="BG"),
        "Bravo": make_counterparty("Bravo", [retail], country="RO", status=on_hold),
        "Carol": make_counterparty("Carol", [supplier_type], country="BG", status=on_hold),
        "Delta": make_counterparty("Delta", [client_type, supplier_type], country=""),
    }
    days = {"Alfa": 1, "Bravo": 2, "Carol": 3, "Delta": 4}
    for name, record in made.items():
        moment = timezone.make_aware(datetime(2026, 1, days[name], 23, 30))
        Counterparty.objects.filter(pk=record.pk).update(created_at=moment)
    return made


@pytest.fixture
def facts(client_type):
    """One characteristic of each sort, and three clients: with a little, with much, with nothing."""
    made = {
        "text": make_characteristic("text", "text", client_type),
        "number": make_characteristic("number", "number", client_type),
        "date": make_characteristic("date", "date", client_type),
        "flag": make_characteristic("flag", "checkbox", client_type),
        "grade": make_characteristic(
            "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "a", "b")
        ),
    }
    a, b = Element.objects.get(code="a"), Element.objects.get(code="b")
    Element.objects.create(nomenclature=a.nomenclature, code="b1", name="B one", parent=b, position=3)
    b1 = Element.objects.get(code="b1")
    little = {"text": "Ёлка 100%", "number": Decimal("1.5"), "date": date(2026, 3, 1), "flag": False, "grade": a}
    much = {"text": "other", "number": Decimal("1000"), "date": date(2026, 4, 1), "flag": True, "grade": b1}
    values.save(make_counterparty("Little"), {made[key]: value for key, value in little.items()})
    values.save(make_counterparty("Much"), {made[key]: value for key, value in much.items()})
    make_counterparty("Nothing")
    return made


@pytest.fixture
def cast(admin, anna, boris, mila, vera, ivo):
    """Everybody of the office, three rows a page."""
    User.objects.update(rows=3)
    return User.objects.all()


@pytest.fixture
def listing_of(rf):
    """A list as one person gets it at an address, without the page around it."""

    def listing(user, address):
        request = rf.get(address)
        request.user, request.decision = user, policy.for_user(user)
        return register.listed(Question(request.GET, request.decision), request, None)

    return listing


@pytest.fixture
def pages(listing_of):
    """What stands for one person on the first page of the register, on the second and on the one before it."""

    def read(user, question):
        turned = [listing_of(user, "/counterparties/?" + question)]
        if turned[0].next_url:
            turned.append(listing_of(user, turned[0].next_url))
            turned.append(listing_of(user, turned[1].previous_url))
        return [[each.name for each in listing.records] for listing in turned]

    return read
