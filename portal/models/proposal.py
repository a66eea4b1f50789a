from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from counterparties.models import Counterparty
from desk.fields import Line, Lines
from desk.models import Versioned
from trail.history import Recorded

OPEN, ACCEPTED, REFUSED, WITHDRAWN = "open", "accepted", "refused", "withdrawn"


def states() -> list[tuple[str, Any]]:
    return [
        (OPEN, pgettext_lazy("proposal", "waiting")),
        (ACCEPTED, pgettext_lazy("proposal", "accepted")),
        (REFUSED, pgettext_lazy("proposal", "refused")),
        (WITHDRAWN, pgettext_lazy("proposal", "withdrawn")),
    ]


class Proposal(Versioned, Recorded):
    """What a client would have changed of his contact data; the office accepts it, in whole or in part, or refuses."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="proposals", verbose_name=_("counterparty")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("proposed"), default=timezone.now)
    words = Lines(_("a word with it"), blank=True, max_length=1_000)
    state = models.CharField(_("state"), max_length=10, choices=states, default=OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = Lines(_("answer"), blank=True, max_length=1_000)

    history_by = "counterparty"

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["counterparty"], condition=Q(state=OPEN), name="one_open_proposal")
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="proposal_by_day"),
            models.Index(fields=["counterparty", "-id"], name="proposal_of_client"),
        ]

    def __str__(self) -> str:
        return str(self.counterparty)

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.pk}/"

    @property
    def is_open(self) -> bool:
        return self.state == OPEN


class ProposedChange(Recorded):
    """One fact of a proposal: what it was when it was proposed, and what it should become."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="changes", verbose_name=_("proposal"))
    fact = models.CharField(_("fact"), max_length=40)
    was = Line(_("before"), max_length=500, blank=True)
    proposed = Line(_("proposed"), max_length=500, blank=True)
    is_accepted = models.BooleanField(_("accepted"), null=True)

    history_by = "proposal"

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["proposal", "fact"], name="fact_once_per_proposal")]

    def __str__(self) -> str:
        return self.fact
