"""Facts that mean something only beside each other: a number and its country, a first day and a last one.

They are taken back one by one, so each is held against all that goes back with it, and against what stays as somebody
made it since. Whatever would leave its record at odds with itself stays too, and says why.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from .pieces import Piece, copied

if TYPE_CHECKING:
    from .registry import Undoing
    from .stretch import Stretch


def judge_offered(stretch: "Stretch") -> None:
    """What was changed since is offered only where it could go back, be it with all the rest."""
    for undoing in stretch.of:
        for pieces in _by_record(undoing, stretch):
            _refuse(pieces, [each for each in pieces if not stretch.is_chosen(each)], stretch)


def judge_chosen(stretch: "Stretch") -> None:
    """What goes back is at odds with nothing that stands there afterwards."""
    for undoing in stretch.of:
        for pieces in _by_record(undoing, stretch):
            chosen = [each for each in pieces if stretch.is_chosen(each)]
            _refuse(chosen, chosen, stretch)


def is_another_pair(record: Any, piece: Piece, names: Iterable[str]) -> bool:
    """Would these stand together as they neither do now nor did before? Else the office was so."""
    columns = list(names)

    def said(one: Any) -> list[Any]:
        return [getattr(one, name) for name in columns]

    return said(record) not in (said(piece.step.now), said(piece.step.change.was))


def _by_record(undoing: "Undoing", stretch: "Stretch") -> Iterable[list[Piece]]:
    found: dict[int, list[Piece]] = defaultdict(list)
    for piece in stretch.of[undoing] if undoing.has_facts_together else ():
        if piece.is_open and piece.names and piece.step.now is not None:
            found[piece.step.now.pk].append(piece)
    return found.values()


def _refuse(together: Sequence[Piece], refusable: Sequence[Piece], stretch: "Stretch") -> None:
    """Leave out of these what is at odds with the others, until what is left agrees."""
    left = list(together)
    while left:
        wrong = left[0].undoing.at_odds(_after(left), left, stretch)
        named = [each for each in left if each in refusable and each.names[0] in wrong]
        for each in named:
            each.refuse(wrong[each.names[0]])
        if not named:
            return
        left = [each for each in left if each not in named]


def _after(pieces: Sequence[Piece]) -> Any:
    """The record as it would be."""
    now = pieces[0].step.now
    record = copied(now, now, ())
    for piece in pieces:
        for name in piece.names:
            setattr(record, name, getattr(piece.step.after, name))
    return record
