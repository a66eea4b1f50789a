from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from counterparties.models import CounterpartyType
from rights.catalog import right_choices
from trail.history import Recorded


class Grant(Recorded):
    """One tick of the matrix: this role has this right on this type."""

    role = models.ForeignKey(Group, models.PROTECT, related_name="grants", verbose_name=_("role"))
    type = models.ForeignKey(CounterpartyType, models.PROTECT, related_name="grants", verbose_name=_("type"))
    right = models.CharField(_("right"), max_length=16, choices=right_choices)

    class Meta:
        verbose_name = _("granted right")
        verbose_name_plural = _("granted rights")
        constraints = [models.UniqueConstraint(fields=["role", "type", "right"], name="granted_once")]

    def __str__(self) -> str:
        return f"{self.role_id}: {self.right} {self.type_id}"
