"""An analysis ready to be shown: each number in words, with its share, its bar and the way to whom it counts."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counterparties.domain.analysing.cuts import Part
from counterparties.domain.analysing.table import ALL, BEHIND, Table
from counterparties.pages.analysis_asked import OF_ALL, OF_COLUMN, OF_ROW, Analysis
from counterparties.pages.analysis_links import Links

#: A smaller share is told to be under it.
LEAST_SHARE = Decimal("0.1")


@dataclass
class Cell:
    """One number of the table."""

    text: str
    url: str = ""
    share: str = ""


@dataclass
class Line:
    """One row of the table; the total is one too."""

    label: str
    total: Cell
    cells: list[Cell] = field(default_factory=list)
    depth: int = 0
    color: str = ""
    is_common: bool = False
    #: Of the longest bar, 0 to 100.
    bar: int = 0


class Shown:
    """The table of an analysis as the page shows it."""

    def __init__(self, analysis: Analysis, table: Table) -> None:
        self.analysis, self.table = analysis, table
        self.rows, self.measure = analysis.rows, analysis.measure
        self.columns: Any = analysis.columns
        self._links = Links(analysis)

    @property
    def is_empty(self) -> bool:
        return not self.table.rows

    @property
    def heads(self) -> list[Part]:
        return self.table.columns

    @property
    def total_label(self) -> str:
        return self.measure.total_label if self.columns else self.measure.label

    @property
    def is_of_the_list(self) -> bool:
        """What is told is of those whom the list shows; of contracts it is not."""
        return self.measure.columns is None

    # ---- what can be drawn, and has shares

    @cached_property
    def _numbers(self) -> list[Any]:
        return [self.table.number(each.key) for each in self.table.rows]

    @cached_property
    def _is_never_below_zero(self) -> bool:
        keys = [ALL, *[each.key for each in self.table.columns]]
        numbers = [self.table.number(row.key, column) for row in self.table.rows for column in keys]
        return all(each is None or each >= 0 for each in numbers)

    @property
    def has_whole(self) -> bool:
        """Parts of a sum have shares only while none of them is below zero."""
        return self.measure.has_shares and self._is_never_below_zero

    @property
    def has_shares(self) -> bool:
        """A column of shares stands beside the numbers, where there are no other columns."""
        return self.columns is None and self.has_whole

    @property
    def is_drawn(self) -> bool:
        """Bars stand for what is not below nothing."""
        return self.columns is None and self._is_never_below_zero

    # ---- the rows

    @cached_property
    def lines(self) -> list[Line]:
        lines = [self._line(each) for each in self.table.rows]
        # Of how many nothing is said would make all others small.
        drawn = [pair for pair in zip(lines, self._numbers, strict=True) if not pair[0].is_common and pair[1]]
        most = max((number for _line, number in drawn), default=0)
        for line, number in drawn:
            # One that stands for anything at all can be seen.
            line.bar = max(1, round(100 * number / most)) if most > 0 else 0
        return lines

    @cached_property
    def total(self) -> Line:
        return self._line(None)

    def _line(self, part: Part | None) -> Line:
        key = part.key if part else ALL
        cells = [self._cell(key, part, column) for column in self.table.columns]
        line = Line(part.label if part else _("Total"), self._total(key, part), cells)
        if part:
            line.depth, line.color, line.is_common = part.depth, part.color, part.key in BEHIND
        return line

    def _total(self, row: Any, part: Part | None) -> Cell:
        number = self.table.number(row)
        whole = row if self.analysis.shares == OF_ROW else ALL
        has_share = self.has_shares or self.analysis.shares
        share = self._share(number, self.table.number(whole)) if has_share else ""
        return Cell(self.text(number), self._to(part), share)

    def _cell(self, row: Any, part: Part | None, column: Part) -> Cell:
        number = self.table.number(row, column.key)
        if number is None:
            return Cell("")
        whole = {OF_ALL: (ALL, ALL), OF_COLUMN: (ALL, column.key)}.get(self.analysis.shares, (row, ALL))
        share = self._share(number, self.table.number(*whole)) if self.analysis.shares else ""
        return Cell(self.text(number), self._to(part, column), share)

    def _to(self, part: Part | None, column: Part | None = None) -> str:
        return self._links.to((self.rows, part), (self.columns, column)) if self.is_of_the_list else ""

    def text(self, number: Any) -> str:
        if number is None:
            return ""
        whole = isinstance(number, int)
        return number_format(number, use_l10n=True, force_grouping=True) if whole else self.measure.text(number)

    def _share(self, number: Any, whole: Any) -> str:
        if not number or not whole or not self.has_whole:
            return ""
        share = Decimal(number) * 100 / Decimal(whole)
        if share < LEAST_SHARE:
            return _("under %(share)s %%") % {"share": number_format(LEAST_SHARE, 1, use_l10n=True)}
        rounded = round(share, 1)
        return f"{number_format(rounded, 1 if rounded < 100 else 0, use_l10n=True)} %"

    # ---- what one must know to read it

    @property
    def sentences(self) -> list[str]:
        found = []
        if self.table.counts_below:
            found.append(_("A row, or a column, counts those under it too."))
        if self.table.is_in_several:
            found.append(_("One counterparty may stand in several of them; the total counts each once."))
        sums = self.table.sums()
        said = self.measure.of_how_many(sums) if sums else None
        if sums and said is not None and said < sums[0]:
            numbers = {"said": self.text(said), "all": self.text(sums[0])}
            found.append(_("%(said)s of %(all)s say a number there.") % numbers)
        if together := self.table.rows_together + self.table.columns_together:
            sentence = ngettext(
                "The largest are shown, or the latest; %(number)d more is put together.",
                "The largest are shown, or the latest; %(number)d more are put together.",
                together,
            )
            found.append(sentence % {"number": together})
        if not self.is_of_the_list:
            found.append(_("Amounts of different currencies are not added up."))
        return found
