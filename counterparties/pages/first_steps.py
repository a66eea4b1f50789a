"""What makes an empty office one's own; the first page shows it until somebody is in the books."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType
from staff.domain import people


@dataclass(frozen=True)
class Step:
    """One thing to do, where, and whether it was begun."""

    title: str
    text: str
    url: str
    is_begun: bool = False


def first_steps(decision: Any) -> list[Step]:
    """In the order in which they help each other; none for those who do not manage the settings."""
    if not decision.may_manage_settings:
        return []
    return [
        Step(
            _("Types"),
            _("Divide clients, suppliers and the others as your office does; subtypes inherit what stands above them."),
            "/settings/types/",
            CounterpartyType.objects.exclude(parent=None).exists(),
        ),
        Step(
            _("Characteristics"),
            _("Say what else you want to know about each type: segment, credit limit, contract, picture."),
            "/settings/characteristics/",
            Characteristic.objects.exists(),
        ),
        *_of_people(decision),
        Step(_("Rights"), _("Look through what each role may see and do, type by type."), "/settings/rights/"),
    ]


def _of_people(decision: Any) -> list[Step]:
    if not decision.is_superuser:
        return []
    text = _("Take your colleagues in and give them roles; nobody sees a counterparty without one.")
    return [Step(_("People"), text, "/people/", people.colleagues().count() > 1)]
