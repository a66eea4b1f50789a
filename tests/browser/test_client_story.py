"""A client from the first card to the last log-out: written down whole, found, let in, heard, shown out."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as office_settings
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from counterparties.models import Counterparty
from exchange.domain import jobs
from rights.domain.granting import grant
from tests.browser.answers import brought
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.files.makes import PDF, png

#: Every box of the card but the files and the ticks: what is typed or chosen there.
CARD = {
    "status": "active",
    "country": "BG",
    "name": "Иван Петров",
    "alias": "Ivan Petrov",
    "code": "IVAN",
    "registration_number": "6101057509",
    "vat_number": "BG6101057509",
    "email": "ivan@petrov.example",
    "website": "https://petrov.example",
    "phone": "02 987 6543",
    "mobile": "0888 123 456",
    "salutation": "mr",
    "gender": "male",
    "language": "bg",
    "category": "retail",
    "subcategory": "shops",
    "company_name": "Златна рибка ЕООД",
    "tax_name": "ET Ivan Petrov",
    "office_phone": "02 987 0000",
    "company-line1": "ул. Шипка 1",
    "company-line2": "ет. 2",
    "company-postal_code": "1504",
    "company-city": "София",
    "company-region": "Столична",
    "company-country": "BG",
    "delivery-line1": "Harbour street 5",
    "delivery-line2": "Gate 3",
    "delivery-postal_code": "9000",
    "delivery-city": "Varna",
    "delivery-region": "Varna",
    "delivery-country": "BG",
    "electronic_address_scheme": "9926",
    "electronic_address": "BG6101057509",
    "message_language": "en",
    "payment_term": "30",
    "credit_limit": "5000",
    "currency": "EUR",
    "note": "Prefers to be called after ten.",
    "comment": "Доставки в четвъртък.",
    "c-motto": "Three wishes",
    "c-segment": "small",
}
TICKS = ("is_vat_registered", "email_notifications")
CONTRACT = {"number": "2026/7", "subject": "Repairs", "contract_type": "service", "amount": "120", "currency": "EUR"}
PICTURES = {"picture": "ivan.png", "logo": "fish.png"}
NAMES = ".rows tbody .name a"
#: What the list of clients can be asked for, and the word that is ticked.
FILTERS = {
    "status": "Active",
    "category": "Retail",
    "subcategory": "Shops",
    "project": "Cold store",
    "contract_type": "Service",
    "country": "Bulgaria",
}


@pytest.fixture
def sales(transactional_db, cast, client_type, settings, tmp_path):
    """Somebody of Sales, who may also set how clients are dealt with; three clients of whom not much is known."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    grant(Group.objects.get(name="Sales"), client_type, {"settings"})
    make_characteristic("motto", "text", client_type)
    make_characteristic("segment", "nomenclature", client_type, nomenclature=make_nomenclature("segment", "small"))
    for name in ("Rival", "Danube", "Ромашка"):
        make_counterparty(name, status=None, country="DE")
    Counterparty.objects.update(created_at=timezone.now() - timedelta(days=400))
    return cast.anna


@pytest.mark.story
def test_a_client_is_written_down_found_let_in_heard_and_shown_out(open_window, enter, sales, shot):
    office, theirs = enter(open_window(), sales), open_window(locale="bg")

    a_card_is_filled_to_the_last_box(office, shot)
    made = Counterparty.objects.get(code="IVAN")
    what_belongs_to_him_is_added(office, made)
    each_filter_finds_him(office, shot)
    he_is_invited_and_comes_in(office, theirs, made, shot)
    he_proposes_and_the_office_accepts(office, theirs, made, shot)
    he_is_shown_out(office, theirs, made)


def a_card_is_filled_to_the_last_box(page, shot):
    page.goto("/clients/")
    page.get_by_role("link", name="New client").click()
    card = page.locator("#card")
    card.locator("label", has_text="Individual").click()
    for name in TICKS:
        card.locator(f"[name={name}]").check()
    for name, file in PICTURES.items():
        brought(file, png(), "image/png")(card, name)
    write(page, CARD)
    assert left_empty(card) == set()
    expect(card.get_by_role("button", name="Take it")).to_be_hidden()
    shot(page, "story-client-card")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is added under the code")
    for said in ("Иван Петров", "Ivan Petrov", "Златна рибка ЕООД", "Three wishes"):
        expect(page.locator("#main")).to_contain_text(said)
    shot(page, "story-client-dossier")


def left_empty(card):
    """The boxes of the card that nobody filled, by their names."""
    boxes = "[name]:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]):not(button)"
    names = "boxes => boxes.filter(box => !box.disabled && !box.value.trim()).map(box => box.name)"
    return set(card.locator(boxes).evaluate_all(names))


def what_belongs_to_him_is_added(page, made):
    here = made.get_absolute_url()
    page.goto(f"{here}projects/new/")
    fill(page, {"code": "CS", "name": "Cold store"})
    page.goto(f"{here}contracts/new/")
    fill(page, CONTRACT)
    page.goto(f"{here}?tab=documents")
    page.get_by_role("button", name="With title and date…").click()
    brought("offer.pdf", PDF, "application/pdf")(page.locator("#card"), "files")
    page.locator("[name=is_shared]").check()
    fill(page, {"title": "Our offer"})
    expect(page.locator("#main")).to_contain_text("the client sees it")


