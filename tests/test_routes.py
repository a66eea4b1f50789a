"""Every route there is: described, asked with damaged questions and without a token, read by those who may not know.

Who is let in where is the business of tests/rights/test_every_right.py.
"""

import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client

from tests.estate import furnish
from tests.factories import make_characteristic, make_counterparty
from tests.routes import ASKED, ASKS, MANAGER, PAGE, ROUTES, SHEET, SUPERUSER, addresses, every_route
from tests.shown import body_of

#: Far from every number that is given by itself, so that the same address can be asked before and after.
PK = 990_001


def test_every_route_is_described_and_says_whom_it_lets_in():
    names = {name for name, _address in every_route()}

    assert (names - set(ROUTES), names - set(ASKED)) == (set(), set())


# ---- those who may not know

#: What differs each time a page is read, whatever it says: tokens, moments of opening, numbers of requests.
PASSING = re.compile(
    r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"|\b[0-9a-f]{12}\b|<c [^>]*><v>\d+\.\d+</v></c>|<dcterms:[^<]*<'
    # A sheet bears the number of its receipt.
    r"|<t[^>]*>No\. \d+</t>"
)


def read_everything(client, user):
    """Address → what the user reads there; the pages that are managers' alone are left out."""
    client.force_login(user)
    return {
        address: PASSING.sub("", body_of(client.get(address)))
        for name, address in every_route(PK)
        # The list of one's own receipts grows with each sheet that is read here.
        if ASKED[name] not in (MANAGER, SUPERUSER) and name != "exports"
    }


def test_anna_reads_the_same_whether_a_bank_exists_or_not(client, anna, admin, bank_type, client_type):
    for number in range(3):
        make_counterparty(f"Client {number}", [client_type])
    asked = make_characteristic("motto", "text", client_type, bank_type, in_list=True)
    before = read_everything(client, anna)

    furnish("ZQXWJ", [bank_type], {asked: "ZQXWJ value"}, admin, PK)

    after = read_everything(client, anna)
    assert [address for address in before if "zqxwj" in after[address].lower()] == []
    assert [address for address in before if before[address] != after[address]] == []


# ---- what changes the books


def books():
    """Everything that is kept, but for sessions."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model is not Session
    }


def test_nothing_is_taken_without_a_token(admin, client_type):
    furnish("ZQXWJ", [client_type], {make_characteristic("motto", "text", client_type): "ZQXWJ value"}, admin, PK)
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    before = books()

    taken = [address for _name, address in every_route(PK) if client.post(address).status_code != 403]

    assert taken == []
    assert books() == before


# ---- damaged questions

NAMES = (
    "q", "type", "kind", "status", "archived", "country", "created_after", "created_before", "sort", "columns", "after",
    "before", "count", "filters", "category", "subcategory", "project", "contract_type", "holding", "c-motto",
    "c-size_min", "c-founded_after", "tab", "deleted", "who", "day", "next", "size", "from",
)  # fmt: skip
DAMAGED = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "broken UTF-8": "%ff%fe",
    "half a surrogate": "%ed%a0%80",
    "very long": "x" * 20_000,
    "a huge number": "1" + "0" * 30,
    "a negative number": "-1",
    "no number": "NaN",
    "wildcards": quote("%_\\"),
    "quotes": quote("'\";--`"),
    "brackets": quote("{{7*7}}${x}<script>[](){"),
    "right to left": quote("\u202eabc\u200f"),
    "beyond the plane": quote("😀𝄞"),
    "a day that never was": "2023-02-29",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "empty": "",
}


@pytest.fixture
def asked_of(client, admin, client_type):
    """The superuser asks, of an office that has something to answer with."""
    motto = make_characteristic("motto", "text", client_type)
    make_characteristic("size", "number", client_type)
    make_characteristic("founded", "date", client_type)
    furnish("ZQXWJ", [client_type], {motto: "ZQXWJ value"}, admin, PK)
    client.raise_request_exception = False
    client.force_login(admin)
    return client


def questions(turn):
    """Every name with another damage; after as many turns as there are damages each name has had each of them."""
    values = list(DAMAGED.values())
    return "&".join(f"{name}={values[(place + turn) % len(values)]}" for place, name in enumerate(NAMES))


def test_a_damaged_question_breaks_no_page(asked_of):
    pages = [address for address in addresses(PAGE, ASKS, SHEET, pk=PK) if not address.startswith("/admin/")]
    # The lists and the dossier listen to most of the names; of the others each has two turns.
    turns = {page: range(len(DAMAGED)) for page in ("/clients/", "/counterparties/", f"/counterparties/{PK}/history/")}

    asked = [
        f"{page}?{question}"
        for number, page in enumerate(pages)
        for question in (
            *(questions(turn) for turn in turns.get(page, (number, number + 7))),
            *(f"{name}={DAMAGED['NUL']}" for name in NAMES if page == "/clients/"),
        )
    ]

    assert [each for each in asked if breaks(asked_of, each)] == []


def test_one_damage_everywhere_breaks_no_page(asked_of):
    pages = ("/", "/clients/", "/counterparties/sheet.csv", f"/counterparties/{PK}/", "/counterparties/new/")
    asked = [f"{page}?{'&'.join(f'{name}={value}' for name in NAMES)}" for page in pages for value in DAMAGED.values()]

    assert [each for each in asked if breaks(asked_of, each)] == []


def test_a_damaged_question_breaks_nothing_in_the_administration(asked_of):
    lists = sorted({address for name, address in every_route(PK) if name == "admin" and address.count("/") == 4})
    names = ("q", "p", "o", "id__exact", "all")
    damages = [DAMAGED[each] for each in ("NUL", "broken UTF-8", "a huge number", "no number", "quotes")]

    # Another pair of name and damage on each list, and as many pairs on each as there are names.
    asked = [
        f"{page}?{names[(place + turn) % 5]}={damages[(place // 5 + 2 * turn) % 5]}"
        for place, page in enumerate(lists)
        for turn in range(5)
    ]

    assert [each for each in asked if breaks(asked_of, each)] == []


def breaks(client, address):
    answer = client.get(address)
    return answer.status_code >= 500 or "Traceback" in body_of(answer)
