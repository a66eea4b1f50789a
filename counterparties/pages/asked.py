"""What an address asks of a list of counterparties: the one reading that the page, its sheet and the command share."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from characteristics.models import Characteristic
from characteristics.pages.filters import CharacteristicFilter, code_in
from counterparties.domain.scope import Scope
from counterparties.kinds import Kind
from counterparties.models import Value
from counterparties.pages import columns, filters, lists
from counterparties.pages.account_columns import of_accounts
from counterparties.pages.address_columns import of_addresses
from counterparties.pages.client_columns import of_clients
from desk.columns import Column
from desk.databases import Together
from desk.databases.plainly import number_of
from desk.listing import OWN_NAMES
from desk.pages.filters import Asked, Filter
from desk.pages.question import ListQuestion

#: The register of all kinds: what it shows before somebody chooses, and what it offers to filter by.
LIST_COLUMNS = Kind.list_columns
LIST_FILTERS = ("q", "type", "kind", "status", "country", "city", "holding", "created", "archived")


class Question(ListQuestion):
    """A list of counterparties as one person asks for it.

    ``remembered`` are the columns that person chose for this list once; they hold where the address names none.
    """

    def __init__(
        self, data: QueryDict, decision: Any, kind: Kind | None = None, remembered: Sequence[str] = ()
    ) -> None:
        self.decision, self.kind = decision, kind
        self.statuses = decision.settled.statuses
        self._everywhere = Scope(decision, *([self._types_of_kind([kind.code])] if kind else []))
        self._built_in = filters.built_in(data, decision, self.statuses, self._everywhere, kind)
        self.asked = Asked(data, self.find, OWN_NAMES)
        self.notes = self.asked.notes
        self.scope = self._narrowed()
        self._data, self._remembered = data, remembered

    def _types_of_kind(self, codes: Iterable[str]) -> set[int]:
        return {each.pk for each in self.decision.tree.types if each.kind_code in codes}

    def _narrowed(self) -> Scope:
        """Types and kinds say about whom the list is; the filters come afterwards."""
        scope, tree = self._everywhere, self.decision.tree
        if codes := self.asked.answer("kind"):
            scope = scope.narrowed(self._types_of_kind(codes))
        if codes := self.asked.answer("type"):
            scope = scope.narrowed(set().union(*[tree.family(tree.by_code[code]) for code in codes]))
        return scope

    @cached_property
    def _visible(self) -> dict[str, Characteristic]:
        """Every characteristic the reader may see somewhere in this list, by code; any other is as good as unknown."""
        return {each.characteristic.code: each.characteristic for each in self.decision.characteristics("view")}

    def find(self, name: str) -> Filter | None:
        key = filters.NAMES.get(name, name)
        if key in self._built_in:
            return self._built_in[key]
        code = code_in(name, self._visible)
        return self._filter_of(self._visible[code]) if code else None

    def _filter_of(self, characteristic: Characteristic) -> Filter:
        key = characteristic.field_name
        if key not in self._built_in:
            where = self._everywhere.where(characteristic)
            self._built_in[key] = CharacteristicFilter(characteristic, Value.objects.all(), where, self.decision)
        return self._built_in[key]

    @cached_property
    def inherited(self) -> list[Any]:
        """The characteristics that the types of this list ask for, as far as the reader may see them."""
        return self.decision.characteristics("view", self.scope.types)

    @cached_property
    def characteristics(self) -> list[Characteristic]:
        return [each.characteristic for each in self.inherited]

    def records(self, right: str = "view") -> QuerySet:
        """The counterparties that answer; narrowed by the rights first, by the question second."""
        return self.filtered(self.scope.counterparties(right))

    def listed(self) -> QuerySet:
        """The same for a page of them."""
        records = self._in_daily_work(self.scope.counterparties())
        return self._answering(records, self._asked_together.left_open)

    def filtered(self, records: QuerySet) -> QuerySet:
        return self._answering(self._in_daily_work(records), self._asked_together.shortest)

    @staticmethod
    def _answering(records: QuerySet, conditions: Iterable[Any]) -> QuerySet:
        for condition in conditions:
            records = records.filter(condition)
        return records

    def _in_daily_work(self, records: QuerySet) -> QuerySet:
        """Unless the archive is asked for."""
        return records if "archived" in self.asked.answers else records.current()

    @cached_property
    def _asked_together(self) -> Together:
        return Together(self.asked.conditions(), self._in_daily_work(self.scope.counterparties()))

    # ---- columns and order

    @cached_property
    def facts(self) -> list[Column]:
        """The columns that every list of counterparties has."""
        with_archive = self.asked.answer("archived", "no") != "no"
        return columns.built_in(self.decision, self.statuses, with_archive)

    @cached_property
    def as_clients(self) -> list[Column]:
        """What is kept of clients, for whoever sees them as such."""
        return of_clients(self.decision)

    @cached_property
    def addresses(self) -> list[Column]:
        """Of all counterparties, like their facts; there are many of them, so they stand by themselves."""
        return of_addresses()

    @cached_property
    def accounts(self) -> list[Column]:
        """Of all counterparties too: where each is paid."""
        return of_accounts(self.decision)

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column there is for this reader, by key, in the order of the chooser."""
        # A column asked for by name may belong to another type than the list is about; its cells stay empty.
        here = {each.pk for each in self.characteristics}
        more = [each for each in self._visible.values() if each.pk not in here]
        added = columns.of_characteristics([*self.characteristics, *more], self.scope, self.asked.answers)
        shared = [*self.facts, *self.as_clients, *self.addresses, *self.accounts]
        return {each.key: each for each in [*shared, *added]}

    @cached_property
    def own_columns(self) -> list[str]:
        """The columns this list has before somebody chooses."""
        return columns.default_keys(self.kind.list_columns if self.kind else LIST_COLUMNS, self.characteristics)

    # ---- the sheet

    #: What a sheet of the list reads of each record besides its columns.
    sheet_fields = ("type_set_id",)
    #: Where a record of the list says which counterparty it tells of.
    owner_field = "pk"

    @property
    def path(self) -> str:
        return f"/{self.kind.path}/" if self.kind else reverse("register")

    @property
    def title(self) -> str:
        return lists.title(self.kind)

    @property
    def file_name(self) -> str:
        return slugify(self.kind.path) if self.kind else "counterparties"

    @property
    def left_out(self) -> int:
        """How many of the list a sheet leaves out, because the reader may not take them along."""
        sets = self.scope.without("export")
        return number_of(self.filtered(self.scope.of_sets(sets))) if sets else 0

    def left_out_words(self) -> str:
        return _("Left out, because no type of theirs grants you the export")

    # ---- the filter panel

    def filters(self) -> list[Filter]:
        """The filters this list offers: its own ones, then those of its characteristics."""
        names = self.kind.list_filters if self.kind else LIST_FILTERS
        offered = [self._built_in[name] for name in names if name in self._built_in]
        current = [each for each in self.characteristics if not each.is_stopped]
        nomenclatures.read([each.nomenclature for each in current if each.nomenclature_id])
        offered += [self._filter_of(each) for each in current]
        return offered + [each for each in self.asked.filters.values() if each not in offered]
