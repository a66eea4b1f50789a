"""Columns: what a list shows, sorts by and puts into its sheet.

A built-in fact and a characteristic are both a ``Column``; lists, chosen columns, sheets and reports never ask which is
which. ``prepare`` is told a whole page of records at once, so that a list costs the same number of queries however
many rows it has. To add a column to a list, make one and put it into the list's own catalogue of columns.
"""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.translation import gettext as _

from desk.pages.runs import Run

#: What an empty cell shows.
NOTHING = "—"


class Column:
    """One fact about each record of a list."""

    key = ""  # its name in addresses
    title: Any = ""
    help: Any = ""  # what it means, read over its head
    css = "text"  # the classes of its cells; the first one gives its width (static/desk/list.css)
    fields: tuple[str, ...] = ()  # columns of the record itself that it reads
    order_by: tuple[Any, ...] = ()  # by what records are sorted, the id left out; empty: they are not

    def prepare(self, records: Sequence[Any]) -> None:
        """Read for all these records at once what a cell will need."""

    def expect(self, records: Sequence[Any]) -> None:
        """After others these records will be prepared: what takes long to find may be asked for meanwhile."""

    def value(self, record: Any) -> Any:
        """The fact itself; None or an empty text when nothing is known."""
        raise NotImplementedError

    def html(self, record: Any) -> str:
        """The cell on a page, ready and escaped; empty when there is nothing to show."""
        value = self.value(record)
        return "" if value is None or value == "" else conditional_escape(value)

    def lines(self, records: Sequence[Any]) -> Sequence[str]:
        """The cells of a page of records that were prepared together."""
        return list(map(self.html, records))

    def cell(self, record: Any) -> Any:
        """The cell of a sheet: a number is a number, a day a day."""
        return self.value(record)

    def cells(self, records: Sequence[Any]) -> Sequence[Any]:
        """The cells of many records that were prepared together."""
        return list(map(self.cell, records))

    def runs(self, descending: bool) -> list[Run]:
        """The list in the order of this column; empty when it cannot be sorted by it."""
        return [Run((*self.order_by, "pk"), descending=descending)] if self.order_by else []


class Fact(Column):
    """A fact that stands on the record itself."""

    def __init__(self, key: str, title: Any, css: str = "text", order_by: tuple[Any, ...] = ()) -> None:
        self.key, self.title, self.css, self.order_by = key, title, css, order_by
        self.fields = (key,)

    def value(self, record: Any) -> Any:
        return getattr(record, self.key)

    def cells(self, records: Sequence[Any]) -> Sequence[Any]:
        return list(map(attrgetter(self.key), records))

    def html(self, record: Any) -> str:
        said = escape(getattr(record, self.key))
        # What may be cut needs something inside that can unfold.
        return f"<span>{said}</span>" if said and "cut" in self.css else said


class OneOfFew(Column):
    """A fact that follows from one field of the record, which says the same in very many of them."""

    def cells(self, records: Sequence[Any]) -> Sequence[Any]:
        said = list(map(attrgetter(self.fields[0]), records))
        made = {each: self.cell(record) for each, record in dict(zip(said, records, strict=True)).items()}
        return [made[each] for each in said]


def written_rows(
    columns: Sequence[Column], records: Sequence[Any], css_of: Callable[[Any], str], marks: bool = False
) -> Iterator[str]:
    """The records as rows of HTML, a column at a time, as a column knows best what repeats in it.

    ``marks``: each row begins with a tick by which it is chosen; the record says its own name.
    """
    cells = [_ticks(records)] if marks else []
    cells += [_dressed(column, records) for column in columns]
    for record, row in zip(records, zip(*cells, strict=True), strict=True):
        css = css_of(record)
        yield f'<tr class="{css}">{"".join(row)}</tr>' if css else f"<tr>{''.join(row)}</tr>"


def _dressed(column: Column, records: Sequence[Any]) -> list[str]:
    """The cells of a column, whatever is the same in each of them put together once."""
    css, label = escape(column.css), f' data-label="{escape(column.title)}">'
    opening, empty = f'<td class="{css}"{label}', f'<td class="{css} none"{label}{NOTHING}</td>'
    return [f"{opening}{said}</td>" if said else empty for said in column.lines(records)]


def _ticks(records: Sequence[Any]) -> list[str]:
    # The name goes in last, so that whatever it is called cannot meet our own signs.
    before, behind = (escape(part) for part in _("Choose %(name)s").split("%(name)s"))
    tick = '<td class="pick"><input class="form-check-input row-tick" type="checkbox" name="row" form="bulk" value="'
    return [f'{tick}{each.pk}" aria-label="{before}{escape(each)}{behind}"></td>' for each in records]
