"""In a Bulgarian or Russian office no page says a word of English, except names and what people typed themselves."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain import archiving, keeping
from counterparties.domain.identifiers.electronic import schemes
from counterparties.models import Contact, Contract, CounterpartyType, Note, Project, Status
from exchange.domain import jobs
from exchange.models import Import
from portal.domain.invitations import path
from rights.domain.granting import copy_rights
from staff.models import User
from tests.factories import let_in, make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.routes import ASKED, ASKS, DOOR, GUEST, PAGE, ROUTES, addresses, every_route

pytestmark = pytest.mark.looks

LANGUAGES = ("bg", "ru")
SETTINGS = (Characteristic, CounterpartyType, Element, Nomenclature, Status)
#: Names of people, roles, formats and keys, and the codes and addresses of this test's own data.
NAMES = {
    "desk", "django", "admin", "anna", "vera", "ivo", "sales", "bookkeeping", "managers", "xlsx", "csv", "excel",
    "ctrl", "enter", "esc", "https", "http", "www", "example", "com", "bg", "ru", "de", "eur", "vat", "iban", "ext",
    "bic", "xls", "ods", "png", "jpeg", "webp", "gif", "cfp", "beac",
}  # fmt: skip
WORD = re.compile(r"[A-Za-z]{3,}")
TOLD = ("title", "aria-label", "placeholder", "alt")


class Visible(HTMLParser):
    """What a page says: its text and the words in attributes; keys and words marked as another language stay out."""

    VOID = {"input", "meta", "link", "br", "hr", "img", "col", "use"}

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], 0

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag not in self.VOID and (self.silent or tag in ("script", "style", "kbd") or self.is_foreign(tag, said)):
            self.silent += 1
        elif not self.silent:
            self.words += [said[name] for name in TOLD if said.get(name)]
            if tag == "input" and said.get("type") in ("submit", "button"):
                self.words.append(said.get("value", ""))

    @staticmethod
    def is_foreign(tag, said):
        return tag != "html" and "lang" in said

    def handle_endtag(self, tag):
        if self.silent and tag not in self.VOID:
            self.silent -= 1

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(" ".join(data.split()))


def english(page):
    """The phrases of a page that hold a word in Latin letters which is nobody's name."""
    visible = Visible()
    visible.feed(page)
    # The published list of schemes is in English; its names are known by that everywhere.
    published = {scheme.label for scheme in schemes().values()}
    told = [said for said in visible.words if said not in published]
    return [said for said in told if {word.lower() for word in WORD.findall(strip(said))} - NAMES]


def strip(said):
    """Without e-mail addresses, sites and codes: letters beside digits, and currencies, are nobody's English."""
    return re.sub(r"\S*[@/.\d_-]\S*|\b[A-Z]{3}(?= · )|\([A-Z]{3}\)", " ", said)


@pytest.fixture
def furnished(admin, anna, client_type, bank_type):
    """An office whose people write Cyrillic; gives the counterparty whose dossier is full."""
    key = make_type("key", client_type, name="Ключов")
    copy_rights(client_type, key)
    segment = make_nomenclature("segment", name="Сегмент")
    Element.objects.create(nomenclature=segment, code="one", name="Първи", position=1)
    asked = {
        make_characteristic("motto", "text", client_type, name="Девиз", in_list=True): "Добро утро",
        make_characteristic("story", "long_text", client_type, name="История"): "Един ден",
        make_characteristic("size", "number", client_type, name="Брой", in_list=True): Decimal("12.5"),
        make_characteristic("founded", "date", client_type, name="Основана"): date(1994, 5, 3),
        make_characteristic("vip", "checkbox", client_type, name="Важен"): True,
        make_characteristic(
            "segment", "nomenclature", key, name="Сегмент", nomenclature=segment
        ): segment.elements.get(),
    }
    made = make_counterparty("Черноморец", [key], alias="Море", country="BG", is_foreign=True, is_person=True)
    project = Project.objects.create(counterparty=made, name="Хладилник", starts_on=date(2025, 1, 2))
    Contract.objects.create(counterparty=made, number="7", project=project, amount=Decimal(5), currency="EUR")
    Contact.objects.create(counterparty=made, name="Петър", job="Готвач")
    Note.objects.create(counterparty=made, text="Плаща навреме", author=anna)
    keeping.keep(
        made, {"comment": "Ново", "phone": "+359 2 1"}, made.types, asked, by=anna, seen=1, reason="Обадиха се"
    )
    gone = make_counterparty("Ромашка", [client_type])
    archiving.archive(gone, by=anna, seen=gone.version)
    made.gone = gone
    return made


