from django.db import models
from django.utils.translation import gettext_lazy as _

from characteristics.models import StoredValue
from characteristics.models.value import value_indexes
from trail.history import Recorded

from .counterparty import Counterparty


class Value(StoredValue, Recorded):
    """What one counterparty says for one characteristic."""

    history_without_index = ("characteristic", "element", "file", "target")
    history_by = "counterparty"
    found_by = "counterparty__name_key"
    said_of_each = (("characteristic", "counterparty", "text_sort"), ("characteristic", "counterparty", "element"))

    # The index of the constraint below begins with it.
    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="values", db_index=False, verbose_name=_("counterparty")
    )
    target = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        related_name="pointed_at_by",
        db_index=False,
        verbose_name=_("points at"),
    )

    class Meta:
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(fields=["counterparty", "characteristic", "place"], name="one_value_per_place")
        ]
        indexes = value_indexes("counterparty", "value_by", "target")

    def __str__(self) -> str:
        return f"{self.counterparty_id}: {self.characteristic_id}"
