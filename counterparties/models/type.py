from django.db import models
from django.utils.translation import gettext_lazy as _

from characteristics.models import Characteristic
from counterparties.kinds import Kind, kind_choices, kinds
from desk.models import Coded, Named, Positioned, Stoppable, Versioned
from trail.history import Recorded


class CounterpartyType(Coded, Named, Positioned, Stoppable, Versioned, Recorded):
    """What the office calls this sort of counterparty. A subtype inherits kind and characteristics of its ancestors."""

    kind_code = models.CharField(_("kind"), max_length=32, choices=kind_choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("successor of")
    )
    characteristics = models.ManyToManyField(
        Characteristic,
        through="TypeCharacteristic",
        blank=True,
        related_name="types",
        verbose_name=_("characteristics"),
    )

    class Meta:
        verbose_name = _("counterparty type")
        verbose_name_plural = _("counterparty types")
        ordering = ["position", "name", "pk"]

    @property
    def kind(self) -> Kind:
        return kinds.get(self.kind_code)


class TypeCharacteristic(Positioned, Recorded):
    """The tie between a type and a characteristic of its own, with its place on the card."""

    type = models.ForeignKey(CounterpartyType, models.PROTECT, related_name="ties", verbose_name=_("type"))
    characteristic = models.ForeignKey(
        Characteristic, models.PROTECT, related_name="ties", verbose_name=_("characteristic")
    )

    class Meta:
        verbose_name = _("characteristic of a type")
        verbose_name_plural = _("characteristics of types")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["type", "characteristic"], name="characteristic_once_per_type")]

    def __str__(self) -> str:
        return f"{self.type_id}: {self.characteristic_id}"
