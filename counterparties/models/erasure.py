from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from desk.fields import Lines
from trail.history import Recorded

from .counterparty import Counterparty


class Erasure(Recorded):
    """The receipt of what was erased of a person: that it happened, by whom and why, and nothing of what it was."""

    not_recorded = ("counts",)

    counterparty = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=gettext_lazy("counterparty"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=gettext_lazy("user"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("who"),
    )
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)
    reason = Lines(gettext_lazy("reason"), max_length=500)
    #: In which table how many rows were blanked, history included; and how many files went.
    counts = models.JSONField(gettext_lazy("rows blanked"), default=dict)
    files = models.PositiveIntegerField(gettext_lazy("files removed"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("thing", "erasure")
        verbose_name_plural = gettext_lazy("erasures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(counterparty__isnull=False) ^ Q(user__isnull=False), name="one_person_is_erased"
            )
        ]

    def __str__(self) -> str:
        return _("No. %(number)s") % {"number": self.pk}
