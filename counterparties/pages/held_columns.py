"""Columns of lists whose rows hang on counterparties: projects, contracts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.html import escape

from counterparties.domain.hidden import HIDDEN
from counterparties.pages.facts import money
from counterparties.pages.standing import State
from desk.columns import Column, Fact
from desk.pages.keyset import Run


def said_first(field: str, descending: bool) -> list[Run]:
    """Those that say something by what they say, then the others as they came: one index serves both."""
    return [
        Run((field, "pk"), (Q(**{f"{field}__isnull": False}),), descending),
        Run(("pk",), (Q(**{field: None}),)),
    ]


class Itself(Column):
    """What it is called; leads to its place on the dossier it hangs on."""

    def __init__(self, key: str, title: Any, tab: str, anchor: str) -> None:
        self.key, self.title, self.css = key, title, "name cut"
        self.fields, self.order_by = (key, "counterparty_id"), (f"{key}_key",)
        self._tab, self._anchor = tab, anchor

    def value(self, record: Any) -> str:
        return getattr(record, self.key)

    def html(self, record: Any) -> str:
        to = f"/counterparties/{record.counterparty_id}/?tab={self._tab}#{self._anchor}-{record.pk}"
        return f'<a href="{to}">{escape(self.value(record))}</a>'


class SaidByKey(Fact):
    """A short text that may be empty, sorted by its key."""

    def runs(self, descending: bool) -> list[Run]:
        return said_first(f"{self.key}_key", descending)


class Day(Column):
    """A day, or none."""

    css = "date"

    def __init__(self, key: str, title: Any, field: str, *, sorts: bool = True) -> None:
        self.key, self.title, self.fields, self.order_by = key, title, (field,), (field,) if sorts else ()
        self._field = field

    def value(self, record: Any) -> date | None:
        return getattr(record, self._field)

    def html(self, record: Any) -> str:
        day = self.value(record)
        return escape(date_format(day)) if day else ""

    def runs(self, descending: bool) -> list[Run]:
        return said_first(self._field, descending)


class Amount(Column):
    """Money with its currency on the page, a number in the sheet."""

    key, css, fields, order_by = "amount", "num money", ("amount", "currency"), ("amount",)

    def __init__(self, title: Any) -> None:
        self.title = title

    def value(self, record: Any) -> Any:
        return record.amount

    def html(self, record: Any) -> str:
        return escape(money(record.amount, record.currency))

    def runs(self, descending: bool) -> list[Run]:
        return said_first("amount", descending)


class Named(Column):
    """Something that is pointed at, by its name; those of a page are read at once."""

    css = "text cut"

    def __init__(self, key: str, title: Any, read: Callable[[set[int]], Mapping[int, str]], unknown: Any = "") -> None:
        """``read`` gives names by id, of those that may be named; ``unknown`` stands for the others."""
        self.key, self.title, self._read, self._unknown = key, title, read, unknown
        self.fields = (f"{key}_id",)
        self._names: Mapping[int, str] = {}

    def prepare(self, records: Sequence[Any]) -> None:
        ids = {getattr(each, self.fields[0]) for each in records} - {None}
        self._names = self._read(ids) if ids else {}

    def value(self, record: Any) -> str | None:
        pk = getattr(record, self.fields[0])
        return None if pk is None else self._names.get(pk, str(self._unknown))

    def html(self, record: Any) -> str:
        name = self.value(record)
        return f"<span>{escape(name)}</span>" if name else ""


class Owner(Named):
    """The counterparty it hangs on, leading to its dossier."""

    key, css, order_by = "counterparty", "long cut", ("counterparty__name_key",)

    def __init__(self, title: Any, decision: Any) -> None:
        super().__init__("counterparty", title, self._those)
        self._decision = decision
        self._archived: set[int] = set()

    def runs(self, descending: bool) -> list[Run]:
        return [Run((*self.order_by, "pk"), descending=descending, by_another=True)]

    def _those(self, ids: set[int]) -> dict[int, str]:
        seen = self._decision.counterparties("view").filter(pk__in=ids)
        rows = list(seen.values_list("pk", "name", "archived_at"))
        self._archived = {pk for pk, _name, archived_at in rows if archived_at}
        return {pk: name for pk, name, _archived_at in rows}

    def is_archived(self, record: Any) -> bool:
        return record.counterparty_id in self._archived

    def html(self, record: Any) -> str:
        return f'<a href="/counterparties/{record.counterparty_id}/">{escape(self.value(record) or "")}</a>'


class Company(Named):
    """The own company that signed, as far as the reader may view it."""

    def __init__(self, title: Any, decision: Any) -> None:
        super().__init__("company", title, lambda ids: _names(decision, ids), HIDDEN)


def _names(decision: Any, ids: set[int]) -> dict[int, str]:
    return dict(decision.counterparties("view").filter(pk__in=ids).values_list("pk", "name"))


class OneOf(Column):
    """One of a few words in a fixed order; rows of the same word stand by ``then``."""

    def __init__(self, key: str, title: Any, field: str, words: Mapping[Any, str], then: tuple[str, ...]) -> None:
        self.key, self.title, self.fields, self.order_by = key, title, (field,), (field,)
        self.css = "text cut"
        self._field, self._words, self._then = field, words, then

    def value(self, record: Any) -> str | None:
        return self._words.get(getattr(record, self._field))

    def html(self, record: Any) -> str:
        word = self.value(record)
        return f"<span>{escape(word)}</span>" if word else ""

    def runs(self, descending: bool) -> list[Run]:
        order = list(self._words)[:: -1 if descending else 1]
        return [Run(self._then, tuple(Q(**{self._field: each}) for each in order)), *self._silent()]

    def _silent(self) -> list[Run]:
        return [Run(self._then, (Q(**{self._field: None}),))]


class Status(OneOf):
    """How it stands, in the colour of that; there always is one."""

    def __init__(self, title: Any, states: Mapping[str, State], then: tuple[str, ...]) -> None:
        super().__init__("status", title, "status", {code: each.label for code, each in states.items()}, then)
        self.css = "state-cell"
        self._states = states

    def html(self, record: Any) -> str:
        state = self._states.get(record.status)
        return str(state.html) if state else ""

    def _silent(self) -> list[Run]:
        return []


class Standing(Column):
    """How a contract stands today; it follows from its days, so nothing is sorted by it."""

    key, css, fields = "state", "state-cell", ("starts_on", "ends_on", "remind_on")

    def __init__(self, title: Any, stands: Callable[[Any], State]) -> None:
        self.title, self._stands = title, stands

    def value(self, record: Any) -> str:
        return self._stands(record).label

    def html(self, record: Any) -> str:
        return str(self._stands(record).html)
