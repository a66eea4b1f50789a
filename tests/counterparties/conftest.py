"""What only tests of counterparties need."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from django import forms
from django.db.models import Q
from django.utils.safestring import SafeString

from characteristics.domain import values
from characteristics.registry import types
from characteristics.types.number import Number
from desk.fields import DecimalFormField
from tests.factories import make_characteristic, make_counterparty


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
