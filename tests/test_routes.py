"""Every route there is, walked by strangers, by those without a role, with damaged questions and without a token."""

import io
import re
import zipfile
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from counterparties.domain import keeping
from counterparties.models import Contact, Contract, Document, Note, Project
from files.models import StoredFile
from tests.factories import make_characteristic, make_counterparty
from tests.routes import ASKS, OPEN, PAGE, ROUTES, SHEET, addresses, every_route
from trail.domain.operations import operation

SECRET = "ZQX"
#: Far from every number that is given by itself, so that the same address can be asked before and after.
PK = 990_001


def secret(word):
    return f"{SECRET}{word}"


def make_secret(types, characteristic, by):
    """A counterparty whose every text says ZQX, with something in each drawer and some history."""
    with operation("card", by=by, reason=secret("reason")):
        made = make_counterparty(
            secret("name"),
            types,
            pk=PK,
            code=secret("code"),
            alias=secret("alias"),
            comment=secret("comment"),
            email=f"{SECRET}@example.com",
            phone=secret("phone"),
            mobile=secret("mobile"),
            website=f"https://{SECRET}.example",
            registration_number=secret("number"),
            vat_number=secret("vat"),
        )
        Contact.objects.create(counterparty=made, name=secret("contact"), job=secret("job"))
        Project.objects.create(counterparty=made, name=secret("project"))
        Contract.objects.create(counterparty=made, number=secret("contract"))
        Note.objects.create(counterparty=made, text=secret("note"), author=by)
        stored = default_storage.save("secret.txt", ContentFile(secret("content").encode()))
        file = StoredFile.objects.create(
            pk=PK,
            sha256="0" * 64,
            name=secret("file"),
            size=10,
            content_type="text/plain",
            storage_name=stored,
            counterparty=made,
        )
        Document.objects.create(counterparty=made, file=file, title=secret("document"))
    facts = {"comment": secret("changed")}
    keeping.keep(made, facts, made.types, {characteristic: secret("value")}, by=by, seen=1, reason=secret("why"))
    return made


def body_of(answer):
    """The whole answer as text; a workbook unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


#: What differs each time a page is read, whatever it says: tokens, moments of opening, numbers of requests.
PASSING = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"|\b[0-9a-f]{12}\b|<c [^>]*><v>\d+\.\d+</v></c>')


def read_everything(client, user):
    """Address → what the user reads there."""
    client.force_login(user)
    read = {}
    for _name, address in every_route(PK):
        answer = client.get(address)
        read[address] = (answer.status_code, PASSING.sub("", body_of(answer)))
    return read


def told(read):
    """The addresses that gave a secret away."""
    return [address for address, (_status, body) in read.items() if SECRET.lower() in body.lower()]


# ---- every route is known


def test_every_route_is_described():
    assert {name for name, _address in every_route()} - set(ROUTES) == set()


# ---- strangers

#: Django's administration sends strangers to an address of its own, which leads on to the office's door.
DOORS = ("/login/?next=", "/admin/login/?next=")


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_stranger_is_led_to_the_door(client, admin, bank_type, method):
    make_secret([bank_type], make_characteristic("motto", "text", bank_type), admin)
    let_in, leaks = [], []

    for name, address in every_route(PK):
        answer = getattr(client, method)(address)
        to_the_door = answer.status_code == 302 and answer["Location"].startswith(DOORS)
        if name not in OPEN and not to_the_door and answer.status_code not in (403, 404):
            let_in.append((address, answer.status_code))
        if SECRET in body_of(answer):
            leaks.append(address)

    assert (let_in, leaks) == ([], [])


# ---- those who may not know


def test_the_walk_would_notice(client, admin, bank_type):
    make_secret([bank_type], make_characteristic("motto", "text", bank_type), admin)

    found = told(read_everything(client, admin))

    assert {"/", "/banks/", "/banks/sheet.xlsx", f"/files/{PK}/", f"/counterparties/{PK}/history/"} <= set(found)


def test_vera_reads_the_same_whether_a_counterparty_exists_or_not(client, vera, admin, bank_type, client_type):
    asked = make_characteristic("motto", "text", client_type, bank_type)
    before = read_everything(client, vera)

    make_secret([client_type, bank_type], asked, admin)

    after = read_everything(client, vera)
    assert told(after) == []
    assert [address for address in before if before[address] != after[address]] == []


def test_anna_reads_the_same_whether_a_bank_exists_or_not(client, anna, admin, bank_type, client_type):
    for number in range(3):
        make_counterparty(f"Client {number}", [client_type])
    asked = make_characteristic("motto", "text", client_type, bank_type, in_list=True)
    before = read_everything(client, anna)

    make_secret([bank_type], asked, admin)

    after = read_everything(client, anna)
    assert told(after) == []
    assert [address for address in before if before[address] != after[address]] == []


def test_of_a_client_that_is_also_a_bank_anna_reads_nothing_that_only_banks_are_asked(
    client, anna, admin, bank_type, client_type
):
    hidden = make_characteristic("vault", "text", bank_type, name=secret("label"), in_list=True)
    both = make_counterparty("Both", [client_type, bank_type], pk=PK)
    keeping.keep(both, {}, both.types, {hidden: secret("value")}, by=admin, seen=both.version, reason="")

    read = read_everything(client, anna)

    assert read[f"/counterparties/{PK}/"][0] == 200
    assert told(read) == []


# ---- what changes the books


def books():
    """Everything that is kept, but for sessions."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model is not Session
    }


