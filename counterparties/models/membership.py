from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty


class Membership(Versioned, Recorded):
    """A company belongs to a holding for a time."""

    holding = models.ForeignKey(Counterparty, models.PROTECT, related_name="members", verbose_name=_("holding"))
    member = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="holdings", verbose_name=_("company in the holding")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership of a holding")
        verbose_name_plural = _("memberships of holdings")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(holding=models.F("member")), name="no_holding_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.holding_id}: {self.member_id}"
