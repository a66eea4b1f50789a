"""The cast of the office, as contract.md names it."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from counterparties.domain.settled import Settled
from counterparties.models import CounterpartyType
from staff.models import User
from tests import cast, emptied, first_day, tallied
from tests.ready import READY

# What a test must give is an answer: how quickly a busy machine gives it is for ./dev bench to tell.
hypothesis.settings.register_profile("office", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("office")

#: Fixtures through which a test reaches the database.
ASKING = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second database is asked only what a database can answer.

    Pure functions and looks are not tried twice, nor is what a window does by itself, nor what is said to be decided
    before a database is asked; whole stories are.
    """
    # What takes longest begins first, so that no worker is left alone with it at the end: two walks of a minute were.
    items.sort(key=lambda item: not any(item.get_closest_marker(each) for each in ("once", "looks")))
    if not os.environ.get("SECOND_DATABASE"):
        return
    again, once = [], []
    for item in items:
        asks = ASKING & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db")
        is_seen = item.get_closest_marker("looks") or item.path.parent.name == "browser"
        is_known = item.get_closest_marker("once") or (is_seen and not item.get_closest_marker("story"))
        (again if asks and not is_known else once).append(item)
    config.hook.pytest_deselected(items=once)
    items[:] = again


def pytest_collection_finish() -> None:
    """What was imported stays until the end: it is not looked through again and again for what could be thrown away."""
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 50)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """PostgreSQL copies the ready tables by itself, of SQLite's the copy is made here; its folder goes anyway."""
    ready = os.environ.get(READY)
    if ready and connection.vendor == "sqlite":
        shutil.copy(ready, connection.settings_dict["TEST"]["NAME"])
        return True
    return bool(request.config.getoption("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a test really wrote is taken out of the tables as quickly as each database can."""
    with django_db_blocker.unblock():
        before = emptied.Before()
    djangos_way = TransactionTestCase._fixture_teardown

    def empty(case: TransactionTestCase) -> None:
        nonlocal before
        if not before.comes_back():
            djangos_way(case)
            before = emptied.Before()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True)
def nothing_kept_of_others() -> Any:
    """The next test may call its people by the ids of these, and what is kept about them stands under their ids."""
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def doors_that_open_at_once() -> Any:
    """Whoever is let in without the door gets a session; Django writes another one first, which soon goes."""
    djangos_way = Client._login

    def let_in(desk: Client, user: User, backend: str | None = None) -> None:
        if settings.SESSION_COOKIE_NAME in desk.cookies:
            djangos_way(desk, user, backend)
            return
        request = HttpRequest()
        request.session = SessionStore()
        login(request, user, backend)
        request.session.save()
        desk._set_login_cookies(request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "_login", let_in)
        yield


@pytest.fixture(autouse=True, scope="session")
def process_that_knows_the_settings() -> Any:
    """Queries are counted as in a process that was asked before; what is read once after a change has its own test."""
    begin = CaptureQueriesContext.__enter__

    def know_and_begin(context: CaptureQueriesContext) -> CaptureQueriesContext:
        Settled()
        return begin(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "__enter__", know_and_begin)
        yield


@pytest.fixture
def office(db: Any) -> Iterator[None]:
    """An office on its first day: six root types, statuses, system nomenclatures, base roles.

    Whatever a test does there, its counterparties are tallied as counting one by one would.
    """
    first_day.open_office()
    yield
    assert connection.needs_rollback or tallied.wrong() == {}


@pytest.fixture
def admin(office: None) -> User:
    """May everything."""
    return cast.person("admin")


@pytest.fixture
def anna(office: None) -> User:
    """Sales: everything on clients but settings and balance; sees suppliers."""
    return cast.person("anna")


@pytest.fixture
def boris(office: None) -> User:
    """Bookkeeping: view, export, balance on all kinds; edits banks and suppliers."""
    return cast.person("boris")


@pytest.fixture
def vera(office: None) -> User:
    """No role: sees nothing."""
    return cast.person("vera")


@pytest.fixture
def mila(office: None) -> User:
    """Sales and Bookkeeping; rights add up."""
    return cast.person("mila")


@pytest.fixture
def ivo(office: None) -> User:
    """Implementer: manages the settings."""
    return cast.person("ivo")


@pytest.fixture
def boss(client: Any, admin: User) -> Any:
    """The administrator at the office."""
    client.force_login(admin)
    return client


@pytest.fixture
def client_type(office: None) -> CounterpartyType:
    return CounterpartyType.objects.get(code="client")


@pytest.fixture
def supplier_type(office: None) -> CounterpartyType:
    return CounterpartyType.objects.get(code="supplier")


@pytest.fixture
def bank_type(office: None) -> CounterpartyType:
    return CounterpartyType.objects.get(code="bank")
