"""The holding in lists of counterparties: the filter that asks for it, and the column that shows it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from counterparties.domain import holdings
from counterparties.pages.codes_filter import OneOfCodes
from desk import text
from desk.columns import Column
from desk.databases import holders
from desk.pages.filters import MOST_TICKS, CodesField


class InHolding(OneOfCodes):
    """Those that belong to a holding today. A hidden holding is asked for like one that does not exist."""

    key = "holding"

    def __init__(self, said: Iterable[str], decision: Any) -> None:
        self.label = _("Holding")
        self._said = [text.key(word) for each in said for word in each.split(",")]
        self._decision = decision

    @cached_property
    def _names(self) -> dict[str, str]:
        """Up to a list of ticks all there are; of more the first ones by name, and whatever was asked for by code."""
        seen = holdings.seen_by(self._decision).order_by("name_key", "pk").values_list("code", "name")
        found = list(seen.current()[: MOST_TICKS + 1])
        asked = seen.filter(code_key__in=self._said[:MOST_TICKS]) if self._said else ()
        return dict([*found, *asked])

    def options(self) -> list[tuple[str, str]]:
        return list(self._names.items())

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        written = {text.key(code): code for code in self._names}
        return {self.key: CodesField(self.options(), fold=lambda said: written.get(text.key(said), said))}

    def memberships(self, asked: Mapping[str, Any]) -> QuerySet:
        keys = [text.key(code) for code in asked[self.key]]
        return holdings.of_today(self._decision).filter(holding__code_key__in=keys)

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return holders(self.memberships(asked), "member")


class Holding(Column):
    """The holdings each belongs to today, as far as the reader may view them: one query for a page."""

    key, css = "holding", "text cut"

    def __init__(self, decision: Any) -> None:
        self.title = _("Holding")
        self._decision = decision
        self._names: dict[int, list[str]] = {}

    def prepare(self, records: Sequence[Any]) -> None:
        joined = holdings.of_today(self._decision).filter(member__in=[record.pk for record in records])
        self._names = {}
        for pk, name in joined.order_by("holding__name_key", "pk").values_list("member", "holding__name"):
            self._names.setdefault(pk, []).append(name)

    def value(self, record: Any) -> str:
        return ", ".join(self._names.get(record.pk, ()))

    def html(self, record: Any) -> str:
        said = escape(self.value(record))
        return f"<span>{said}</span>" if said else ""
