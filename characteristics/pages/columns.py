"""Characteristics as columns of a list. All of a list's characteristics are read together, a page at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from characteristics.domain import nomenclatures
from characteristics.domain.cells import joined
from characteristics.domain.in_brief import is_brief
from characteristics.models import Characteristic
from characteristics.pages.said import Said
from desk.columns import Column
from desk.databases import FEW
from desk.databases.reached import reached
from desk.pages.runs import Run
from desk.widgets import escaped_together

#: So many lines of days and numbers are kept: thirty years of days, and as many numbers.
KEPT_LINES = 20_000


class CharacteristicColumn(Column):
    """One characteristic.

    ``rows`` are the stored values of the list's records. ``scope`` knows where this reader may see a characteristic:
    ``scope.shows(characteristic, records)`` tells it of each record, ``scope.where(characteristic)`` tells it to the
    database.
    ``by_name`` is how records without a value sort. ``asked`` is what the list is asked for by the same characteristic.
    """

    def __init__(
        self,
        characteristic: Characteristic,
        said: Said,
        rows: QuerySet,
        scope: Any,
        by_name: tuple[Any, ...],
        asked: Mapping[str, Any] | None = None,
    ) -> None:
        self.characteristic, self.type = characteristic, characteristic.type
        self.key = characteristic.field_name
        unit = characteristic.unit
        self.title = f"{characteristic.label}, {unit}" if unit else characteristic.label
        self.help = characteristic.definition
        self.css = f"{self.type.css} cut"
        self.order_by = self.type.order_by
        self._said, self._rows, self._scope, self._by_name = said, rows, scope, by_name
        self._asked = {name.removeprefix(self.key): value for name, value in (asked or {}).items()}

    @cached_property
    def _cell(self) -> Callable[[Any], Any]:
        self._said.read_nomenclatures()
        write = self.type.writer(self.characteristic)
        return cache(write) if self.type.has_few_values else write

    @cached_property
    def _brief_cell(self) -> Callable[[Any], Any]:
        self._said.read_nomenclatures()
        write = self.type.brief_writer(self.characteristic, self._said.brief.reader(self.characteristic))
        return cache(write) if self.type.has_few_values else write

    def _in_sight(self, said: Iterable[Any], records: Sequence[Any]) -> list[Any]:
        """What each of these records says; None where the reader may not know it."""
        shown = self._scope.shows(self.characteristic, records)
        return [each if is_shown else None for each, is_shown in zip(said, shown, strict=True)]

    def prepare(self, records: Sequence[Any]) -> None:
        self._said.announce(self.characteristic, records)

    def expect(self, records: Sequence[Any]) -> None:
        self._said.expect(records)

    def values(self, record: Any) -> list[Any]:
        """Its values, as far as the reader may see them in this record."""
        return self._in_sight([self._said.values(self.characteristic).get(record.pk)], [record])[0] or []

    def value(self, record: Any) -> Any:
        """One value as it is, several as their words."""
        said = self.values(record)
        return (said[0] if len(said) == 1 else ", ".join(map(self.type.text, said))) if said else None

    def html(self, record: Any) -> str:
        return self.lines([record])[0]

    def lines(self, records: Sequence[Any]) -> Sequence[str]:
        said = self._said.values(self.characteristic)
        known = self._in_sight(map(said.get, self._said.ids(records)), records)
        if self.characteristic.is_multiple:
            written = iter(self._written([value for each in known if each for value in each]))
            return [f"<span>{', '.join(islice(written, len(each)))}</span>" if each else "" for each in known]
        lines = [f"<span>{each}</span>" for each in self._written([each[0] for each in known if each])]
        if len(lines) == len(known):
            return lines
        rest = iter(lines)
        return [next(rest) if each else "" for each in known]

    def _written(self, values: Sequence[Any]) -> Iterable[str]:
        """The line of each value."""
        if self.type.is_plain:
            return escaped_together(values)
        if self.type.has_few_values:
            return self._of_few(values)
        line = partial(_kept_line, self.type, get_language()) if self.type.says_the_same else partial(_line, self.type)
        return map(line, values)

    def _of_few(self, values: Sequence[Any]) -> list[str]:
        """Each is written once, and known as the object it is: to compare records by their ids takes twice as long."""
        known = self._lines_of_few
        for key, value in {id(each): each for each in values}.items():
            if key not in known:
                known[key] = value, _line(self.type, value)
        return [known[id(each)][1] for each in values]

    @cached_property
    def _lines_of_few(self) -> dict[int, tuple[Any, str]]:
        """Each beside its line, for an object that is kept shares its number with no other."""
        return {}

    def cell(self, record: Any) -> Any:
        return self.cells([record])[0]

    def cells(self, records: Sequence[Any]) -> Sequence[Any]:
        if is_brief(self.characteristic):
            return self._brief_cells(records)
        write, said = self._cell, self._said.values(self.characteristic, beside_brief=True)
        known = self._in_sight(map(said.get, self._said.ids(records)), records)
        if self.characteristic.is_multiple:
            return [each and self._several(each) for each in known]
        return [each and write(each[0]) for each in known]

    def _brief_cells(self, records: Sequence[Any]) -> Sequence[Any]:
        """Made of what the database holds: twice as fast, where no value must be looked at by itself."""
        write = self._brief_cell
        # What the cells of this portion point at is read by now.
        self._said.brief.reader(self.characteristic)
        known = self._in_sight(self._said.contents(self.characteristic, records), records)
        return [None if each is None else write(each) for each in known]

    def _several(self, said: Sequence[Any]) -> Any:
        """Whatever stands in the values, an import gets the same back."""
        cells = [self._cell(each) for each in said]
        if len(cells) == 1 and type(cells[0]) is not str:
            return cells[0]
        return joined([each if type(each) is str else self.type.spelled(each) for each in cells])

    def runs(self, descending: bool) -> list[Run]:
        """First those that have a value the reader may see, by the value; then those without, by name.

        Where the list is asked for values of this very characteristic, those alone are walked: a walk of all would pass
        half the office before the first of them (who has 100 or more, by the number: 4 s at a million).
        """
        column, owner = self.order_by[0].split("__")[0], owner_of(self._rows)
        where = self._scope.where(self.characteristic)
        # That the column is not empty is said for the sake of its partial index. Of one value alone the place is always
        # the first and no index holds it (hits met by a number, PostgreSQL: a quarter more for asking).
        first = {"place": 0} if self.characteristic.is_multiple else {}
        said = {"characteristic": self.characteristic.pk, f"{column}__isnull": False, **first}
        has = Q(**{f"values__{fact}": value for fact, value in said.items()})
        has &= self.type.sorts(self._scope.decision, "values__")
        sorting = self._rows.filter(self.type.sorts(self._scope.decision), **said)
        few = self.type.few_walked(sorting, self._asked) if self._is_asked else None
        if self._is_asked and few is None:
            walking = self.type.walking(self.characteristic, self._asked)
            has, sorting = has & reached(walking, "values__"), sorting.filter(walking)
        keys: tuple[Any, ...] = (*self.type.sort_keys("values__"), f"values__{owner}")
        steps: Any = sorting, (*self.type.sort_keys(""), owner)
        parts = (has & where,)
        if ranks := self._ranks():
            # In a large office no index leads from the order of another list to these records: one part for each.
            keys, steps = (f"values__{owner}",), None
            parts = tuple(Q(**{f"values__{column}": pk}) & has & where for pk in ranks[:: -1 if descending else 1])
        valued = Run(keys, parts, descending, steps=steps)
        if few is not None:
            contents, seen = tuple(few[:: -1 if descending else 1]), has & where
            parts = tuple(seen & Q(**{f"values__{column}": each}) for each in contents)
            whole = seen & Q(**{f"values__{column}__in": contents})
            about = self.characteristic.pk
            return [Run(keys, parts, descending, said=contents, whole=whole, known=seen, about=about)]
        if self._is_asked:
            return [valued]
        rows = self._rows.filter(characteristic=self.characteristic.pk, **first, **{owner: OuterRef("pk")})
        rows = rows.filter(self.type.sorts(self._scope.decision))
        return [valued, Run((*self._by_name, "pk"), (~(Q(Exists(rows)) & where),))]

    @property
    def _is_asked(self) -> bool:
        """Whoever answers has one value, which the reader may see, and by which the list is sorted."""
        may_tell = not (self.characteristic.is_multiple or self.type.hides)
        return bool(self._asked) and may_tell and not self.type.asks_for_none(self._asked)

    def _ranks(self) -> list[int]:
        """Where very many point at elements of one list: the ids of these in their order; else nothing."""
        said = self._rows.filter(characteristic=self.characteristic.pk).order_by()
        nomenclature = self.characteristic.nomenclature if self.type.is_ranked else None
        if nomenclature is None or said.values("pk")[: FEW + 1].count() <= FEW:
            return []
        ranks = nomenclatures.ranks(nomenclature)
        if not self._is_asked:
            return ranks
        asked = nomenclatures.families(nomenclature, self._asked[""])
        return [pk for pk in ranks if pk in asked]


def _line(type_: Any, value: Any) -> str:
    said = type_.line(value)
    return said if type(said) is SafeString else conditional_escape(said)


@lru_cache(KEPT_LINES)
def _kept_line(type_: Any, _language: str | None, value: Any) -> str:
    """The same days and numbers stand in very many lists, and each takes 10 µs to be put into words."""
    return _line(type_, value)


def owner_of(rows: QuerySet) -> str:
    """The name of the key by which stored values point to their record."""
    keys = [key for key in rows.model._meta.fields if key.remote_field]
    return next(key.name for key in keys if key.remote_field.related_name == "values")
