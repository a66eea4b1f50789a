"""The facts of one counterparty as its dossier shows them: shared ones, a client's, and characteristics by origin."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from characteristics.domain import values
from characteristics.models import Characteristic
from characteristics.pages.parts import shown
from counterparties.domain.identifiers.electronic import scheme_words
from counterparties.domain.inheritance import Inherited
from counterparties.models import Client, Counterparty, CounterpartyType
from counterparties.pages.links import mail_link, mobile_link, phone_link, site_link
from desk.places import country_name, language_name
from files.pages.links import picture_link
from trail.pages.words import label, plain_words

#: Texts longer than this get the whole width.
LONG = 60


@dataclass(frozen=True)
class Fact:
    """A label and what is said; nothing said is an empty string."""

    label: str
    said: SafeString | str = ""
    css: str = ""
    is_text: bool = False
    help: str = ""

    @property
    def is_wide(self) -> bool:
        return self.is_text or "<p>" in self.said or ("<a" not in self.said and len(self.said) > LONG)


@dataclass(frozen=True)
class Facts:
    """Facts under one heading, those that say something first; the silent ones can be unfolded."""

    heading: str
    hint: str
    all: list[Fact]

    @property
    def said(self) -> list[Fact]:
        return [fact for fact in self.all if fact.said]

    @property
    def silent(self) -> list[Fact]:
        return [fact for fact in self.all if not fact.said]


def shared_facts(counterparty: Counterparty, addresses: Iterable[Any], accounts: Iterable[Fact] = ()) -> Facts:
    """What is asked of every counterparty; the key facts stand in the head of the page."""
    links: list[tuple[str, Callable[[str], Any]]] = [
        ("email", mail_link),
        ("phone", phone_link),
        ("mobile", mobile_link),
        ("website", site_link),
    ]
    facts = [
        Fact(_label(counterparty, name), link(said) if (said := getattr(counterparty, name)) else "")
        for name, link in links
    ]
    facts += [Fact(address_title(each), address_words(each), "words") for each in addresses]
    facts += accounts
    facts.append(Fact(_label(counterparty, "comment"), counterparty.comment, "words", is_text=True))
    return Facts("", "", facts)


#: What is told of a client, in the order of the page; its settings are the office's side of it.
CLIENT = (
    "picture", "logo", "salutation", "gender", "language", "company_name", "tax_name", "office_phone", "category",
    "subcategory", "electronic_address", "electronic_address_scheme",
)  # fmt: skip
CLIENT_SETTINGS = ("login_allowed", "email_notifications", "message_language", "payment_term", "credit_limit")


def client_facts(client: Client) -> Facts:
    """What is kept because it is a client."""
    told = [Fact(client_label(name), said) for name, said in client_words(client).items()]
    return Facts(_("Client details"), "", told)


def client_label(name: str) -> str:
    return _label(Client, name)


def client_words(client: Client) -> dict[str, SafeString | str]:
    """Each fact as people read it; nothing said is an empty text. What only a person is asked is told of persons."""
    said: dict[str, Any] = {
        "picture": picture_link(client.picture, 96) if client.picture else "",
        "logo": picture_link(client.logo, 96) if client.logo else "",
        "salutation": client.get_salutation_display(),
        "gender": client.get_gender_display(),
        "language": language_name(client.language) if client.language else "",
        "company_name": client.company_name,
        "tax_name": client.tax_name,
        "office_phone": phone_link(client.office_phone) if client.office_phone else "",
        "category": client.category or "",
        "subcategory": client.subcategory or "",
        "electronic_address": client.electronic_address,
        "electronic_address_scheme": scheme_words(client.electronic_address_scheme),
        "login_allowed": plain_words(client.login_allowed),
        "payment_term": "" if client.payment_term is None else plain_words(client.payment_term),
        "credit_limit": money(client.credit_limit, client.currency),
        "message_language": language_name(client.message_language) if client.message_language else "",
        "email_notifications": plain_words(client.email_notifications),
    }
    if not (client.counterparty_id and client.counterparty.is_person):
        del said["salutation"], said["gender"]
    return {name: _text(each) for name, each in said.items()}


def characteristics(decision: Any, counterparty: Counterparty) -> list[Facts]:
    """What the reader may view of the characteristics, under the type each comes from, in settings order."""
    types = decision.visible_types(counterparty)
    asked = decision.characteristics("view", types)
    said = values.of(counterparty, [each.characteristic for each in asked], decision)
    groups: dict[CounterpartyType, list[Fact]] = {}
    for each in asked:
        origin = _origin(each, types, decision)
        groups.setdefault(origin, []).append(_characteristic(each.characteristic, said.get(each.characteristic.pk, [])))
    return [
        Facts(visible_path(origin, decision), _hint(origin, types, decision), facts) for origin, facts in groups.items()
    ]


def visible_path(type_: CounterpartyType, decision: Any) -> str:
    """*Client › Wholesale*, without the ancestors the reader may not view."""
    visible = decision.type_ids("view")
    return " › ".join(each.label for each in decision.tree.lineage(type_) if each.pk in visible)


def _origin(asked: Inherited, types: list[CounterpartyType], decision: Any) -> CounterpartyType:
    """The type a characteristic comes from; where that may not be named, the own type that brought it."""
    if asked.type.pk in decision.type_ids("view"):
        return asked.type
    return next(each for each in types if asked.type in decision.tree.lineage(each))


def _hint(origin: CounterpartyType, types: list[CounterpartyType], decision: Any) -> str:
    heirs = [each for each in types if each != origin and origin in decision.tree.lineage(each)]
    if origin in types or not heirs:
        return ""
    return _("inherited by %(types)s") % {"types": ", ".join(each.label for each in heirs)}


def _characteristic(characteristic: Characteristic, said: list[Any]) -> Fact:
    html: SafeString | str = shown(characteristic, said)
    if html and characteristic.unit:
        html = format_html("{} {}", html, characteristic.unit)
    return Fact(characteristic.label, html, help=characteristic.definition)


def address_title(address: Any) -> str:
    """*Company address*, or what stands there: *Warehouse*."""
    return address.name or capital(address.get_kind_display())


def address_words(address: Any) -> str:
    """As it is written on a letter, in one line."""
    place = f"{address.postal_code} {address.city}".strip()
    country = country_name(address.country) if address.country else ""
    region = address.region if address.region != address.city else ""
    return ", ".join(filter(None, [address.line1, address.line2, place, region, country]))


def money(amount: Any, currency: str) -> str:
    return "" if amount is None else f"{plain_words(amount)} {currency}".strip()


def capital(words: Any) -> str:
    return str(words)[:1].upper() + str(words)[1:]


def _label(record: Any, name: str) -> str:
    return label(record._meta.get_field(name))


def _text(said: Any) -> SafeString | str:
    return said if isinstance(said, str) else str(said)