def pages(furnished):
    """Every address that shows a page; the lists also with everything that can be asked of them."""
    # The first operations made the office, whose settings have English names besides the others.
    data = ("/admin/", f"/operations/{furnished.pk}/")
    walked = [each for each in addresses(PAGE, ASKS, pk=furnished.pk) if not each.startswith(data)]
    kept = furnished.history.latest().operation_id
    told = "status=щъркел&цвят=х&sort=цвят&columns=цвят&created_after=никога&c-size_min=много&after=х"
    return [
        *walked,
        "/clients/?filters=open&status=active&c-size_min=2&created_after=2020-01-01&archived=all",
        "/clients/?" + "&".join(f"columns={each}" for each in EVERY_COLUMN),
        f"/counterparties/?{told}",
        "/counterparties/?q=ъъъ",
        "/counterparties/new/?type=key",
        f"/counterparties/{furnished.gone.pk}/",
        f"/operations/{kept}/",
        f"/operations/{kept}/undo/",
        f"/counterparties/{furnished.pk}/as-of/?before={kept}&and={date.today():%Y-%m-%d}",
        *[f"/counterparties/{furnished.pk}/?tab={tab}" for tab in ("contacts", "projects", "contracts", "notes")],
    ]


EVERY_COLUMN = (
    "code", "name", "alias", "types", "status", "is_person", "country", "is_foreign", "registration_number",
    "vat_number", "email", "phone", "mobile", "website", "comment", "created", "archived",
)  # fmt: skip


def said_in_english(client, walked):
    own = words_of_settings()
    return {
        said: page
        for page in walked
        for said in english(client.get(page).getvalue().decode())
        if not (page.startswith("/settings/") and said in own)
    }


