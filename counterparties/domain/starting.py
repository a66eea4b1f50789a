"""What every office has from its first day. Running it again adds what is missing and changes nothing."""

from django.utils.translation import gettext_noop, override
from django.utils.translation import gettext as _

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
    """The name fields of a settings object of ours, in every interface language."""
    found = {"name": message}
    for language in ("en", "bg", "ru"):
        with override(language):
            found[f"name_{language}"] = _(message)
    return found


def start_counterparties() -> None:
    """Root types, statuses and system nomenclatures; the caller holds the operation."""
    for number, kind in enumerate(kinds, start=1):
        with override("en"):
            message = str(kind.label)
        CounterpartyType.objects.get_or_create(
            code=kind.code, defaults={"kind_code": kind.code, "position": number * 10, **names(message)}
        )
    has_default = Status.objects.filter(is_default=True).exists()
    for number, (code, message, color) in enumerate(STATUSES, start=1):
        is_default = code == "active" and not has_default
        Status.objects.get_or_create(
            code=code, defaults={"position": number, "color": color, "is_default": is_default, **names(message)}
        )
    for number, (code, message, elements) in enumerate(NOMENCLATURES, start=1):
        nomenclature, _made = Nomenclature.objects.get_or_create(
            code=code, defaults={"position": number, "is_system": True, **names(message)}
        )
        for position, (element, words, parent) in enumerate(elements, start=1):
            above = Element.objects.filter(nomenclature=nomenclature, code=parent).first() if parent else None
            Element.objects.get_or_create(
                nomenclature=nomenclature, code=element, defaults={"position": position, "parent": above, **names(words)}
            )
