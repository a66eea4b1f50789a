"""Characteristics as filters of a list."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from characteristics.pages.columns import owner_of
from desk.databases import owning
from desk.pages.filters import Filter

PREFIX = "c-"


def code_in(name: str, codes: Mapping[str, Any]) -> str:
    """The code of the characteristic that a name in an address speaks of; empty for any other name."""
    if not name.startswith(PREFIX):
        return ""
    code = name.removeprefix(PREFIX)
    while code and code not in codes:
        # `c-size_min` speaks of *size*; which endings there are is the type's affair.
        code = code.rpartition("_")[0]
    return code


class CharacteristicFilter(Filter):
    """One characteristic; ``where`` says in which records the reader of this ``decision`` may see it."""

    def __init__(self, characteristic: Characteristic, rows: QuerySet, where: Q, decision: Any = None) -> None:
        self.characteristic, self.type = characteristic, characteristic.type
        self.key = characteristic.field_name
        self.label = f"{characteristic.label}, {characteristic.unit}" if characteristic.unit else characteristic.label
        self._rows, self._where = rows.filter(characteristic=characteristic.pk), where
        self._decision = decision

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        made = self.type.filter_fields(self.characteristic, self._decision)
        for field in made.values():
            if isinstance(field.widget, forms.Select):
                field.widget.choices = [(code, label if code else _("Any")) for code, label in field.widget.choices]
        return {f"{self.key}{ending}": field for ending, field in made.items()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def labels(self) -> dict[str, Any]:
        return {f"{self.key}{ending}": word for ending, word in self.type.filter_labels().items()}

    def condition(self, asked: Mapping[str, Any]) -> Q:
        said, owner = self._by_ending(asked), owner_of(self._rows)
        if self.type.asks_for_none(said):
            return self._where & ~Q(Exists(self._rows.filter(**{owner: OuterRef("pk")})))
        owners = self.type.owners(self._rows, owner, self.characteristic, said)
        owners.about = self.characteristic.pk
        return owning(owners, self._where)

    def words(self, asked: Mapping[str, Any]) -> str:
        return self.type.asked_words(self.characteristic, self._by_ending(asked))

    def _by_ending(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return {name.removeprefix(self.key): value for name, value in asked.items()}
