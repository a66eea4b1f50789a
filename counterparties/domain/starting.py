"""What every office has from its first day. Running it again changes nothing of what the office made of it."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from characteristics.models import Element, Nomenclature
from counterparties.kinds import kinds
from counterparties.models import CounterpartyType, Status

STATUSES = [
    ("active", gettext_noop("Active"), "green"),
    ("contract-signed", gettext_noop("Contract signed"), "teal"),
    ("negotiating", gettext_noop("Negotiating"), "violet"),
    ("on-hold", gettext_noop("On hold"), "amber"),
    ("inactive", gettext_noop("Inactive"), "slate"),
    ("unreliable", gettext_noop("Unreliable"), "red"),
]

NOMENCLATURES = [
    (
        "client-category",
        gettext_noop("Client category"),
        [
            ("retail", gettext_noop("Retail"), ""),
            ("wholesale", gettext_noop("Wholesale"), ""),
            ("services", gettext_noop("Services"), ""),
            ("shops", gettext_noop("Shops"), "retail"),
            ("online", gettext_noop("Online"), "retail"),
            ("chains", gettext_noop("Chains"), "wholesale"),
            ("distributors", gettext_noop("Distributors"), "wholesale"),
            ("hotels", gettext_noop("Hotels and restaurants"), "services"),
        ],
    ),
    (
        "contract-type",
        gettext_noop("Type of contract"),
        [
            ("sale", gettext_noop("Sale"), ""),
            ("service", gettext_noop("Service"), ""),
            ("framework", gettext_noop("Framework"), ""),
            ("rent", gettext_noop("Rent"), ""),
        ],
    ),
]


def names(message: str) -> dict[str, str]:
    """The name fields of a settings object of ours, in every interface language it is translated into."""
    found = {"name": message, "name_en": message}
    for language in ("bg", "ru"):
        with override(language):
            translated = _(message)
        # Left empty rather than English: the name itself is shown then, and nobody takes it for a translation.
        found[f"name_{language}"] = translated if translated != message else ""
    return found


def start_counterparties() -> list[Any]:
    """Root types, statuses and system nomenclatures; tells what was missing and is made.

    What is there already stays as the office has it, names in all languages included. The caller holds the operation.
    """
    return [*_root_types(), *_statuses(), *_nomenclatures()]


def _root_types() -> Iterator[CounterpartyType]:
    for number, kind in enumerate(kinds, start=1):
        with override("en"):
            message = str(kind.label)
        facts = {"kind_code": kind.code, "position": number * 10, **names(message)}
        yield from _missing(CounterpartyType, {"code": kind.code}, facts)


def _statuses() -> Iterator[Status]:
    has_default = Status.objects.filter(is_default=True).exists()
    for number, (code, message, color) in enumerate(STATUSES, start=1):
        is_default = code == "active" and not has_default
        facts = {"position": number, "color": color, "is_default": is_default, **names(message)}
        yield from _missing(Status, {"code": code}, facts)


def _nomenclatures() -> Iterator[Nomenclature | Element]:
    for number, (code, message, elements) in enumerate(NOMENCLATURES, start=1):
        facts = {"position": number, "is_system": True, **names(message)}
        made = list(_missing(Nomenclature, {"code": code}, facts))
        yield from made
        for nomenclature in made:
            yield from _elements(nomenclature, elements)


def _elements(nomenclature: Nomenclature, elements: list[tuple[str, str, str]]) -> Iterator[Element]:
    made: dict[str, Element] = {}
    for position, (code, message, parent) in enumerate(elements, start=1):
        facts = {"position": position, "parent": made.get(parent), **names(message)}
        made[code] = Element.objects.create(nomenclature=nomenclature, code=code, **facts)
    yield from made.values()


def _missing(model: Any, key: dict[str, Any], facts: dict[str, Any]) -> Iterator[Any]:
    """Make the object of this key if the office never had one; what it deleted or renamed does not come back."""
    if not model.objects.filter(**key).exists() and not model.history.filter(**key).exists():
        yield model.objects.create(**key, **facts)
