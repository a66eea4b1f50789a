from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.fields import Lines
from trail.history import Recorded


class Look(Recorded):
    """Somebody saw the office as somebody else."""

    admin = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks", verbose_name=_("who"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks_at", verbose_name=_("as whom")
    )
    reason = Lines(_("reason"), blank=True)
    began_at = models.DateTimeField(_("from"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("look as somebody else")
        verbose_name_plural = _("looks as somebody else")

    def __str__(self) -> str:
        return f"{self.admin} → {self.person}"
