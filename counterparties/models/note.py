from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import Lines
from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty


class Note(Versioned, Recorded):
    """What a colleague wants the others to know about a counterparty."""

    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="notes", verbose_name=_("counterparty"))
    text = Lines(_("note"), max_length=10_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
