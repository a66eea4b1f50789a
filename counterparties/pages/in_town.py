"""The town in lists of counterparties: the filter that asks for it, and the column that shows it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext as _

from counterparties.domain import towns
from counterparties.models.address import town_key
from desk import text
from desk.columns import Column
from desk.pages.filters import Filter, shortened

#: So many towns may be asked for at once, each read so far.
MOST, LONGEST = 20, 100


class TownsWidget(forms.TextInput):
    """One box for several, parted by commas; an address may name each by itself."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [each for said in data.getlist(name) for each in said.split(",")]

    def format_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class TownsField(forms.Field):
    """Towns as people write them, in either alphabet."""

    widget = TownsWidget

    def to_python(self, value: Any) -> list[str]:
        said = [text.clean(str(each).replace("\x00", " "))[:LONGEST] for each in value or []]
        named = list(dict.fromkeys(each for each in said if each))
        if meant := [each for each in named if town_key(each)][:MOST]:
            return meant
        if named:
            raise ValidationError(_("Write the letters a town begins with, for example: Sofia."))
        return []


class InTown(Filter):
    """Those with an address in a town that begins so."""

    key = "city"

    def __init__(self) -> None:
        self.label = _("Town")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: TownsField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return towns.in_towns(asked[self.key])

    def words(self, asked: Mapping[str, Any]) -> str:
        return shortened(asked[self.key])


class Towns(Column):
    """The towns of each one's addresses, the company's first: one query for a page."""

    key, css = "city", "text cut"

    def __init__(self) -> None:
        self.title = _("Towns")
        self._named: dict[int, list[str]] = {}

    def prepare(self, records: Sequence[Any]) -> None:
        self._named = towns.towns_of(record.pk for record in records)

    def value(self, record: Any) -> str:
        return ", ".join(self._named.get(record.pk, ()))

    def html(self, record: Any) -> str:
        said = escape(self.value(record))
        return f"<span>{said}</span>" if said else ""
