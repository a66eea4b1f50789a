from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from characteristics.registry import type_choices, types
from desk.fields import Line, Lines
from desk.models import Coded, Named, Positioned, Stoppable, Versioned
from trail.history import Recorded

from .nomenclature import Nomenclature

#: A field `c-CODE` has companions with these endings, so no code may end like one.
RESERVED_ENDINGS = ("_min", "_max", "_after", "_before", "_package", "_quantity", "_clear")
#: It is help at a field, and stands in every list of the settings.
LONGEST_DEFINITION = 2_000


class Characteristic(Coded, Named, Positioned, Stoppable, Versioned, Recorded):
    """One more fact the office wants to know about counterparties of some types."""

    type_code = models.CharField(_("type"), max_length=32, choices=type_choices)
    definition = Lines(_("definition"), blank=True, help_text=_("Shown as help at the field."))
    nomenclature = models.ForeignKey(
        Nomenclature,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="characteristics",
        verbose_name=_("nomenclature"),
    )
    target_type = models.ForeignKey(
        "counterparties.CounterpartyType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("type of counterparty"),
    )
    unit = Line(_("unit"), max_length=20, blank=True)
    # In the one spelling of their type: 12.5, 2026-12-31, yes, the code of an element (see ``type.tidy``).
    default = Line(_("preset answer"), max_length=500, blank=True)
    minimum = Line(_("at least"), max_length=30, blank=True)
    maximum = Line(_("at most"), max_length=30, blank=True)
    max_length = models.PositiveIntegerField(_("most characters"), null=True, blank=True)
    pattern = Line(_("pattern"), max_length=200, blank=True)
    pattern_hint = Line(_("the pattern in words"), max_length=200, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    is_multiple = models.BooleanField(_("several values"), default=False)
    in_list = models.BooleanField(_("shown in the register"), default=False)
    is_unique = models.BooleanField(_("unique"), default=False)
    is_system = models.BooleanField(_("system"), default=False, editable=False)

    class Meta:
        verbose_name = _("characteristic")
        verbose_name_plural = _("characteristics")
        ordering = ["position", "name", "pk"]

    @property
    def type(self) -> Any:
        """The one who answers every question about values of this characteristic."""
        return types.get(self.type_code)

    @property
    def field_name(self) -> str:
        """Its name in forms, addresses and column choices."""
        return f"c-{self.code}"

    def clean(self) -> None:
        super().clean()
        try:
            MaxLengthValidator(LONGEST_DEFINITION)(self.definition)
        except ValidationError as error:
            raise ValidationError({"definition": error.messages}) from None
        if self.code and self.code.endswith(RESERVED_ENDINGS):
            raise ValidationError(
                {"code": _("A code may not end in %(endings)s.") % {"endings": " ".join(RESERVED_ENDINGS)}}
            )
        if self.type_code in types and self.type.needs_nomenclature and not self.nomenclature_id:
            raise ValidationError({"nomenclature": _("Choose a nomenclature, or make this a text characteristic.")})
        if self.type_code in types and self.is_multiple and not self.type.allows_several:
            sentence = _("“%(type)s” holds one value. Leave “several values” out, or choose another type.")
            raise ValidationError({"is_multiple": sentence % {"type": self.type.label}})
