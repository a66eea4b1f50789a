"""What an address asks of a list: its filters, its columns in their order, and by what it is sorted."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from desk.columns import Column
from desk.listing import OWN_NAMES
from desk.pages.filters import NAMED, Asked, Filter, told


def moved(keys: list[str], data: QueryDict) -> list[str]:
    """The columns after one of them was sent a place up or down by its arrow."""
    for name, by_places in (("up", -1), ("down", 1)):
        if (key := data.get(name)) in keys:
            here = keys.index(key)
            there = min(max(here + by_places, 0), len(keys) - 1)
            keys.insert(there, keys.pop(here))
    return keys


class ListQuestion:
    """A list as one person asks for it. ``notes`` tells what was not understood.

    An heir reads ``asked`` from its filters, and says which ``columns`` there are and which of them it has by itself.
    """

    asked: Asked
    notes: list[str]
    _data: QueryDict
    _remembered: Sequence[str] = ()
    #: The column by which the list is sorted when nothing else is asked.
    sorted_by = "name"

    @property
    def columns(self) -> Mapping[str, Column]:
        """Every column there is for this reader, by key, in the order of the chooser."""
        raise NotImplementedError

    @property
    def own_columns(self) -> list[str]:
        """The columns this list has before somebody chooses."""
        raise NotImplementedError

    @cached_property
    def _columns_asked(self) -> list[str]:
        keys = list(dict.fromkeys(key for key in self._data.getlist("columns") if key))
        for key in [key for key in keys if key not in self.columns][:NAMED]:
            self.notes.append(_("There is no column “%(column)s”, so that was left out.") % {"column": told(key)})
        return moved([key for key in keys if key in self.columns], self._data)

    @cached_property
    def remembered(self) -> list[str]:
        """What the reader chose once, as far as it is still there; nobody is told what went meanwhile."""
        return [key for key in self._remembered if key in self.columns]

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns to show, in the chosen order: the address wins, then what was remembered."""
        return [self.columns[key] for key in self._columns_asked or self.remembered or self.own_columns]

    @property
    def shows_own_columns(self) -> bool:
        """Nobody chose what is shown."""
        return not (self._columns_asked or self.remembered)

    @cached_property
    def order(self) -> tuple[Column, bool]:
        """The column to sort by, and whether downwards."""
        said = self._data.get("sort", "")
        column = self.columns.get(said.removeprefix("-"))
        if column is None or not column.order_by:
            column, descending = self.columns[self.sorted_by], False
            if said:
                self.notes.append(self.sorted_otherwise() % {"column": told(said)})
        else:
            descending = said.startswith("-")
        return column, descending

    def sorted_otherwise(self) -> str:
        """Said when the list cannot be sorted as it was asked."""
        return _("The list cannot be sorted by “%(column)s”, so it is sorted by name.")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The question as far as it was understood, for addresses that lead on from here."""
        return [*self._asked_and_sorted, *[("columns", key) for key in self._columns_asked]]

    @property
    def whole(self) -> list[tuple[str, str]]:
        """The same with its columns named, so that everybody who asks it sees the same list."""
        return [*self._asked_and_sorted, *[("columns", column.key) for column in self.chosen]]

    def understood(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """What this reader may ask of somebody else's question; the rest is left out without a word."""
        data = QueryDict(urlencode(list(pairs)))
        sort, columns = data.get("sort", ""), data.getlist("columns")
        is_sortable = sort and sort.removeprefix("-") in self.columns
        return [
            *Asked(data, self.find, OWN_NAMES).pairs,
            *([("sort", sort)] if is_sortable else []),
            *[("columns", key) for key in columns if key in self.columns],
        ]

    def find(self, name: str) -> Filter | None:
        """The filter that a name in an address asks; None when there is none for this reader."""
        raise NotImplementedError

    @property
    def _asked_and_sorted(self) -> list[tuple[str, str]]:
        column, descending = self.order
        sort = f"-{column.key}" if descending else column.key
        return [*self.asked.pairs, *([("sort", sort)] if sort != self.sorted_by else [])]
