from django.db import models
from django.utils.translation import gettext_lazy as _

from trail.history import Recorded
from trail.kinds import choices_that_say_why


class ReasonRule(Recorded):
    """Whether this office wants to be told why, of one sort of act; without a rule a reason is welcome and no more."""

    kind = models.CharField(_("what"), max_length=20, unique=True, choices=choices_that_say_why)
    is_required = models.BooleanField(_("a reason is required"), default=False)

    class Meta:
        verbose_name = _("rule about reasons")
        verbose_name_plural = _("rules about reasons")
        ordering = ["kind"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
