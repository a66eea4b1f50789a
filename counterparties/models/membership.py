from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty


class MembershipQuerySet(models.QuerySet):
    def between(self, since: date | None, until: date | None) -> "MembershipQuerySet":
        """Those that hold on some day of these; nothing said is as far as time goes. Both ends belong to it."""
        found = self
        if until is not None:
            found = found.filter(Q(since=None) | Q(since__lte=until))
        if since is not None:
            found = found.filter(Q(until=None) | Q(until__gte=since))
        return found

    def on(self, day: date) -> "MembershipQuerySet":
        return self.between(day, day)


class Membership(Versioned, Recorded):
    """A company belongs to a holding for a time."""

    holding = models.ForeignKey(Counterparty, models.PROTECT, related_name="members", verbose_name=_("holding"))
    member = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="holdings", verbose_name=_("company in the holding")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a holding")
        verbose_name_plural = _("memberships of holdings")
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(holding=models.F("member")), name="no_holding_of_itself"),
        ]

    def __str__(self) -> str:
        return str(self.member)
