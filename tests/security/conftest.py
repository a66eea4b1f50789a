"""An office in which everything of one type is hidden from most people, and marked so that a leak is seen at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from characteristics.domain import values
from characteristics.models import Characteristic
from counterparties.domain import keeping
from counterparties.models import Counterparty, CounterpartyType
from rights.catalog import RIGHTS
from rights.domain.granting import grant
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type

EVERY = [right.code for right in RIGHTS]
#: Stands in every stored word of what is hidden.
MARK = "Zqxwj"


@dataclass
class House:
    """Type *shop* is open to the people of this house, *vault* to nobody but superusers; *cellar* stands under it."""

    shop: CounterpartyType
    vault: CounterpartyType
    cellar: CounterpartyType
    open: Counterparty
    hidden: Counterparty
    both: Counterparty
    below: Counterparty
    asked: dict[str, Characteristic]


@pytest.fixture
def house(office: None, client_type: CounterpartyType) -> House:
    shop, vault = make_type("shop", client_type), make_type("vault", client_type, name=f"{MARK}vault")
    cellar = make_type("cellar", vault)
    grades, secrets = (
        make_nomenclature("grades", "fine"),
        make_nomenclature("secrets", "zqxwjone", name=f"{MARK}secrets"),
    )
    asked = {
        each.code: each
        for each in (
            make_characteristic("motto", "text", shop),
            make_characteristic("size", "number", shop),
            make_characteristic("since", "date", shop),
            make_characteristic("grade", "nomenclature", shop, nomenclature=grades),
            make_characteristic("words", "text", shop, is_multiple=True),
            make_characteristic("shared", "text", shop, vault),
            make_characteristic("boss", "counterparty", shop, in_list=True),
            make_characteristic("password", "text", vault, name=f"{MARK}password"),
            make_characteristic("ransom", "number", vault, name=f"{MARK}ransom"),
            make_characteristic("treasure", "nomenclature", vault, name=f"{MARK}treasure", nomenclature=secrets),
        )
    }
    kept = {"password": f"{MARK}pass", "ransom": Decimal(777123), "shared": f"{MARK}shared"}
    made = House(
        shop=shop,
        vault=vault,
        cellar=cellar,
        open=make_counterparty("Open house", [shop], country="BG"),
        hidden=make_counterparty(
            f"{MARK}name",
            [vault],
            code="ZQXWJ1",
            alias=f"{MARK}alias",
            registration_number="ZQXWJ777",
            vat_number="ZQXWJ888",
            email="zqxwj@example.org",
            phone="+359 2 777 1234",
            website="https://zqxwj.example.org",
            comment=f"{MARK}comment",
            country="AD",
        ),
        both=make_counterparty("Both worlds", [shop, vault], country="BG"),
        below=make_counterparty("Below", [cellar], country="BG"),
        asked=asked,
    )
    values.save(
        made.open, {asked["motto"]: "Ever upward", asked["size"]: Decimal(3), asked["since"]: date(2020, 2, 29)}
    )
    values.save(made.both, {asked["boss"]: made.hidden})
    values.save(made.hidden, {asked[code]: value for code, value in kept.items()})
    values.save(made.both, {asked[code]: value for code, value in kept.items() if code != "shared"})
    keeping.keep(made.hidden, {"name": f"{MARK}renamed"}, [vault], {}, by=None, seen=1, reason=f"{MARK}reason")
    keeping.keep(made.both, {}, [shop, vault], {asked["password"]: f"{MARK}changed"}, by=None, seen=1)
    return House(**{**made.__dict__, "both": Counterparty.objects.get(pk=made.both.pk)})


def person(name: str, rights: dict[CounterpartyType, list[str]], **facts: Any) -> User:
    """A user with a role of their own."""
    user = User.objects.create_user(name, password=f"{name}-demo", language="en", **facts)
    role = Group.objects.create(name=f"Role of {name}")
    for type_, codes in rights.items():
        grant(role, type_, codes)
    user.groups.add(role)
    return user


def at_desk(user: User) -> Client:
    """A browser in which this user is logged in; a failure is answered as the reader would get it."""
    desk = Client(raise_request_exception=False)
    desk.force_login(user)
    return desk


@pytest.fixture
def petra(house: House) -> User:
    """Everything in the shop, nothing in the vault."""
    return person("petra", {house.shop: EVERY})


@pytest.fixture
def desk(petra: User) -> Client:
    """Petra's."""
    return at_desk(petra)


@pytest.fixture
def admins_desk(admin: User) -> Client:
    return at_desk(admin)
