"""Writing what is taken back, with the same rows of history that saving the records one by one would leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trail.domain import in_bulk
from trail.domain.changes import recorded

from .pieces import Piece

if TYPE_CHECKING:
    from .registry import Undoing
    from .stretch import Stretch


def write(undoing: "Undoing", pieces: Sequence[Piece], stretch: "Stretch") -> None:
    """Records that go, those that are changed, and those that come back, in this order."""
    in_bulk.remove([piece.step.now for piece in pieces if piece.is_removal])
    keep(changed(pieces), is_guarded=undoing.is_guarded)
    put_back([piece.step.after for piece in pieces if piece.is_return])


def changed(pieces: Iterable[Piece]) -> list[Any]:
    """The records that are made otherwise, all their pieces together."""
    found: dict[int, Any] = {}
    for piece in pieces:
        model: Any = piece.undoing.model
        now, after = piece.step.now, piece.step.after
        if now is None or after is None:
            continue
        record = found.setdefault(now.pk, now)
        for name in piece.names or [field.attname for field in recorded(model)]:
            setattr(record, name, getattr(after, name))
    return list(found.values())


def keep(records: Sequence[Any], *, is_guarded: bool) -> None:
    """Write what differs; where forms carry a version, they learn that theirs is old."""
    by_columns: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for each in records:
        if hasattr(each, "derive"):
            each.derive()
        if names := each.changed_fields():
            by_columns[tuple(names)].append(each)
    for names, those in by_columns.items():
        # Where one alone may say yes, whoever says no says it first.
        those.sort(key=lambda each: [vars(each).get(name) is True for name in names])
        in_bulk.update(names, those, is_claimed=is_guarded)
    in_bulk.remember([each for those in by_columns.values() for each in those], "~")


def put_back(records: Sequence[Any]) -> None:
    """Records that were deleted come back under their own numbers, so that their history goes on."""
    if not records:
        return
    model = type(records[0])
    since = [field for field in model._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    began = {each.pk: [getattr(each, field.attname) for field in since] for each in records}
    for each in records:
        if hasattr(each, "derive"):
            each.derive()
        # A form that was opened before it went must not be taken for one of today: versions begin at this second.
        if hasattr(each, "version"):
            each.version = int(timezone.now().timestamp())
    model._base_manager.bulk_create(records, batch_size=in_bulk.BATCH)
    for each in records:
        for field, moment in zip(since, began[each.pk], strict=True):
            setattr(each, field.attname, moment)
    if since:
        in_bulk.update([field.name for field in since], records)
    in_bulk.remember(records, "+")
