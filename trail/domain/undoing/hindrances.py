"""What stands in the way of taking something back, whatever model it is of.

It points at something that is gone or stopped; another record holds the same by now; something that stays points at it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from trail.domain.changes import recorded

from . import agreeing
from .pieces import Piece, copied

if TYPE_CHECKING:
    from .registry import Undoing
    from .stretch import Stretch


def judge(stretch: "Stretch") -> None:
    """Pieces that cannot be taken back are told why; the others stay as they stand."""
    for piece in stretch.open():
        if why := stretch.ground.refusal(piece, stretch) or piece.undoing.refusal(piece, stretch):
            piece.refuse(why, piece.lacks)
    for piece in stretch.open():
        for step in piece.steps:
            if stretch.is_chosen(piece) and step.now is None and step.after is not None:
                stretch.coming[type(step.after)].add(step.after.pk)
    _judge_pointing(stretch)
    agreeing.judge_offered(stretch)
    agreeing.judge_chosen(stretch)
    _judge_taken(stretch)
    # Whatever stays for that may leave something else at odds.
    agreeing.judge_chosen(stretch)
    _judge_used(stretch)


# ---- what it points at


def _judge_pointing(stretch: "Stretch") -> None:
    """Whatever would be pointed at is there, and is not stopped."""
    pointing = [
        (piece, field, pk)
        for piece in stretch.open()
        for field, pk in _pointing(piece)
        if pk not in stretch.coming[field.related_model]
    ]
    asked: dict[Any, set[int]] = defaultdict(set)
    for _piece, field, pk in pointing:
        asked[field.related_model].add(pk)
    found = {model: model._base_manager.in_bulk(list(pks)) for model, pks in asked.items()}
    for piece, field, pk in pointing:
        _judge_target(piece, field, found[field.related_model].get(pk))


def _pointing(piece: Piece) -> Iterator[tuple[ForeignKey, int]]:
    """What it would point at and does not now."""
    undoing = piece.undoing
    for step in piece.steps:
        if step.after is None:
            continue
        for field in _ties(undoing.model):
            pk = getattr(step.after, field.attname)
            is_new = step.now is None or getattr(step.now, field.attname) != pk
            # Whom it belongs to is there; a combination of types says for itself whether it may be.
            if is_new and pk is not None and field.attname != undoing.owner and field.name not in undoing.made:
                yield field, pk


@cache
def _ties(model: type[Model]) -> list[ForeignKey]:
    """The recorded columns that point at something."""
    return [field for field in recorded(model) if isinstance(field, ForeignKey)]


def _judge_target(piece: Piece, field: Field, target: Any) -> None:
    if target is None:
        sentence = _("What “%(field)s” pointed at is no longer there.")
        piece.refuse(sentence % {"field": field.verbose_name})
    elif piece.undoing.leaves_stopped and getattr(target, "stopped_at", None) is not None:
        piece.refuse(_("“%(name)s” is stopped: nobody is given it any more.") % {"name": target})


# ---- what nobody else may hold


def _judge_taken(stretch: "Stretch") -> None:
    """Two records never share what only one may hold; one that lets go of it in the same go does not count."""
    for undoing in stretch.of:
        for columns in undoing.unique:
            _judge_columns(undoing, columns, stretch)


def _judge_columns(undoing: "Undoing", columns: tuple[str, ...], stretch: "Stretch") -> None:
    wanting = [piece for piece in stretch.of[undoing] if piece.is_open and _wants(piece, columns)]
    asked: dict[tuple[Any, ...], list[Piece]] = defaultdict(list)
    chosen = _chosen_facts(undoing, stretch)
    for piece in wanting:
        record = _together(piece, chosen.get(id(piece.step.now), []))
        if undoing.is_alone(record, columns):
            asked[_held(record, columns)].append(piece)
    if not asked:
        return
    # Each column is asked for: one alone may be *delivery address*, which every second counterparty has.
    held = {f"{name}__in": {each[place] for each in asked} for place, name in enumerate(columns)}
    rows = undoing.model._base_manager.filter(**held)
    leaving = _letting_go(undoing, columns, stretch)
    for holder in rows:
        for piece in asked.get(_held(holder, columns), ()):
            if holder.pk != piece.step.after.pk and holder.pk not in leaving:
                piece.refuse(undoing.taken_words(piece.step.after, columns, holder, stretch))


def _chosen_facts(undoing: "Undoing", stretch: "Stretch") -> dict[int, list[Piece]]:
    """Of each record that is there, the facts that are taken back."""
    found: dict[int, list[Piece]] = defaultdict(list)
    for piece in stretch.of[undoing]:
        if piece.names and piece.step.now is not None and stretch.is_chosen(piece):
            found[id(piece.step.now)].append(piece)
    return found


def _together(piece: Piece, others: Iterable[Piece]) -> Any:
    """The record with this piece and all that is chosen of it."""
    record = copied(piece.step.after, piece.step.after, ())
    for other in others:
        for name in other.names:
            setattr(record, name, getattr(other.step.after, name))
    if hasattr(record, "derive"):
        record.derive()
    return record


def _wants(piece: Piece, columns: tuple[str, ...]) -> bool:
    """Would it hold these columns anew?"""
    after, now = piece.step.after, piece.step.now
    return after is not None and (now is None or bool(set(piece.names) & set(piece.undoing.behind(columns))))


def _held(record: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in columns)


def _letting_go(undoing: "Undoing", columns: tuple[str, ...], stretch: "Stretch") -> set[int]:
    """Records whose own columns change in the same go, or that go."""
    behind = set(undoing.behind(columns))
    return {
        step.now.pk
        for piece in stretch.of[undoing]
        if stretch.is_chosen(piece) and (piece.is_removal or behind & set(piece.names))
        for step in piece.steps
        if step.now is not None
    }


# ---- who points at it


def _judge_used(stretch: "Stretch") -> None:
    """What goes is pointed at by nothing that stays. What points goes first, so it is judged first."""
    for undoing in reversed(stretch.of):
        going = {each.step.now.pk: each for each in stretch.of[undoing] if each.is_open and each.is_removal}
        # Of a tree, what stands below may go with what it stands under; what cannot go keeps that too.
        while used := _used(undoing, going, stretch):
            for pk, sort in used.items():
                going.pop(pk).refuse(_("Something points at it by now: %(sort)s.") % {"sort": sort})
        stretch.going[undoing.model] |= {pk for pk, piece in going.items() if stretch.is_chosen(piece)}


def _used(undoing: "Undoing", going: Mapping[int, Piece], stretch: "Stretch") -> dict[int, Any]:
    """What is pointed at, and what sort of records does so."""
    found: dict[int, Any] = {}
    for field in _pointers(undoing.model) if going else ():
        if field.model in undoing.takes_along:
            continue
        rows = field.model._base_manager.filter(**{f"{field.name}__in": list(going)}).order_by()
        leaving = stretch.going[field.model] | _turning_away(field, stretch)
        if field.model is undoing.model:
            leaving |= {pk for pk, piece in going.items() if stretch.is_chosen(piece)}
        if leaving:
            rows = rows.exclude(pk__in=leaving)
        sort = field.model._meta.verbose_name_plural
        found |= dict.fromkeys(rows.values_list(field.attname, flat=True).distinct(), sort)
    return found


def _pointers(model: Any) -> list[ForeignKey]:
    """The columns of all tables that point at this one; history points without holding."""
    ties: list[Any] = [each for each in model._meta.get_fields(include_hidden=True) if each.auto_created]
    fields = [each.field for each in ties if not each.concrete and isinstance(getattr(each, "field", None), ForeignKey)]
    return [field for field in fields if field.db_constraint]


def _turning_away(field: ForeignKey, stretch: "Stretch") -> set[int]:
    """Records that point at something else afterwards."""
    return {
        piece.step.now.pk
        for pieces in stretch.of.values()
        for piece in pieces
        if stretch.is_chosen(piece) and field.attname in piece.names and piece.step.change.model is field.model
    }
