"""A second click on Save, or a page that is sent again, adds nothing twice; who changed a word meant another one."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from zeal import zeal_ignore

from characteristics.domain import values
from counterparties.models import Address, BankAccount, Contact, Contract, Counterparty, Note, Project
from files.models import StoredFile
from tests.counterparties.cards import NEW
from tests.factories import make_characteristic, make_counterparty
from trail.models import Operation


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def opened():
    return timezone.now().isoformat()


def test_a_new_card_sent_twice_is_taken_in_once(desk, client_type):
    motto = make_characteristic("motto", "text", client_type)
    card = {
        "types": "client", "name": "Danube", "phone": "02 111 1111", "c-motto": "Onward", "company_name": "Danube Ltd",
        "company-city": "Ruse", "note": "Call them", "opened": opened_of(desk.get(NEW).content.decode()),
    }  # fmt: skip

    first, second = (desk.post(NEW, card) for _click in range(2))

    danube = Counterparty.objects.get()
    assert [each["Location"] for each in (first, second)] == [danube.get_absolute_url()] * 2
    assert values.of(danube, [motto]) == {motto.pk: ["Onward"]}
    assert (Note.objects.count(), Address.objects.count()) == (1, 1)
    assert Operation.objects.filter(kind="card").count() == 1


@pytest.mark.parametrize(
    "changed",
    [{"phone": "02 222 2222"}, {"c-motto": "Upward"}, {"company_name": "Other"}, {"note": "Wait"}, {"opened": ""}],
)
def test_another_word_is_another_counterparty(desk, client_type, changed):
    make_characteristic("motto", "text", client_type)
    card = {"types": "client", "name": "Danube", "phone": "02 111 1111", "c-motto": "Onward", "opened": opened()}

    for sent in (card, card | changed):
        assert desk.post(NEW, sent).status_code == 303

    assert Counterparty.objects.count() == 2


def test_the_same_card_opened_again_or_filled_in_by_a_colleague_is_another_one(desk, admin, client_type):
    colleague = Client()
    colleague.force_login(admin)
    card = {"types": "client", "name": "Danube", "opened": opened()}

    desk.post(NEW, card)
    desk.post(NEW, card | {"opened": opened()})
    colleague.post(NEW, card)

    assert Counterparty.objects.count() == 3


def test_a_quick_client_sent_twice_is_one(desk, client_type):
    form = {"types": "client", "name": "Danube", "opened": opened_of(desk.get("/clients/quick/").content.decode())}

    for _click in range(2):
        desk.post("/clients/quick/", form)

    assert Counterparty.objects.count() == 1


def opened_of(page):
    """The moment a page says it was opened at."""
    (field,) = re.findall(r'<input[^>]* name="opened"[^>]*>', page)
    return html.unescape(re.search(r'value="([^"]*)"', field)[1])


THINGS = {
    "contacts": (Contact, {"name": "Ana", "email": "ana@example.org"}, {"name": "Bo"}),
    "projects": (Project, {"name": "Roof", "status": "running"}, {"name": "Cellar"}),
    "notes": (Note, {"text": "Call them"}, {"text": "Wait"}),
    "addresses": (Address, {"kind": "other", "city": "Ruse"}, {"city": "Varna"}),
    "contracts": (Contract, {"number": "C-1"}, {"number": "C-2"}),
    "accounts": (
        BankAccount,
        {"number": "BG80 BNBG 9661 1020 3456 78", "currency": "EUR", "is_main": "on"},
        {"number": "DE89 3704 0044 0532 0130 00"},
    ),
}


@pytest.mark.parametrize("tab", THINGS)
def test_what_hangs_on_a_dossier_is_hung_there_once(desk, client_type, tab):
    model, said, other = THINGS[tab]
    new = f"{make_counterparty('Danube').get_absolute_url()}{tab}/new/"
    form = said | {"opened": opened_of(desk.get(new).content.decode())}

    answers = [desk.post(new, each) for each in (form, form, form | other)]

    assert [each.status_code for each in answers] == [303] * 3
    assert model.objects.count() == 2
    assert Operation.objects.filter(kind="card").count() == 2


def test_a_note_written_beside_the_others_is_written_once(desk, client_type):
    dossier = make_counterparty("Danube").get_absolute_url()
    page = desk.get(f"{dossier}?tab=notes").content.decode()

    for _click in range(2):
        desk.post(f"{dossier}notes/new/", {"text": "Call them", "opened": opened_of(page)})

    assert Note.objects.count() == 1


def test_the_paper_of_a_contract_is_kept_once(desk, client_type):
    new, form = f"{make_counterparty('Danube').get_absolute_url()}contracts/new/", {"number": "C-1", "opened": opened()}
    before = kept_files()

    for _click in range(2):
        desk.post(new, form | {"file": SimpleUploadedFile("Signed.txt", b"Signed.")})

    stored = StoredFile.objects.get()
    assert Contract.objects.get().file == stored
    assert kept_files() - before == {stored.storage_name.rsplit("/", 1)[-1]}


def kept_files():
    return {each.name for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sort", ["card", "contact"])
def test_two_clicks_at_the_same_moment(transactional_db, anna, sort):
    owner = make_counterparty("Danube")
    address = NEW if sort == "card" else f"{owner.get_absolute_url()}contacts/new/"
    form = {"types": "client", "name": "Ana", "opened": opened()}
    ready = Barrier(2, timeout=20)

    def click(_number):
        desk = Client()
        desk.force_login(anna)
        ready.wait()
        try:
            with zeal_ignore():
                return desk.post(address, form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert list(clicks.map(click, range(2))) == [303, 303]

    assert (Counterparty.objects.filter(name="Ana").count(), Contact.objects.count()) == (
        (1, 0) if sort == "card" else (0, 1)
    )
