"""Somebody walks every route, past counterparties of several types: what should come of it, and what came.

The expected answer is reckoned from what `tests.routes` says each route asks and from the rights the walker was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client

from rights.catalog import RIGHTS
from rights.models import Grant
from staff.models import User
from tests.rights.oracle import Oracle
from tests.routes import (
    ASKED,
    DATA,
    FILE,
    GUEST,
    HOLDING,
    KNOWN,
    MANAGER,
    OPEN,
    OWNER,
    PAGE,
    ROUTES,
    SENT,
    SHEET,
    SUPERUSER,
    WRITER,
    WRITER_OF_CLIENTS,
    Its,
    every_route,
)
from tests.shown import body_of

# ---- what may come of a request

LET_IN, DONE, REFUSED, NOTHING, TO_THE_DOOR, SHUT = "let in", "done", "refused", "nothing there", "to the door", "shut"
OUTCOMES = {303: DONE, 403: REFUSED, 404: NOTHING, 405: SHUT}
#: Django's administration sends strangers to an address of its own, which leads on to the office's door.
DOORS = ("/login/?next=", "/admin/login/?next=")


def outcome(answer: Any) -> str:
    if answer.status_code >= 500:
        return f"broken: {answer.status_code}"
    if answer.get("Location", "").startswith(DOORS):
        return TO_THE_DOOR
    return OUTCOMES.get(answer.status_code, LET_IN)


# ---- who walks, and past what


@dataclass(frozen=True, eq=False)
class Walker:
    """Somebody with what they may by their roles; without a user it is a stranger."""

    name: str
    user: User | None
    may: Oracle
    is_manager: bool = False
    is_superuser: bool = False
    #: Sends something to the pages of managers too; one who may nothing and one who may much are enough for that.
    is_thorough: bool = False
    #: A client who logs in, and whose pages are about this counterparty.
    is_guest: bool = False

    @property
    def is_outside(self) -> bool:
        return self.user is None or not self.user.is_active


def walker(name: str, user: User | None, **facts: bool) -> Walker:
    """With the grants of today."""
    if facts.get("is_superuser"):
        return Walker(
            name, user, Oracle({("all", code, right.code) for code in CODES for right in RIGHTS}, ["all"]), **facts
        )
    grants = Grant.objects.values_list("role", "type__code", "right")
    is_inside = user is not None and user.is_active
    return Walker(name, user, Oracle(grants, user.groups.values_list("pk", flat=True) if is_inside else []), **facts)


@dataclass(frozen=True)
class Thing:
    """A counterparty as the walk knows it; one without types does not exist."""

    pk: int
    types: tuple[str, ...] = ()


CODES = ("client", "supplier", "bank", "retail")
CLIENT, BANK, BOTH = Thing(990_001, ("client",)), Thing(990_002, ("bank",)), Thing(990_003, ("client", "bank"))
SUPPLIER, RETAIL, MISSING = Thing(990_004, ("supplier",)), Thing(990_005, ("retail",)), Thing(990_009)
THINGS = (CLIENT, BANK, BOTH, SUPPLIER, RETAIL)
#: A client with a log-in; nobody else walks past him.
GUESTS_OWN = Thing(990_006, ("client",))


def mark(thing: Thing) -> str:
    return "zqxwjjvkguest" if thing == GUESTS_OWN else f"zqxwjjvk{''.join(thing.types)}"


def words_for(walker: Walker) -> set[str]:
    """The marked words that may stand on this walker's pages: of what they may view, and as far as they may."""
    may = walker.may
    words = {mark(GUESTS_OWN)} if walker.is_guest or may.may("view", GUESTS_OWN.types) else set()
    for thing in THINGS:
        words |= {mark(thing)} if may.may("view", thing.types) else set()
        words |= {f"{mark(thing)}says{code}" for code in thing.types if may.may_answer("view", thing.types, {code})}
    # What is asked of clients is asked of retail clients too.
    carried = {"client": {"client", "retail"}}
    seen = {code for code in CODES if carried.get(code, {code}) & may.granting("view")}
    return words | {f"zqxwjjvkasked{code}" for code in (CODES if walker.is_manager else seen)}


