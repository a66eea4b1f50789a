from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from trail.history import Recorded

from .counterparty import Counterparty


def address_kinds() -> list[tuple[str, Any]]:
    return [("company", _("company address")), ("delivery", _("delivery address")), ("other", _("other address"))]


class Address(Recorded):
    """Where a counterparty sits, takes delivery, or is found otherwise. Guarded by the counterparty's version."""

    history_by = "counterparty"

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="addresses", verbose_name=_("counterparty")
    )
    kind = models.CharField(_("kind of address"), max_length=10, choices=address_kinds)
    name = Line(_("what is there"), max_length=100, blank=True)
    line1 = Line(_("address"), max_length=255, blank=True)
    line2 = Line(_("address, second line"), max_length=255, blank=True)
    city = Line(_("town"), max_length=100, blank=True)
    region = Line(_("region"), max_length=100, blank=True)
    postal_code = Line(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["counterparty", "kind"], condition=~Q(kind="other"), name="one_address_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.line1, self.line2, f"{self.postal_code} {self.city}".strip(), self.region]))
