from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from counterparties.models import Counterparty
from desk.fields import Line, Lines
from exchange.models import Job

INVITATION, DOCUMENT, ACCEPTED, REFUSED = "invitation", "document", "accepted", "refused"
WAITING, HANDING, SENT, FAILED, CANCELLED = "waiting", "handing", "sent", "failed", "cancelled"


def sorts() -> list[tuple[str, Any]]:
    return [
        (INVITATION, _("invitation to log in")),
        (DOCUMENT, _("new documents")),
        (ACCEPTED, _("accepted change")),
        (REFUSED, _("refused change")),
    ]


def states() -> list[tuple[str, Any]]:
    return [
        (WAITING, pgettext_lazy("letter", "waiting")),
        (HANDING, pgettext_lazy("letter", "being handed over")),
        (SENT, pgettext_lazy("letter", "sent")),
        (FAILED, pgettext_lazy("letter", "not sent")),
        (CANCELLED, pgettext_lazy("letter", "cancelled")),
    ]


class Letter(models.Model):
    """An e-mail to a client, and what became of it. It is itself the record of what was done: nothing of it is edited.

    What it says is written when it is sent: an invitation holds a key that stands nowhere in the books.
    """

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="letters", verbose_name=_("counterparty")
    )
    sort = models.CharField(_("letter"), max_length=20, choices=sorts)
    facts = models.JSONField(default=dict, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    to = Line(pgettext_lazy("letter", "to"), max_length=254)
    subject = Line(_("subject"), max_length=500, blank=True)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("thing", "job")
    )
    state = models.CharField(_("state"), max_length=10, choices=states, default=WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    problem = Lines(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["counterparty", "-id"], name="letter_of_client")]

    def __str__(self) -> str:
        return str(self.get_sort_display())
