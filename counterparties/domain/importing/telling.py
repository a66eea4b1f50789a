"""What a row would change, in words: what stands in the books and what would stand there."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain import account_words, address_words, client_words
from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.domain.in_bulk.differing import Places, Stored
from counterparties.models import Counterparty, Status, Value
from desk import places

from .plan import Draft, Plan

#: Places and values of one characteristic.
Held = list[tuple[int, Any]]


class Teller:
    """Writes down the changes of rows, in the language of the person whose import it is."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._writers: dict[str, Callable[[Any], Any]] = {}

    def begin(self, stored: Stored, asked: Mapping[int, Characteristic], allowed: Allowed) -> None:
        """Read at once what the stored values of a chunk name."""
        self._allowed = allowed
        for characteristic in asked.values():
            named = {"element"} if characteristic.nomenclature_id else {characteristic.type.storage}
            rows = [
                row for (_owner, pk), places in stored.items() if pk == characteristic.pk for row in places.values()
            ]
            prefetch_related_objects(rows, *[each for each in named if Value._meta.get_field(each).is_relation])

    def of_facts(self, draft: Draft, stored: Counterparty, facts: Iterable[str], held: Ids, types: Ids) -> None:
        for name in facts:
            field: Any = stored._meta.get_field(name)
            was, now = stored._read[field.attname], getattr(stored, field.attname)
            draft.changes[name] = self._fact(name, was), self._fact(name, now)
        if types != held:
            draft.changes["types"] = self._types(held), self._types(types)

    def _fact(self, name: str, value: Any) -> str:
        if name == "status":
            return self._statuses.get(value, "")
        if name == "country":
            return places.country_name(value) if value else ""
        if name == "is_person":
            return _("Individual") if value else _("Legal entity")
        return worded(value)

    @cached_property
    def _statuses(self) -> dict[int | None, str]:
        return {each.pk: each.label for each in Status.objects.all()}

    def _types(self, ids: Ids) -> str:
        """Those the reader may know of."""
        return ", ".join(each.label for each in self._allowed.tree.types if each.pk in ids & self._allowed.seen)

    @staticmethod
    def held(characteristic: Characteristic, rows: Places) -> Held:
        """What is stored, before anything is put into its rows."""
        return [(place, characteristic.type.value(row)) for place, row in sorted(rows.items())]

    def of_answer(self, draft: Draft, characteristic: Characteristic, held: Held, said: Iterable[Any]) -> None:
        """As far as this reader may know it."""
        sort, decision = characteristic.type, self._allowed.decision
        was = [sort.text(sort.in_sight(value, decision, place)) for place, value in held]
        draft.changes[characteristic.field_name] = _listed(was), _listed(sort.text(each) for each in said)

    def of_what_hangs_on_it(self, draft: Draft, name: str, was: Any, now: Any) -> None:
        draft.changes[name] = self._beside(name, was), self._beside(name, now)

    def _beside(self, name: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        if name not in self._writers:
            self._writers[name] = besides(name).writer(name)
        return worded(self._writers[name](value))


def besides(name: str) -> Any:
    """Who knows the words of a column that is neither a fact of everybody nor a characteristic."""
    if name in address_words.PLACES:
        return address_words
    return account_words if name in account_words.PARTS else client_words


def worded(value: Any) -> str:
    """A plain value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return number_format(value, force_grouping=True)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def _listed(words: Iterable[Any]) -> str:
    return ", ".join(str(each) for each in words)
