"""What an address asks of a list of what hangs on counterparties; its page and its sheets read it alike."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from counterparties.domain import agreements
from counterparties.domain.scope import Scope
from desk.columns import Column
from desk.listing import OWN_NAMES
from desk.pages.filters import Asked, Filter
from desk.pages.question import ListQuestion


class HeldQuestion(ListQuestion):
    """``held``: the list, narrowed by the rights first, by the question second.

    ``remembered`` are the columns the reader chose for it once.
    """

    sheet_fields = ("counterparty_id",)
    owner_field = "counterparty_id"

    def __init__(self, held: Any, data: QueryDict, decision: Any, remembered: Sequence[str] = ()) -> None:
        self.held, self.decision, self._data, self._remembered = held, decision, data, remembered
        self.sorted_by = held.sorted_by
        self.filters = {each.key: each for each in held.filters(data, decision)}
        self.asked = Asked(data, self.find, OWN_NAMES)
        self.notes, self.scope = self.asked.notes, self._narrowed()

    def _narrowed(self) -> Scope:
        """Types say whose the list is, as they say whom the register is about."""
        scope, tree = Scope(self.decision), self.decision.tree
        codes = self.asked.answer("counterparty_type", ())
        return scope.narrowed(set().union(*[tree.family(tree.by_code[code]) for code in codes])) if codes else scope

    def find(self, name: str) -> Filter | None:
        return self.filters.get(self.held.names.get(name, name))

    @cached_property
    def columns(self) -> dict[str, Column]:
        return {each.key: each for each in self.held.columns(self.decision)}

    @property
    def own_columns(self) -> list[str]:
        return list(self.held.own_columns)

    def sorted_otherwise(self) -> str:
        return _("The list cannot be sorted by “%(column)s”, so it is sorted in its own order.")

    def records(self, right: str = "view") -> QuerySet:
        return self._of(self.scope.counterparties(right))

    def _of(self, counterparties: QuerySet) -> QuerySet:
        archived = self.asked.answer("archived", "no")
        records = agreements.of_counterparties(self.held.model, counterparties, archived)
        for condition in self._conditions:
            records = records.filter(condition)
        return records

    @cached_property
    def _conditions(self) -> list[Any]:
        return self.asked.conditions()

    # ---- the sheet

    @property
    def path(self) -> str:
        return str(self.held.path)

    @property
    def title(self) -> str:
        return str(self.held.title)

    @property
    def file_name(self) -> str:
        return self.held.code

    @property
    def not_to_take(self) -> QuerySet | None:
        """What a sheet of the list leaves out; None when that is nothing for sure."""
        sets = self.scope.without("export")
        return self._of(self.scope.of_sets(sets)) if sets else None

    @property
    def left_out(self) -> int:
        rows = self.not_to_take
        return 0 if rows is None else rows.order_by().count()

    def left_out_words(self) -> str:
        return _("Left out, because no type of their counterparties grants you the export")
