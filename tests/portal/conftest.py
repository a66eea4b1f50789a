"""A client with a log-in: Danube Agro, as their people and as the office see it."""

from typing import Any

import pytest
from django.test import Client

from counterparties.models import Counterparty
from staff.models import User
from tests.factories import let_in, make_counterparty


@pytest.fixture
def danube(admin: User, client_type: Any) -> Counterparty:
    return make_counterparty("Danube Agro", [client_type], email="office@danube.example", comment="pays late")


@pytest.fixture
def guest(danube: Counterparty, admin: User) -> User:
    """Whoever logs in for Danube Agro, with a password chosen."""
    return let_in(danube, by=admin)


@pytest.fixture
def theirs(guest: User) -> Client:
    """Their browser."""
    browser = Client()
    browser.force_login(guest)
    return browser


@pytest.fixture
def office_desk(admin: User) -> Client:
    """The administrator's browser."""
    browser = Client()
    browser.force_login(admin)
    return browser