def write(page, said):
    """Type or choose it in the boxes of these names."""
    for name, words in said.items():
        box = page.locator(f"#card [name='{name}']")
        box.select_option(words) if box.evaluate("box => box.tagName") == "SELECT" else box.fill(words)


def fill(page, said):
    """A whole form, sent."""
    write(page, said)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def each_filter_finds_him(page, shot):
    for said in ("ivan", "рибка"):
        page.goto(f"/clients/?q={said}")
        expect(page.locator(NAMES)).to_have_text(["Иван Петров"])
    for name, word in FILTERS.items():
        page.goto("/clients/?filters=open")
        is_asked_for(page, name, word)
        only_he_is_shown(page, word)
    shot(page, "story-client-filter")
    page.goto("/clients/?filters=open")
    today = timezone.localdate()
    page.locator(".filters [name=created_after]").fill((today - timedelta(days=1)).isoformat())
    page.locator(".filters [name=created_before]").fill(today.isoformat())
    only_he_is_shown(page, " to ")


def is_asked_for(page, name, word):
    """Ticked in the list that unfolds; there are too many countries for one, so they are typed."""
    typed = page.locator(f".filters input[type=text][name={name}]")
    if typed.count():
        typed.fill(word)
        return
    ticks = page.locator(".filters details.choose", has=page.locator(f"[name={name}]"))
    ticks.locator("summary").click()
    ticks.get_by_label(word, exact=True).check()
    page.keyboard.press("Escape")


def only_he_is_shown(page, chip):
    page.locator(".filters").get_by_role("button", name="Show").click()
    expect(page.locator(".chip")).to_contain_text(chip)
    expect(page.locator(NAMES)).to_have_text(["Иван Петров"])


def he_is_invited_and_comes_in(office, theirs, made, shot):
    office.goto(f"{made.get_absolute_url()}edit/")
    office.locator("#card [name=login_allowed]").check()
    office.get_by_role("button", name="Save", exact=True).click()
    expect(office.get_by_role("status").first).to_contain_text("An invitation to log in goes to ivan@petrov.example")
    of_document, invitation = letters_sent()
    assert "Our offer" in of_document.body
    link = re.search(rf"{re.escape(office_settings.OFFICE_URL)}(/portal/welcome/\S+)", invitation.body)[1]

    theirs.goto(link)
    shot(theirs, "story-client-welcome")
    for name in ("new_password1", "new_password2"):
        theirs.locator(f"[name={name}]").fill("chosen-by-a-client")
    theirs.locator("[name=new_password2]").press("Enter")
    theirs.wait_for_url("**/portal/")
    expect(theirs.locator("h1")).to_have_text("Иван Петров")
    for said in ("Златна рибка ЕООД", "ул. Шипка 1"):
        expect(theirs.locator("main")).to_contain_text(said)
    for hidden in ("Three wishes", "Доставки", "5000", "called after ten"):
        expect(theirs.locator("main")).not_to_contain_text(hidden)
    shot(theirs, "story-client-portal")


def letters_sent():
    """What waited is sent by the worker; all of it goes to him."""
    mail.outbox.clear()
    jobs.perform_waiting()
    assert {tuple(letter.to) for letter in mail.outbox} == {("ivan@petrov.example",)}
    return mail.outbox


def he_proposes_and_the_office_accepts(office, theirs, made, shot):
    theirs.get_by_role("link", name="Documents").click()
    expect(theirs.locator("main")).to_contain_text("Our offer")
    theirs.goto("/portal/propose/")
    theirs.locator("[name=phone]").fill("+359 52 111 222")
    theirs.locator("[name=company-city]").fill("Пловдив")
    shot(theirs, "story-client-proposes")
    theirs.get_by_role("button", name="Propose it").click()

    office.goto("/")
    office.get_by_role("link", name="Иван Петров").first.click()
    shot(office, "story-client-proposal")
    office.get_by_role("button", name="Take over what is ticked").click()
    expect(office.get_by_role("status").first).to_be_visible()
    office.goto(made.get_absolute_url())
    theirs.goto("/portal/")
    for page in (office, theirs):
        expect(page.locator("main")).to_contain_text("+359 52 111 222")
        expect(page.locator("main")).to_contain_text("Пловдив")
    (accepted,) = letters_sent()
    assert "Phone" in accepted.body
    office.goto(f"{made.get_absolute_url()}?tab=letters")
    shot(office, "story-client-letters")


def he_is_shown_out(office, theirs, made):
    office.goto(f"{made.get_absolute_url()}edit/")
    office.locator("#card [name=login_allowed]").uncheck()
    office.get_by_role("button", name="Save", exact=True).click()
    expect(office.get_by_role("status").first).to_contain_text("The log-in of the client is withdrawn")
    theirs.get_by_role("link", name="Documents").click()
    theirs.wait_for_url("**/login/**")
