"""Making up one counterparty with all that belongs to it, not yet saved."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from characteristics.models import Element
from counterparties.domain.identifiers.electronic import suggested
from counterparties.models import Address, Client, Contact, Counterparty, CounterpartyType, Status, Value
from desk.models import LANGUAGES
from desk.text import code_from

from .answers import Answering
from .lands import BULGARIA, SHARES, Firm, Land, Person

#: Sorts of the demo office: codes of types, the trade its names come from, and its share.
MIXTURE = [
    (("retail",), "retail", 260),
    (("wholesale",), "wholesale", 170),
    (("horeca",), "horeca", 150),
    (("export",), "export", 90),
    (("client",), "services", 45),
    (("raw-materials",), "raw-materials", 80),
    (("services",), "services", 75),
    (("transport",), "transport", 60),
    (("retail", "wholesale"), "wholesale", 18),
    (("wholesale", "raw-materials"), "raw-materials", 26),
    (("wholesale", "export"), "export", 18),
    (("horeca", "services"), "horeca", 10),
    (("export", "transport"), "transport", 14),
]
#: Sorts of which an office knows a few.
FEW = [
    (("company",), "company", 3),
    (("bank",), "bank", 16),
    (("bank", "client"), "bank", 2),
    (("state-organisation",), "state-organisation", 26),
    (("holding",), "holding", 12),
]
AT_HOME = ("company", "state-organisation")
STATUSES = [
    ("active", 60),
    ("contract-signed", 16),
    ("negotiating", 8),
    ("on-hold", 5),
    ("inactive", 8),
    ("unreliable", 3),
]
#: Category of clients by their type, with the subcategories under it.
CATEGORIES = {
    "retail": ("retail", ("shops", "online")),
    "wholesale": ("wholesale", ("chains", "distributors")),
    "horeca": ("services", ("hotels",)),
}
CLIENTS = {"client", "retail", "wholesale", "horeca", "export"}


#: What its tax is called where a firm sits.
TAX_NAMES = {"BG": "ДДС", "RU": "НДС", "DE": "USt", "RO": "TVA"}


@dataclass
class Draft:
    """One counterparty before it enters the office, with its parts."""

    land: Land
    types: list[CounterpartyType]
    counterparty: Counterparty
    values: list[Value] = field(default_factory=list)
    client: Client | None = None
    addresses: list[Address] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        return {each.code for each in self.types}

    @property
    def parts(self) -> list[Any]:
        return [*([self.client] if self.client else []), *self.addresses, *self.contacts, *self.values]


class Maker:
    """Makes drafts up; the same random numbers give the same office."""

    def __init__(self, random: Random, today: date) -> None:
        self.random = random
        self.answering = Answering(today)
        self.types = self.answering.tree.by_code
        self.statuses = {each.code: each for each in Status.objects.all()}
        categories = Element.objects.filter(nomenclature__code="client-category")
        self.categories = {each.code: each for each in categories}
        self.names: set[str] = set()
        self.numbers: set[str] = set()

    def drafts(self, count: int) -> list[Draft]:
        """So many counterparties; the few own companies, banks and authorities first."""
        few = [self.draft(codes, trade) for codes, trade, number in FEW for _each in range(number)]
        shares = [share for _codes, _trade, share in MIXTURE]
        many = self.random.choices(MIXTURE, shares, k=count - len(few))
        return few + [self.draft(codes, trade) for codes, trade, _share in many]

    def draft(self, codes: tuple[str, ...], trade: str) -> Draft:
        random = self.random
        land = self._land(trade)
        types = [self.types[code] for code in codes]
        is_person = codes in (("retail",), ("client",)) and random.random() < 0.16
        person = land.person(random) if is_person else None
        counterparty = self._individual(land, person) if person else self._firm(land, trade)
        status = random.choices(STATUSES, [share for _code, share in STATUSES])[0][0]
        counterparty.status = self.statuses.get(status)
        draft = Draft(land, types, counterparty, values=self.answering.values(random, land, types))
        if draft.codes & CLIENTS:
            draft.client = self._client(draft, person)
        self._places(draft)
        if not person:
            self._people(draft)
        for part in draft.parts:
            part.counterparty = counterparty
        return draft

    def _land(self, trade: str) -> Land:
        if trade in AT_HOME:
            return BULGARIA
        lands = [(land, share) for land, share in SHARES if trade in land.trades]
        return self.random.choices([land for land, _share in lands], [share for _land, share in lands])[0]

    def _firm(self, land: Land, trade: str) -> Counterparty:
        random = self.random
        firm = self._unused(land, trade)
        registration = ""
        while not registration or registration in self.numbers:
            registration = land.registration(random)
        self.numbers.add(registration)
        vat = land.vat(random, registration) if random.random() < 0.72 else ""
        host = f"{firm.slug}.example"
        return Counterparty(
            name=firm.name,
            alias=firm.slug.replace("-", " ").title() if not firm.name.isascii() and random.random() < 0.25 else "",
            country=land.country,
            is_foreign=land is not BULGARIA,
            registration_number=registration,
            is_vat_registered=bool(vat),
            vat_number=vat,
            email=f"{random.choice(land.boxes)}@{host}",
            phone=land.phone(random) if random.random() < 0.8 else "",
            mobile=land.mobile(random) if random.random() < 0.55 else "",
            website=f"https://www.{host}" if random.random() < 0.45 else "",
            comment=random.choice(land.notes) if random.random() < 0.08 else "",
        )

    def _unused(self, land: Land, trade: str) -> Firm:
        """A firm whose name nobody bears; one more of the name adds its town, as registers want it."""
        firm = land.firm(self.random, trade)
        for _attempt in range(8):
            if firm.name not in self.names:
                break
            firm = land.firm(self.random, trade)
        while firm.name in self.names:
            town = self.random.choice(land.towns)[0]
            number = self.random.randint(2, 99)
            firm = Firm(f"{firm.name} — {town} {number}", f"{firm.slug}-{number}")
        self.names.add(firm.name)
        return firm

    def _individual(self, land: Land, person: Person) -> Counterparty:
        return Counterparty(
            name=person.name,
            is_person=True,
            country=land.country,
            is_foreign=land is not BULGARIA,
            email=f"{'.'.join(_in_mail(person))}{self.random.randint(1, 99)}@mail.example",
            mobile=land.mobile(self.random),
        )

    def _client(self, draft: Draft, person: Person | None) -> Client:
        random = self.random
        category, subcategories = next((CATEGORIES[code] for code in CATEGORIES if code in draft.codes), (None, ()))
        firm = draft.counterparty
        company_name = "" if person else firm.name
        firm.call_as_client(company_name)
        known = {"registration_number": firm.registration_number, "vat_number": firm.vat_number}
        scheme, address = (random.random() < 0.6 and suggested(country=firm.country, **known)) or ("", "")
        return Client(
            electronic_address_scheme=scheme,
            electronic_address=address,
            tax_name=TAX_NAMES.get(firm.country, "VAT") if firm.vat_number else "",
            message_language=draft.land.language if draft.land.language in LANGUAGES else "en",
            credit_limit=random.choice((None, None, 1_000, 5_000, 20_000)),
            salutation=("mrs" if person.is_female else "mr") if person else "",
            gender=("female" if person.is_female else "male") if person else "",
            language=draft.land.language,
            company_name=company_name,
            office_phone=draft.land.phone(random) if random.random() < 0.3 else "",
            category=self.categories.get(category) if category else None,
            subcategory=self.categories.get(random.choice(subcategories))
            if subcategories and random.random() < 0.8
            else None,
            email_notifications=random.random() < 0.4,
            payment_term=random.choice((None, 14, 30)),
            currency="EUR",
        )

    def _places(self, draft: Draft) -> None:
        random = self.random
        if random.random() < 0.75:
            draft.addresses.append(Address(kind="company", **draft.land.address(random)))
        if draft.client and random.random() < 0.3:
            draft.addresses.append(Address(kind="delivery", **draft.land.address(random)))

    def _people(self, draft: Draft) -> None:
        random, host = self.random, draft.counterparty.email.rpartition("@")[2]
        for position in range(1, random.choice((0, 0, 0, 1, 1, 2, 3)) + 1):
            person = draft.land.person(random)
            email = f"{_in_mail(person)[0]}@{host}"
            phone = draft.land.mobile(random)
            job = draft.land.job(random, person)
            draft.contacts.append(Contact(name=person.name, job=job, email=email, phone=phone, position=position))


def _in_mail(person: Person) -> tuple[str, str]:
    """The outer two of a person's names, as an e-mail address spells them."""
    names = person.name.split()
    return code_from(names[0]), code_from(names[-1])