#: Words were put in their place, which no card would take.
NUMBERS = dict.fromkeys(("registration_number", "vat_number", "phone", "mobile"), "")
#: What is sent to a route for its act to be done; to the others nothing is sent.
FORMS = {
    "card-edit": lambda who, thing: {
        "types": [code for code in thing.types if code in who.may.granting("view")],
        "name": "Renamed",
        "version": 2,
        "country": "BG",
        **NUMBERS,
    },
    "card-new": lambda who, thing: {"types": thing.types, "name": "New", "country": "BG"},
    "profile": lambda who, thing: {"first_name": "New", "language": "en", "theme": "auto", "rows": "50"},
    "language": lambda who, thing: {"language": "en"},
}


# ---- what is expected of them

#: The pages of administration that are for managers of the settings.
OF_SETTINGS = re.compile(
    r"/admin/((logout|jsi18n|autocomplete|password_change|password_change/done|counterparties)/|"
    r"counterparties/(counterpartytype|status)/.*|characteristics/(characteristic|nomenclature|element)/.*)?"
)
#: Leads on to the page of a thing, whatever that page will say.
ONWARD_TO_IT = re.compile(r"/admin/\w+/\w+/\d+/|/admin/trail/operation/\d+/history/")
#: Behind the office's own doors of the same address.
NOT_REACHED = ("/admin/login/", "/admin/password_change/")


def expected(who: Walker, name: str, address: str, method: str, thing: Thing) -> set[str]:
    """What may come of it; mostly one thing."""
    if who.is_outside:
        return {TO_THE_DOOR}
    sort, asked = ROUTES[name], ASKED[name]
    if who.is_guest or asked == GUEST:
        return of_guests(who, name, method)
    if (method == "get" and sort == SENT) or (method == "post" and sort in READ_ONLY and name != "admin"):
        return {SHUT, REFUSED, NOTHING}
    if name == "admin":
        return in_administration(who, address)
    if isinstance(asked, Its):
        if not who.may.may("view", thing.types):
            return {NOTHING}
        if not who.may.may(asked.right, thing.types):
            return {REFUSED}
        if name in ("document-restore", "bank-account-open"):
            # None of those that are walked was deleted, or closed.
            return {NOTHING}
        if asked.is_authors and not who.is_superuser:
            # A superuser furnished what is walked.
            return {REFUSED}
        return {LET_IN} if method == "get" else {DONE} if name in FORMS or asked.right == "archive" else {LET_IN, DONE}
    if asked in (OWNER, HOLDING, KNOWN):
        return {NOTHING, SHUT}
    if asked == WRITER_OF_CLIENTS and "client" not in who.may.granting("view"):
        return {NOTHING}
    writes = who.may.granting("add") | who.may.granting("edit")
    if (asked == WRITER and not writes) or (asked == WRITER_OF_CLIENTS and "client" not in writes):
        return {REFUSED}
    if asked == MANAGER and not who.is_manager:
        return {NOTHING}
    if (asked == SUPERUSER and not who.is_superuser) or (asked in BY_RIGHT and not who.may.granting(asked)):
        return {REFUSED}
    if name == "client-quick" and not who.may.granting("add") & {"client", "retail"}:
        return {REFUSED}
    if name == "card-new" and method == "post":
        # To add one, each of its types must be one's own to add; else the card is shown again.
        return {DONE if who.may.may("add", thing.types) else LET_IN}
    return {LET_IN, DONE}


def of_guests(who: Walker, name: str, method: str) -> set[str]:
    """His own pages are there for a client, and the first page leads to them; for others, and otherwise, is nothing."""
    if not who.is_guest or ASKED[name] != GUEST:
        return {LET_IN} if who.is_guest and name == "home" else {NOTHING, SHUT} if name == "file" else {NOTHING}
    is_shut = ROUTES[name] == (PAGE if method == "post" else SENT)
    return {SHUT} if is_shut else {LET_IN, DONE}


