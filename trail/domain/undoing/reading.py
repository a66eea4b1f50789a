"""A change beside what is there now: what could be taken back of it, and how that stands."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trail.domain.changes import Change, recorded
from trail.models import Operation

from .pieces import CANNOT, READY, SAME, SINCE, Piece, Step, copied

NO_PAST = gettext_lazy("What it was before is not recorded.")

if TYPE_CHECKING:
    from .registry import Undoing
    from .stretch import Stretch


def pieces_of(undoing: "Undoing", change: Change, now: Any, stretch: "Stretch") -> list[Piece]:
    """The whole record where it came or went, else each fact that changed."""
    subject, key = undoing.subject(change, stretch), f"{undoing.name}-{change.record.pk}"
    if (change.model, change.record.pk) in stretch.unknown:
        return [Piece(undoing, key, subject, [Step(change, now, now)], CANNOT, why=str(NO_PAST))]
    if change.was is None or change.became is None:
        standing = _of_whole(undoing, change, now)
        step = Step(change, now, change.was if now is None or change.became is None else None)
        return [Piece(undoing, key, subject, [step], standing, seen="" if standing != SINCE else content(undoing, now))]
    return [_of_fact(undoing, change, now, field.attname, f"{key}-{field.name}", subject) for field in change.fields()]


def without_past(model: Any, changes: Iterable[Change], operation: int) -> set[tuple[Any, int]]:
    """Records that came into the books without history: what a change of them would go back to, nobody knows."""
    new = {each.record.pk for each in changes if each.was is None and each.became is not None}
    if not new:
        return set()
    # From the first to the last of them: a thousand numbers in a question take Django longer than the database.
    added = model.history.filter(operation=operation, history_type="+", id__range=(min(new), max(new))).order_by()
    return {(model, pk) for pk in new - set(added.values_list("id", flat=True))}


def _of_whole(undoing: "Undoing", change: Change, now: Any) -> str:
    if change.was is None:
        if now is None:
            return SAME
        return READY if _contents(undoing, now) == _contents(undoing, change.became) else SINCE
    return READY if now is None else SAME


def _of_fact(undoing: "Undoing", change: Change, now: Any, name: str, key: str, subject: int) -> Piece:
    if now is None:
        step = Step(change, None, None)
        return Piece(undoing, key, subject, [step], CANNOT, (name,), _("It is no longer there."))
    was, became, stands = (getattr(each, name) for each in (change.was, change.became, now))
    standing = READY if stands == became else SAME if stands == was else SINCE
    step = Step(change, now, copied(now, change.was, [name]))
    return Piece(undoing, key, subject, [step], standing, (name,), seen=repr(stands) if standing == SINCE else "")


def content(undoing: "Undoing", record: Any) -> str:
    """What a record says, in a form that can be compared; its place in a list is no content."""
    return repr(_contents(undoing, record))


def _contents(undoing: "Undoing", record: Any) -> tuple[Any, ...]:
    return _columns(undoing.model, undoing.loose)(record)


@cache
def _columns(model: Any, loose: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads the recorded columns of a record at once."""
    return attrgetter(*[each.attname for each in recorded(model) if each.name not in loose])


def taken_words(record: Any, columns: tuple[str, ...]) -> str:
    """Why a record cannot stand beside another one."""
    field = record._meta.get_field(columns[-1])
    said = getattr(record, field.attname)
    if field.is_relation or field.name.endswith("_key"):
        return _("Another one stands in its place by now.")
    return _("“%(value)s” belongs to another one by now.") % {"value": said}


def later(operation: Operation) -> Q:
    """The rows of history written after an operation; what took it back, and took that back, is passed over."""
    chain, level = {operation.pk}, {operation.pk}
    while level:
        level = set(Operation.objects.filter(undoes__in=level).values_list("pk", flat=True)) - chain
        chain |= level
    return Q(operation__gt=operation.pk) & ~Q(operation__in=chain)


def changed_by(pieces: Iterable[Piece], operation: Operation) -> dict[str, Operation]:
    """Which operation changed each of these pieces last; of others that changed the record nothing is told.

    One query for each model. A record that came as a whole is told of by its own page.
    """
    by_record: dict[Any, dict[int, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        # Of a fact that is made anew, such as a combination of types, the reader may know a part alone.
        for step in (
            piece.steps if not set(piece.undoing.made) & {each.removesuffix("_id") for each in piece.names} else ()
        ):
            records = [step.change and step.change.record, step.now]
            for pk in {record.pk for record in records if record is not None} - {None}:
                by_record[piece.undoing.model][pk].append(piece)
    last: dict[str, int] = {}
    for model, of in by_record.items():
        known = {
            (pk, piece.key): _content_of(piece, piece.step.change.became) for pk, those in of.items() for piece in those
        }
        for row in model.history.filter(later(operation), id__in=list(of)).order_by("history_id"):
            for piece in of[row.id]:
                said = _content_of(piece, None if row.history_type == "-" else row)
                if said != known[row.id, piece.key]:
                    known[row.id, piece.key], last[piece.key] = said, row.operation_id
    found = Operation.objects.select_related("user").in_bulk(set(last.values()))
    return {key: found[number] for key, number in last.items()}


def _content_of(piece: Piece, record: Any) -> Any:
    """The columns the piece is about; of a record that is one piece as a whole, all of them."""
    if record is None:
        return None
    names = piece.names or [field.attname for field in recorded(piece.undoing.model)]
    return [getattr(record, name) for name in names]
