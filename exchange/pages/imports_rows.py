"""The rows of an import on a page: what became of each, or would, told from what is kept of it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from desk.pages.addresses import Address
from desk.pages.portion import Portion
from exchange.domain import field_words, importing
from exchange.domain.importing.rows import sentence_of
from exchange.models import Import, ImportRow
from exchange.models.importing import CHANGED, CONFLICT, NEW, OUTCOMES, REFUSED

from .imports_words import COLOURS, number, outcome_names

LEFT_OUT = (CONFLICT, REFUSED)
#: As the languages of the office quote.
QUOTES = (("“", "”"), ("„", "“"), ("«", "»"))


@dataclass
class Line:
    """One fact of a row: what it says, what stood there before, why it is refused."""

    label: str
    now: str = ""
    was: str | None = None
    why: str = ""


@dataclass
class Row:
    """One row as the page tells it."""

    number: int
    outcome: str
    color: str
    name: str = ""
    code: str = ""
    url: str = ""
    lines: list[Line] = field(default_factory=list)


class Rows:
    """A portion of the rows of an import, those of one outcome or all; as many queries for one as for fifty."""

    def __init__(self, request: HttpRequest, of: Import) -> None:
        self.of, self.decision = of, request.decision
        self.has_run = of.is_over
        # Once it has run, only what was left out is kept; the rest stands in its operation.
        self.kept = LEFT_OUT if self.has_run else OUTCOMES
        self.counts = {each: (of.counts if self.has_run else of.foreseen).get(each, 0) for each in OUTCOMES}
        asked = request.GET.get("outcome", "")
        self.chosen = asked if asked in self.kept else ""
        records = ImportRow.objects.filter(of=of).order_by("number")
        if self.chosen or self.has_run:
            records = records.filter(outcome__in=[self.chosen] if self.chosen else LEFT_OUT)
        self.portion = Portion(request, records)
        self._address = Address(request.path)
        self._fields = importing.fields_for(request.decision)
        self._labels: dict[str, str] = {}

    @property
    def figures(self) -> list[dict[str, Any]]:
        """Every outcome with its number, which narrows the rows to it; none when it ended before its first row."""
        if self.has_run and not any(self.counts.values()):
            return []
        names = outcome_names() | {"": _("All rows")}
        counts = self.counts | {"": sum(self.counts.values())}
        return [
            {
                "label": names[code],
                "count": number(counts[code]),
                "color": COLOURS.get(code, ""),
                "url": self._to(code),
                "is_current": code == self.chosen,
            }
            for code in ("", *OUTCOMES)
        ]

    def _to(self, code: str) -> str:
        if not code or code in self.kept or not self.has_run:
            return f"{self._address.but({'outcome': code or None})}#rows"
        return f"/operations/{self.of.operation_id}/" if code in (NEW, CHANGED) and self.of.operation_id else ""

    @property
    def rows(self) -> list[Row]:
        found = self.portion.rows
        ids = {each.said["id"] for each in found if "id" in each.said}
        # Somebody may have lost the right to see them since the sheet was looked at.
        visible = self.decision.counterparties("view").filter(pk__in=ids)
        seen = set(visible.values_list("pk", flat=True)) if ids else set()
        return [self._row(each, seen) for each in found]

    def _row(self, record: ImportRow, seen: set[int]) -> Row:
        said = record.said
        row = Row(record.number, capfirst(record.get_outcome_display()), COLOURS[record.outcome])
        if "cells" in said:
            row.name, row.code = self._cell(said["cells"], "name"), self._cell(said["cells"], "code")
            row.lines = self._reasons(said) if "reasons" in said else self._cells(said["cells"])
        elif said.get("id") in seen:
            row.name, row.code, row.url = said["name"], said["code"], f"/counterparties/{said['id']}/"
            row.lines = [*self._reasons(said), *self._changes(said)]
        else:
            row.name = _("A counterparty you may not see")
        return row

    def _cell(self, cells: list[str], name: str) -> str:
        """What the row says in the column of this field."""
        place = self.of.mapping.index(name) if name in self.of.mapping else None
        return cells[place] if place is not None and place < len(cells) else ""

    def _cells(self, cells: list[str]) -> list[Line]:
        return [
            Line(self._label(name), cell)
            for name, cell in zip(self.of.mapping, cells, strict=False)
            if name and cell and name not in ("name", "code")
        ]

    def _changes(self, said: dict[str, Any]) -> list[Line]:
        """In the order of the sheet's columns; what is kept has no order of its own."""
        known, changes = self._fields.names, said.get("changes", {})
        last = len(self.of.mapping)
        places = {name: place for place, name in enumerate(self.of.mapping)}
        in_order = sorted(changes, key=lambda name: (places.get(name, last), name))
        return [Line(self._label(name), changes[name][1], changes[name][0]) for name in in_order if name in known]

    def _reasons(self, said: dict[str, Any]) -> list[Line]:
        """At its cell, where it is about one."""
        lines, cells = [], said.get("cells", [])
        for reason in said.get("reasons", []):
            (name, place), sentence = reason[:2], sentence_of(reason)
            header = self.of.header[place] if place is not None and place < len(self.of.header) else ""
            cell = cells[place] if place is not None and place < len(cells) else ""
            shown = "" if repeats(sentence, cell) else cell
            lines.append(Line(header or (self._label(name) if name else ""), shown, None, sentence))
        return lines

    def _label(self, name: str) -> str:
        if name not in self._labels:
            self._labels[name] = field_words.label(self._fields, name) if name in self._fields.names else name
        return self._labels[name]


def repeats(sentence: str, cell: str) -> bool:
    """Most sentences name what is wrong; then the cell need not be shown beside it."""
    return sentence.startswith(f"{cell} ") or any(f"{left}{cell}{right}" in sentence for left, right in QUOTES)