def test_reading_changes_nothing(client, admin, client_type, bank_type):
    make_secret([client_type], make_characteristic("motto", "text", client_type), admin)
    client.force_login(admin)
    before = books()

    for _name, address in every_route(PK):
        for method in ("get", "head"):
            body_of(getattr(client, method)(address))

    assert books() == before


def test_nothing_is_taken_without_a_token(admin, client_type):
    make_secret([client_type], make_characteristic("motto", "text", client_type), admin)
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    before = books()

    taken = [address for _name, address in every_route(PK) if client.post(address).status_code != 403]

    assert taken == []
    assert books() == before


# ---- damaged questions

NAMES = (
    "q", "type", "kind", "status", "archived", "country", "created_after", "created_before", "sort", "columns", "after",
    "before", "count", "filters", "category", "subcategory", "project", "contract_type", "c-motto", "c-size_min",
    "c-founded_after", "tab", "who", "day", "next", "size", "from",
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
    make_secret([client_type], motto, admin)
    client.raise_request_exception = False
    client.force_login(admin)
    return client


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_question_breaks_no_page(asked_of, damage):
    every = "&".join(f"{name}={DAMAGED[damage]}" for name in NAMES)
    pages = [address for address in addresses(PAGE, ASKS, SHEET, pk=PK) if not address.startswith("/admin/")]

    assert [page for page in pages if breaks(asked_of, f"{page}?{every}")] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_single_question_breaks_a_list(asked_of, name):
    page = "/clients/" if name not in ("who", "day", "tab", "before") else f"/counterparties/{PK}/history/"

    assert [damage for damage, value in DAMAGED.items() if breaks(asked_of, f"{page}?{name}={value}")] == []


@pytest.mark.parametrize("damage", ["NUL", "broken UTF-8", "a huge number", "no number", "quotes"])
def test_a_damaged_question_breaks_nothing_in_the_administration(asked_of, damage):
    lists = {address for name, address in every_route(PK) if name == "admin" and address.count("/") == 4}

    broken = [
        (page, name)
        for page in sorted(lists)
        for name in ("q", "p", "o", "id__exact", "all")
        if breaks(asked_of, f"{page}?{name}={DAMAGED[damage]}")
    ]

    assert broken == []


def breaks(client, address):
    answer = client.get(address)
    return answer.status_code >= 500 or "Traceback" in body_of(answer)
