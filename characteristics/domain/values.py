"""What records say for their characteristics: loading a page at once, saving what was answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from characteristics.domain import unshared
from characteristics.domain.stored import Stored
from characteristics.models import Characteristic
from desk.databases import written_ids
from desk.databases.prepared import records
from trail.domain import at_once, in_bulk

#: A record's answers: id of a characteristic → values in their places (one, unless several are allowed).
Said = dict[int, list[Any]]


def load(records: Sequence[Any], characteristics: Iterable[Characteristic], decision: Any = None) -> dict[int, Said]:
    """The values of all these records for all these characteristics: one query, and one for each model they point at.

    Gives record id → characteristic id → values. With a ``decision`` the values are what that reader may know of them.
    """
    said: dict[int, Said] = {record.pk: {} for record in records}
    if not records:
        return said
    asked = list(characteristics)
    stored = Stored(type(records[0]), list(said), asked, decision=decision)
    for each in asked:
        for owner, values in stored.values(each).items():
            said[owner][each.pk] = values
    return said


def of(record: Any, characteristics: Iterable[Characteristic], decision: Any = None) -> Said:
    """The values of one record; with a ``decision``, as that reader may know them."""
    return load([record], characteristics, decision=decision)[record.pk]


def save(record: Any, answers: Mapping[Characteristic, Any]) -> bool:
    """Keep the answers, each with its history; None or an empty list forgets. Tells whether anything changed.

    Runs inside the caller's operation, which has claimed the record's version.
    """
    answered = Answered(record, answers)
    answered.hold()
    answered.save(record)
    return bool(answered)


class Answered:
    """Answers beside what a record says now: those that differ, ready to be kept.

    What is stored is read once, before the version is claimed. Whoever then claims the version that was seen knows that
    nobody wrote in between, for a version guards all answers.
    """

    def __init__(self, record: Any, answers: Mapping[Characteristic, Any]) -> None:
        self._stored: dict[int, dict[int, Any]] = defaultdict(dict)
        if record.pk and answers:
            for row in _rows(record, answers):
                self._stored[row.characteristic_id][row.place] = row
        listed = {each: _listed(answer) for each, answer in answers.items()}
        self._differing = {each: said for each, said in listed.items() if self._is_another(each, said)}

    def _is_another(self, characteristic: Characteristic, said: list[Any]) -> bool:
        rows = [row for _place, row in sorted(self._stored[characteristic.pk].items())]
        told = map(characteristic.type.stored, said)
        return len(rows) != len(said) or not all(map(_says, rows, told))

    def __bool__(self) -> bool:
        return bool(self._differing)

    def hold(self) -> None:
        """First in the operation: whoever says what nobody shares waits for whoever says it now."""
        unshared.hold_first(self._unshared)

    @property
    def _unshared(self) -> dict[Characteristic, list[Any]]:
        asked = {each: said for each, said in self._differing.items() if each.is_unique}
        return {each: [each.type.content(value) for value in said] for each, said in asked.items() if said}

    def save(self, record: Any, claim: in_bulk.Changes | None = None) -> None:
        """Inside the operation that has claimed the record's version, or does so by this ``claim``."""
        gone: list[Any] = []
        changed: list[Any] = []
        new: list[Any] = []
        for characteristic, said in self._differing.items():
            rows = self._stored[characteristic.pk]
            for place, value in enumerate(said):
                columns = characteristic.type.stored(_taken(characteristic, value, record))
                if place not in rows:
                    new.append(_new(record, characteristic, place, columns))
                elif not _says(rows[place], columns):
                    changed.append(_told(rows[place], columns))
            gone += [row for place, row in rows.items() if place >= len(said)]
        those = [claim] if claim else []
        if those and gone:
            those.pop().write()
        in_bulk.remove(gone)
        at_once.write(*those, in_bulk.changes(changed))
        in_bulk.add(new)
        if self._unshared:
            unshared.refuse_shared(record.values.model, self._unshared)


def _rows(record: Any, characteristics: Iterable[Characteristic]) -> list[Any]:
    """All that is stored of a record for these characteristics, in one statement."""
    ties = record.values
    stored, asked = ties.model._meta, written_ids(each.pk for each in characteristics)
    owner, answers = stored.get_field(ties.field.name).column, stored.get_field("characteristic").column
    return records(ties.model, f"{owner} = {written_ids([record.pk])} AND {answers} IN ({asked})")


def _listed(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [] if answer is None else [answer]


def _taken(characteristic: Characteristic, value: Any, record: Any) -> Any:
    """What a card brings, ready to be stored; refused beside its field."""
    try:
        return characteristic.type.take(value, record)
    except ValidationError as error:
        raise ValidationError({characteristic.field_name: error.messages}) from None


def _says(row: Any, columns: Mapping[str, Any]) -> bool:
    """Does a stored value say just this already?"""
    return all(_holds(row, name, content) for name, content in columns.items())


def _holds(row: Any, name: str, content: Any) -> bool:
    field = row._meta.get_field(name)
    if content is None or isinstance(content, Model):
        # What it points at is told by its id: it need not be read for that.
        return bool(getattr(content, "pk", None) == getattr(row, field.attname))
    # A file that was just sent is none that is kept.
    return not field.is_relation and bool(content == getattr(row, name))


def _told(row: Any, columns: Mapping[str, Any]) -> Any:
    for column, content in columns.items():
        setattr(row, column, content)
    row.derive()
    return row


def _new(record: Any, characteristic: Characteristic, place: int, columns: Mapping[str, Any]) -> Any:
    row = record.values.model(counterparty=record, characteristic=characteristic, place=place, **columns)
    row.derive()
    return row
