"""Which rows say of their counterparty just what stands in the books, told before any record of a value is made.

In a sheet that comes back nearly all rows do. To read a stored value as bare columns costs a sixth of the record that
history is kept of, and only a row that says something else needs that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value

from .plan import Draft

#: What a stored value consists of: a column by its name, and one that points at something by its id as well.
TIES = ("element", "file", "target")
COLUMNS = ("text", "number", "day", "flag", *(f"{name}_id" for name in TIES))
PLACE = {name: place for place, name in enumerate(COLUMNS, 3)} | {
    name: place for place, name in enumerate(TIES, 3 + len(COLUMNS) - len(TIES))
}
#: (counterparty, characteristic) → place → the columns that stand there.
Held = dict[tuple[int, int], dict[int, Sequence[Any]]]


def saying_the_same(known: Iterable[tuple[Draft, Counterparty]], asked: Mapping[int, Characteristic]) -> set[int]:
    """The numbers of the rows whose answers stand in the books already.

    A row that answers what is settled beside the books is none of them: whether it may say so is another question.
    """
    settled = {pk for pk, each in asked.items() if each.type.settles}
    looked_at = [(each, one.pk) for each, one in known if settled.isdisjoint(each.answers)]
    held = _held([owner for _draft, owner in looked_at], asked)
    types = {pk: each.type for pk, each in asked.items()}
    nothing: dict[int, Sequence[Any]] = {}
    return {
        draft.number
        for draft, owner in looked_at
        if all(_is_held(types[pk], said, held.get((owner, pk), nothing)) for pk, said in draft.answers.items())
    }


def _held(owners: list[int], asked: Iterable[int]) -> Held:
    found: Held = defaultdict(dict)
    if owners and (characteristics := list(asked)):
        rows = Value.objects.filter(counterparty__in=owners, characteristic__in=characteristics)
        for row in rows.values_list("counterparty_id", "characteristic_id", "place", *COLUMNS):
            found[row[0], row[1]][row[2]] = row
    return found


def _is_held(type_: Any, said: Sequence[Any], rows: Mapping[int, Sequence[Any]]) -> bool:
    """Do these values stand there, each in its place, and no other?"""
    if len(said) != len(rows):
        return False
    for place, value in enumerate(said):
        if (row := rows.get(place)) is None:
            return False
        for column, content in type_.stored(value).items():
            if row[PLACE[column]] != (content.pk if column in TIES and content is not None else content):
                return False
    return True
