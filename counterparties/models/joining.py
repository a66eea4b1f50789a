from django.db import models
from django.utils.translation import gettext_lazy as _

from trail.history import Recorded

from .counterparty import Counterparty


class Joining(Recorded):
    """Two counterparties were one: this one is archived, and all that hung on it hangs on the other."""

    history_by = "counterparty"

    counterparty = models.OneToOneField(
        Counterparty, models.PROTECT, related_name="joining", verbose_name=_("counterparty")
    )
    into = models.ForeignKey(Counterparty, models.PROTECT, related_name="joinings", verbose_name=_("joined with"))

    class Meta:
        verbose_name = _("joining of counterparties")
        verbose_name_plural = _("joinings of counterparties")

    def __str__(self) -> str:
        return f"{self.counterparty_id} → {self.into_id}"
