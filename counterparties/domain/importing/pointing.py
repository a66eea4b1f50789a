"""Counterparties that rows of a sheet point at, where another row of the same sheet brings them.

A row may point at whatever the rows above it bring. Those are in the books when it is read, for a portion ends before
such a row. A preview writes nothing, so it remembers whom the rows above would bring.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.cells import parted
from counterparties.domain.in_bulk.allowed import Ids
from counterparties.domain.targets import UNKNOWN, codes_in, one_of
from counterparties.models import Counterparty
from desk import text
from desk.intake import Row
from desk.said import gettext as _

from .plan import Column, Draft, Plan

#: What a row says of itself by which others may point at it.
CALLED = ("code", "name", "alias")
#: (code, name, types) of somebody who is not there yet.
Foretold = tuple[str, str, Ids]


class Foreseen:
    """Whom the rows of a sheet would bring, as far as they were looked at. A run that writes them remembers nobody."""

    def __init__(self, decision: Any) -> None:
        self._seen: Ids = frozenset(decision.type_ids("view"))
        self._by_word: dict[str, list[Foretold]] = defaultdict(list)

    def note(self, new: Iterable[tuple[Draft, Counterparty]], types: Iterable[tuple[Counterparty, Ids]]) -> None:
        """These rows would bring somebody; of those whom the reader may not see he learns nothing here either."""
        types_of = {id(one): ids for one, ids in types}
        for _draft, one in new:
            if types_of[id(one)] & self._seen:
                foretold = one.code, one.name, types_of[id(one)]
                for word in {text.key(getattr(one, name)) for name in CALLED} - {""}:
                    self._by_word[word].append(foretold)

    def named(self, said: str) -> list[Counterparty]:
        """Those whom a word means: by the code alone, else all that are called so."""
        key = text.key(said)
        found = [each for word in (key, *codes_in(key)) for each in self._by_word.get(word, ())]
        exact = [each for each in found if text.key(each[0]) == key]
        return [_stand_in(each) for each in dict.fromkeys(exact or found)]


def _stand_in(foretold: Foretold) -> Counterparty:
    code, name, types = foretold
    made = Counterparty(code=code, name=name)
    # Whoever asks whether it fits has no stored row to look at.
    made.types_to_come = types
    return made


def foresee(plan: Plan, verdict: Any) -> None:
    """Remember whom these rows of a preview would bring, where the sheet points at counterparties at all."""
    reader = next((each.read for each in plan.columns if isinstance(each.read, PointingReader)), None)
    if reader:
        reader.foreseen.note(verdict.new, verdict.types)


class PointingReader:
    """Reads a cell as the type does, and beside the books looks at whom the rows above would bring."""

    def __init__(self, read: Any, foreseen: Foreseen) -> None:
        self.read, self.foreseen = read, foreseen

    def prepare(self, cells: Iterable[Any]) -> None:
        self.read.prepare(cells)

    def strange(self, words: Iterable[str]) -> set[str]:
        """Those of the words that mean nobody, in the books or foreseen."""
        unknown = [each for each in words if not self.foreseen.named(each)]
        return {word for word, found in self.read.targets.named(unknown).items() if not found}

    def __call__(self, cell: Any) -> Any:
        said = text.clean(str(cell))
        coming = self.foreseen.named(said)
        try:
            found = [self.read(cell)]
        except ValidationError as error:
            if error.code != UNKNOWN:
                raise
            if not coming:
                above = _("If a row of this sheet brings it, that row has to stand above.")
                raise ValidationError([error, ValidationError(above)]) from None
            found = []
        if not coming or (found and text.key(said) == getattr(found[0], "code_key", None)):
            return found[0]
        return one_of([*found, *coming], said)


def is_pointing(plan: Plan) -> bool:
    """Do rows point at counterparties, be it at those that rows above them bring?"""
    return any(isinstance(each.read, PointingReader) for each in plan.columns)


def portions(rows: Iterator[Row], plan: Plan, size: int) -> Iterator[list[Row]]:
    """The rows in portions of at most so many; each ends before a row that points at one of its own."""
    pointing = [(each, each.read) for each in plan.columns if isinstance(each.read, PointingReader)]
    called = [each for each in map(plan.column_of, CALLED) if each]
    waiting: list[Row] = []
    while waiting := [*waiting, *islice(rows, size - len(waiting))]:
        end = _end(waiting, pointing, called) if pointing else len(waiting)
        yield waiting[:end]
        waiting = waiting[end:]


def _end(rows: list[Row], pointing: list[tuple[Column, PointingReader]], called: list[Column]) -> int:
    """Before which of these rows those above it have to be known."""
    brought: set[str] = set()
    places: dict[PointingReader, dict[str, int]] = {read: {} for _column, read in pointing}
    for place, row in enumerate(rows):
        for column, read in pointing:
            for word in _words(row, column):
                key = text.key(word)
                if not brought.isdisjoint((key, *codes_in(key))):
                    places[read].setdefault(word, place)
        brought.update(text.key(word) for column in called for word in _words(row, column))
    # Most sheets that come back point at rows above that are in the books for long: asked once for all of them.
    awaited = [words[word] for read, words in places.items() if words for word in read.strange(words)]
    return min(awaited, default=len(rows))


def _words(row: Row, column: Column) -> list[str]:
    cell = column.constant if column.place is None else row.cells[column.place]
    if cell is None or row.extra:
        return []
    several = column.characteristic is not None and column.characteristic.is_multiple and type(cell) is str
    return [text.clean(each) for each in (parted(cell) if several else [str(cell)])]
