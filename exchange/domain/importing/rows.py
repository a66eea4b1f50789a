"""What is kept of each row, so that a page of them is shown without reading the sheet again.

``ImportRow.said`` by outcome, each text short and ready to be shown:

- *new*: ``cells``, a text for each column of the sheet (empty for one that is not imported).
- *same*: ``id``, ``code`` and ``name`` of the counterparty.
- *changed*: the same, and ``changes``: field → [what stands in the books, what would stand there].
- *conflict*: the same, and ``reasons``.
- *refused*: ``cells`` of every column, and ``reasons``: [[field, place of the column or null, sentence, the same as
  ``desk.said`` keeps it or null], …]; older rows have the sentence alone, in the language of who brought them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from counterparties.domain.importing.judging import Verdict
from counterparties.domain.importing.plan import Draft, Plan
from desk.databases.ready import row_maker
from desk.said import words
from exchange.models import Import, ImportRow
from exchange.models.importing import CHANGED, CONFLICT, NEW, REFUSED, SAME
from trail.domain import in_bulk

from .cells import shown


def told(verdict: Verdict, plan: Plan, of: Import) -> Iterator[ImportRow]:
    """Every row of a chunk, with what would become of it."""
    taken = {column.place for column in plan.columns}
    for draft, _made in verdict.new:
        cells = [shown(cell) if place in taken else "" for place, cell in enumerate(draft.cells)]
        yield ImportRow(of=of, number=draft.number, outcome=NEW, said={"cells": cells})
    for draft, stored in verdict.touched:
        yield ImportRow(of=of, number=draft.number, outcome=CHANGED, said=_changed(draft, stored))
    for draft in verdict.same:
        yield ImportRow(of=of, number=draft.number, outcome=SAME, said=_named(draft.stored))
    yield from refused(verdict, of)


def refused(verdict: Verdict, of: Import) -> Iterator[ImportRow]:
    """The rows that are left out, and why."""
    for draft in verdict.refused:
        reasons = [[each.field, each.place, each.sentence, each.told] for each in draft.reasons]
        if draft.is_conflict and draft.stored:
            said = _changed(draft, draft.stored) | {"reasons": reasons}
            yield ImportRow(of=of, number=draft.number, outcome=CONFLICT, said=said)
        else:
            said = {"cells": [shown(cell) for cell in draft.cells], "reasons": reasons}
            yield ImportRow(of=of, number=draft.number, outcome=REFUSED, said=said)


def count(verdict: Verdict) -> Counter[str]:
    conflicts = sum(each.is_conflict for each in verdict.refused)
    counted = {NEW: len(verdict.new), CHANGED: len(verdict.touched), SAME: len(verdict.same), CONFLICT: conflicts}
    return Counter(counted | {REFUSED: len(verdict.refused) - conflicts})


def keep(rows: Iterable[ImportRow]) -> None:
    """Write them; nobody asks for their ids, and they have no history."""
    fields: list[Any] = [field for field in ImportRow._meta.concrete_fields if not field.primary_key]
    in_bulk.insert(ImportRow, fields, list(map(row_maker(fields), rows)))


def forget(of: Import) -> None:
    """What an earlier preview said."""
    rows = ImportRow.objects.filter(of=of)
    rows._raw_delete(rows.db)


def _named(stored: Any) -> dict[str, Any]:
    """As it is called in the books, whatever the row says."""
    return {"id": stored.pk, "code": stored._read["code"], "name": stored._read["name"]} if stored else {}


def _changed(draft: Draft, stored: Any) -> dict[str, Any]:
    return _named(stored) | {"changes": {name: list(words) for name, words in draft.changes.items()}}


def sentence_of(reason: list[Any]) -> str:
    """Why a row is left out, in the language of whoever reads it."""
    _field, _place, sentence, *told = reason
    return words(told[0]) if told and told[0] else sentence
