"""What the address of an analysis asks: whom, as a list is asked; by what they are parted, and what is told of it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from counterparties.domain.analysing import catalogue, grouping
from counterparties.domain.analysing.cuts import Cut
from counterparties.domain.analysing.measures import Measure
from counterparties.domain.analysing.table import Table, table
from counterparties.kinds import Kind, kinds
from counterparties.pages.asked import Question
from desk.databases.patience import given_up_after
from desk.pages.addresses import Address
from desk.pages.filters import told

#: Names in the address that say how the list is looked at; ``list`` is the kind whose own list it is.
OWN_NAMES = ("list", "rows", "columns", "measure", "shares")
#: What shares are shown of.
OF_ROW, OF_COLUMN, OF_ALL = "row", "column", "all"
#: Nobody waits longer for an answer.
PATIENCE = 10.0

Thing = TypeVar("Thing")


class Analysis:
    """A list of counterparties in numbers, as one person asks for it. ``notes`` tells what was not understood."""

    def __init__(self, data: QueryDict, decision: Any) -> None:
        self._data = data
        self._misread: list[str] = []
        self.question = Question(self._of_the_list(), decision, self.kind)
        self.rows: Cut = self._chosen("rows", self.cuts) or self.cuts["status"]
        self.measure: Measure = self._chosen("measure", self.measures) or self.measures["count"]
        self.columns = self.measure.columns or self._second()
        self.shares = self._shares()
        self.notes = [*self.question.notes, *self._misread]

    def _of_the_list(self) -> QueryDict:
        plain = self._data.copy()
        for name in OWN_NAMES:
            plain.pop(name, None)
        return plain

    @cached_property
    def kind(self) -> Kind | None:
        """The kind whose own list this is; its list may be asked for more than the register."""
        said = self._data.get("list", "")
        if said and said not in kinds:
            self._misread.append(
                _("There is no list “%(name)s”, so all counterparties are told of.") % {"name": told(said)}
            )
            return None
        return kinds.get(said) if said else None

    # ---- what there is to choose from

    @cached_property
    def facts(self) -> list[Cut]:
        return catalogue.facts(self.question)

    @cached_property
    def characteristics(self) -> list[Cut]:
        return catalogue.characteristics(self.question)

    @cached_property
    def cuts(self) -> dict[str, Cut]:
        return {each.key: each for each in [*self.facts, *self.characteristics]}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {each.key: each for each in catalogue.measures(self.question)}

    # ---- what is chosen

    def _chosen(self, name: str, among: Mapping[str, Thing]) -> Thing | None:
        said = self._data.get(name, "")
        if said and said not in among:
            sentences = {
                "rows": _("The list cannot be parted by “%(name)s”, so it is parted by status."),
                "columns": _("The list cannot be parted by “%(name)s”, so there are no columns."),
                "measure": _("There is no measure “%(name)s”, so counterparties are counted."),
            }
            self._misread.append(sentences[name] % {"name": told(said)})
        return among.get(said)

    def _second(self) -> Cut | None:
        found = self._chosen("columns", self.cuts)
        if found is self.rows:
            self._misread.append(_("Rows and columns cannot be the same, so there are no columns."))
            return None
        return found

    def _shares(self) -> str:
        """The whole of which shares are shown beside the numbers of a table with columns."""
        may = self.columns is not None and self.measure.has_shares
        said = self._data.get("shares", "")
        if said and said not in (OF_ROW, OF_COLUMN, OF_ALL):
            self._misread.append(_("There are no shares of “%(name)s”, so none are shown.") % {"name": told(said)})
        return said if may and said in (OF_ROW, OF_COLUMN, OF_ALL) else ""

    # ---- addresses

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """How it is looked at."""
        said = [("rows", self.rows.key), ("measure", self.measure.key), ("shares", self.shares)]
        if self.columns and self.columns is not self.measure.columns:
            said.insert(1, ("columns", self.columns.key))
        return [*self.of_kind, *[(name, value) for name, value in said if value not in ("", "count")]]

    @property
    def of_kind(self) -> list[tuple[str, str]]:
        return [("list", self.kind.code)] if self.kind else []

    @property
    def address(self) -> Address:
        return Address(reverse("analysis"), [*self.question.asked.pairs, *self.pairs])

    @property
    def list_address(self) -> Address:
        """The list itself, with the same question."""
        return Address(self.question.path, self.question.asked.pairs)

    # ---- the answer

    def table(self, right: str = "view") -> Table:
        """The table of those for whom the right is granted."""
        with given_up_after(PATIENCE):
            return table(self._groups(right), self.rows, self.columns, self.measure)

    def _groups(self, right: str) -> list[grouping.Group]:
        if not self._is_tallied:
            return grouping.groups(self.question.records(right), self.rows, self.columns, self.measure)
        question, asked = self.question, self.question.asked
        sets = question.scope.sets - question.scope.without(right)
        codes = asked.answer("status")
        statuses = None if codes is None else [pk for pk, each in question.statuses.items() if each.code in codes]
        is_archived = {"no": False, "yes": True, "all": None}[asked.answer("archived", "no")]
        return grouping.tallied(sets, self.rows, self.columns, is_archived, statuses)

    @property
    def _is_tallied(self) -> bool:
        """Nothing is asked for but what the tallies know."""
        known = all(each.tallied for each in (self.rows, self.columns) if each is not None)
        is_counted = self.measure.key == "count"
        return known and is_counted and not self.question.asked.answers.keys() - {"type", "kind", "status", "archived"}