READ_ONLY = (PAGE, SHEET, FILE, DATA)
BY_RIGHT = {right.code for right in RIGHTS}


def in_administration(who: Walker, address: str) -> set[str]:
    if address in NOT_REACHED:
        return {LET_IN, REFUSED, SHUT}
    if not who.is_manager:
        # Everybody may log out, there too.
        return {LET_IN, SHUT} if address == "/admin/logout/" else {TO_THE_DOOR}
    if who.is_superuser or OF_SETTINGS.fullmatch(address) or ONWARD_TO_IT.fullmatch(address):
        # Much is refused there even to superusers; tests/administration knows what.
        return {LET_IN, REFUSED, NOTHING, SHUT}
    return {REFUSED, NOTHING}


# ---- the walk

#: Sessions apart, and receipts: a sheet that is read leaves one, whoever reads it.
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?!.*(django_session|exchange_export))", re.IGNORECASE | re.DOTALL)
MARKED = re.compile(r"zqxwjjvk[a-z]+", re.IGNORECASE)
#: What differs each time a page is read, whatever it says.
PASSING = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|\b[0-9a-f]{12}\b')


def steps(who: Walker, things: tuple[Thing, ...], names: set[str]) -> Iterator[tuple[str, str, str, Thing]]:
    """Every address once for each method, those about a counterparty once for each of them."""
    for place, thing in enumerate(things):
        for name, address in every_route(thing.pk):
            # Each counterparty has its own pages; the others are walked once.
            if name in names and (not place or name == "card-new" or isinstance(ASKED[name], Its)):
                yield name, address, "get", thing
                if who.is_thorough or ASKED[name] not in (MANAGER, SUPERUSER):
                    yield name, address, "post", thing


class Walk:
    """Collects what was otherwise than expected, what was written though nothing was done, and what leaked."""

    def __init__(self) -> None:
        self.wrong, self.written, self.leaks, self.differing = [], [], [], []
        self.acts, self.read = 0, set()

    def by(self, who: Walker, things: tuple[Thing, ...], names: set[str]) -> None:
        """One walker, past these counterparties, along these routes."""
        desk = Client(raise_request_exception=False)
        if who.user:
            desk.force_login(who.user)
        key, known, pages = desk.cookies.copy(), words_for(who), {}
        for name, address, method, thing in steps(who, things, names):
            # Logging out and the like is forgotten at once.
            desk.cookies = key.copy()
            form = FORMS.get(name, lambda *about: {})(who, thing) if method == "post" else {}
            got, body, writes = ask(desk, method, address, form)
            told = (who.name, method, address, thing.types)
            if name not in OPEN and got not in expected(who, name, address, method, thing):
                self.wrong.append((*told, got))
            if writes and name not in OPEN and (method == "get" or got not in (DONE, LET_IN)):
                self.written.append((*told, writes))
            marked = {word.lower() for word in MARKED.findall(body)}
            self.read |= marked
            if marked - known:
                self.leaks.append((*told, marked - known))
            if got == NOTHING and isinstance(ASKED[name], Its):
                pages.setdefault((name, method), {})[thing.pk] = PASSING.sub("", body).replace(str(thing.pk), "")
            self.acts += bool(writes and got == DONE)
        self.differing += [(who.name, *about) for about, bodies in pages.items() if len(set(bodies.values())) > 1]

    def found(self) -> tuple[list, ...]:
        return self.wrong, self.written, self.leaks, self.differing


def ask(desk: Client, method: str, address: str, form: dict[str, Any]) -> tuple[str, str, list[str]]:
    """What came of it, what is read there, and what was written; it is taken back."""
    writes: list[str] = []

    def noting(execute: Any, sql: str, *args: Any) -> Any:
        if WRITES.match(sql):
            writes.append(sql[:80])
        return execute(sql, *args)

    with transaction.atomic():
        with connection.execute_wrapper(noting):
            answer = getattr(desk, method)(address, form)
            body = body_of(answer)
        transaction.set_rollback(True)
    return outcome(answer), body, writes
