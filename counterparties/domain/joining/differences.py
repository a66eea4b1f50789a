"""In what two counterparties that are one may differ: which facts are chosen together, and what may be chosen."""

from dataclasses import dataclass
from typing import Any

from characteristics.models import Characteristic

#: What is said of both afterwards: as the one that stays has it, as the one that goes has it, or what both say.
STAYS, GOES, BOTH = "stays", "goes", "both"
#: The name of the one that goes is the alias, so that whoever knows it by that finds it.
NAME = "name"

#: Facts that are told and chosen together: a country makes a number what it is, a scheme an electronic address.
SHARED: dict[str, tuple[str, ...]] = {
    "code": ("code",),
    "name": ("name",),
    "alias": ("alias",),
    "status": ("status",),
    "country": ("country", "is_foreign"),
    "registration_number": ("registration_number",),
    "vat_number": ("is_vat_registered", "vat_number"),
    "email": ("email",),
    "phone": ("phone",),
    "mobile": ("mobile",),
    "website": ("website",),
    "comment": ("comment",),
}
#: The one that goes takes what the other one had of these: no two may have the same, and none gets lost.
EXCHANGED = ("code", "registration_number")
OF_CLIENT: dict[str, tuple[str, ...]] = {
    "picture": ("picture",),
    "logo": ("logo",),
    "salutation": ("salutation",),
    "gender": ("gender",),
    "language": ("language",),
    "company_name": ("company_name",),
    "tax_name": ("tax_name",),
    "office_phone": ("office_phone",),
    "category": ("category", "subcategory"),
    "electronic_address": ("electronic_address_scheme", "electronic_address"),
    "email_notifications": ("email_notifications",),
    "message_language": ("message_language",),
    "payment_term": ("payment_term",),
    "credit_limit": ("credit_limit", "currency"),
}


@dataclass(frozen=True)
class Difference:
    """Something that both say otherwise, or that only the one that goes says."""

    key: str  # *fact-name*, *client-category*, *c-CODE*: its name in the form
    preset: str
    options: tuple[str, ...] = (STAYS, GOES)
    characteristic: Characteristic | None = None
    #: What each of them says.
    here: Any = None
    there: Any = None
    #: What the one that goes says and nobody is given any more, because it is stopped.
    stopped: Any = None

    @property
    def name(self) -> str:
        return self.key.partition("-")[2]
