from django.db import models
from django.utils.translation import gettext_lazy as _

from .type import CounterpartyType


class TypeSet(models.Model):
    """A combination of types that occurs. Immutable and never deleted; only `domain/type_sets.py` makes one.

    A counterparty has one foreign key to it instead of many ties: single-column indexes stay usable at a million rows.
    """

    key = models.CharField(max_length=500, unique=True, editable=False, help_text=_("Sorted ids of its types."))
    types = models.ManyToManyField(CounterpartyType, through="TypeSetMember", related_name="type_sets")

    class Meta:
        verbose_name = _("combination of types")
        verbose_name_plural = _("combinations of types")

    def __str__(self) -> str:
        return self.key


class TypeSetMember(models.Model):
    """One type of a combination."""

    type_set = models.ForeignKey(TypeSet, models.PROTECT, related_name="members")
    type = models.ForeignKey(CounterpartyType, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["type_set", "type"], name="type_once_per_set")]

    def __str__(self) -> str:
        return f"{self.type_set_id}: {self.type_id}"