def words_of_settings():
    """The codes and the English names that the settings pages show as what they are."""
    return {
        word for model in SETTINGS for names in model.objects.values_list("code", "name", "name_en") for word in names
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_the_office_says_a_word_of_english(client, admin, furnished, language):
    admin.language = language
    admin.save()
    client.force_login(admin)

    assert said_in_english(client, pages(furnished)) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_door_says_a_word_of_english(office, language):
    stranger = Client(headers={"accept-language": language})

    assert said_in_english(stranger, addresses(DOOR)) == {}
    refused = stranger.post("/login/", {"login": "anna", "password": "wrong"})
    assert english(refused.getvalue().decode()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_refusal_says_a_word_of_english(client, vera, anna, furnished, bank_type, language):
    bank = make_counterparty("Банка", [bank_type, *furnished.types])
    for user in (vera, anna):
        user.language = language
        user.save()
    client.force_login(vera)
    told = said_in_english(client, ["/", "/counterparties/", "/counterparties/new/", f"/counterparties/{bank.pk}/"])
    client.force_login(anna)
    told |= said_in_english(client, [f"/counterparties/{bank.pk}/archive/", f"/counterparties/{bank.pk}/edit/"])

    assert told == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_of_an_import_says_a_word_of_english(client, admin, furnished, language):
    """Columns, what is wrong with them, the preview with new, changed and refused rows, the waiting and the report."""
    admin.language = language
    admin.save()
    client.force_login(admin)
    lines = ("Код;Име;Имейл;Брой;Бележка", f"{furnished.code};Черно море;;7;", ";Ново;няма;много;", ";Друго;;;")
    file = SimpleUploadedFile("клиенти.csv", "\n".join(lines).encode())
    bad = client.post("/imports/", {"file": SimpleUploadedFile("празно.csv", b"")})
    address = client.post("/imports/?type=client", {"file": file})["Location"]
    said = {"key": "code", "mode": "upsert", "types": ["client"], "column-0": "code", "column-1": "name"}
    wrong = client.post(address, {**said, "key": "email", "types": [], "column-2": "name"})
    told = said_in_english(client, [address])
    client.post(address, {**said, "column-2": "email", "column-3": "c-size"})
    told |= said_in_english(client, [address, f"{address}?step=columns"])
    client.post(f"{address}run/")
    told |= said_in_english(client, [address])
    jobs.perform_waiting()
    told |= said_in_english(client, [address, "/imports/"])

    assert told | {each: "refused" for answer in (bad, wrong) for each in english(answer.getvalue().decode())} == {}
    assert Import.objects.get().state == "done"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_a_client_says_a_word_of_english(client, admin, furnished, language):
    """His own pages, what is refused there, the link of his invitation, and what colleagues do about his log-in."""
    furnished.email = "море@example.com"
    furnished.save()
    Note.objects.filter(counterparty=furnished).update(audience="client")
    guest = let_in(furnished, by=admin)
    colleague, stranger, invitation = Client(), Client(headers={"accept-language": language}), path(guest.access)
    User.objects.filter(pk__in=[guest.pk, admin.pk]).update(language=language)
    client.force_login(guest)
    colleague.force_login(admin)

    own = [address for name, address in every_route() if ASKED[name] == GUEST and ROUTES[name] in (PAGE, ASKS)]
    told = said_in_english(client, [*own, "/clients/"]) | said_in_english(stranger, [invitation, f"{invitation}x/"])
    here = furnished.get_absolute_url()
    told |= said_in_english(colleague, [here, f"{here}log-in/withdraw/"])
    weak = client.post("/portal/password/", {"old_password": "не", "new_password1": "1", "new_password2": "2"})
    colleague.post(f"{here}log-in/withdraw/", {})

    assert told == {}
    assert english(weak.getvalue().decode()) == []
    assert english(colleague.post(f"{here}log-in/invite/").getvalue().decode()) == []
    assert english(colleague.get(here).getvalue().decode()) == []


WRONG = {
    "types": ["client", "щъркел"], "name": "", "code": "щ" * 40, "country": "Никъде", "registration_number": "123",
    "vat_number": "1", "is_vat_registered": "on", "email": "не", "phone": "щ", "mobile": "5", "website": "ж ж",
    "status": "щъркел", "c-size": "много", "c-founded": "31.02.2023", "c-motto": "щ" * 3000, "comment": "\x00",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mistake_on_a_card_is_told_in_english(client, admin, furnished, language):
    admin.language = language
    admin.save()
    client.force_login(admin)

    answer = client.post("/counterparties/new/", WRONG)

    assert answer.status_code == 422
    assert english(answer.getvalue().decode()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_conflict_is_told_in_english(client, admin, furnished, language):
    admin.language = language
    admin.save()
    client.force_login(admin)
    page = client.get(f"/counterparties/{furnished.pk}/edit/").context["card"]
    seen = {"version": page.seen, "opened": page["opened"].value(), "types": "key", "name": "Друго име", "phone": ""}
    furnished.refresh_from_db()
    keeping.keep(furnished, {"name": "Трето име"}, furnished.types, {}, by=admin, seen=furnished.version)

    answer = client.post(f"/counterparties/{furnished.pk}/edit/", seen)

    assert answer.status_code == 409
    assert english(answer.getvalue().decode()) == []


def test_the_walk_would_notice(client, admin, furnished):
    client.force_login(admin)

    assert len(said_in_english(client, ["/", "/counterparties/", "/profile/"])) > 20
