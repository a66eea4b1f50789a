"""Who knows how to take what back. Apps register theirs in `undoing.py`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from desk.registry import Registry
from trail.domain import changes as history
from trail.domain.changes import Change, Part
from trail.domain.touched import models_of

from . import reading, writing
from .pieces import Piece

if TYPE_CHECKING:
    from .stretch import Stretch

grounds = Registry("ground of what is taken back")
undoings = Registry("model that is taken back")


class Ground:
    """What records stand on: the counterparties, or the settings of the office."""

    code = ""
    position = 0

    def subjects(self, operation: int) -> Sequence[int]:
        """Whom the operation touched here, in the order in which they are held."""
        return [0] if touched_on(self.code, operation) else []

    def enter(self, stretch: "Stretch") -> None:
        """Read what the records of a stretch stand on, and hold it when it is going to be written."""

    def refusal(self, piece: Piece, stretch: "Stretch") -> str:
        """Why nothing of a subject is taken back, whatever it is; empty when it is."""
        return ""

    def leave(self, stretch: "Stretch") -> None:
        """Write what belongs together, after the models have written theirs."""

    def things(self, stretch: "Stretch") -> dict[int, Any]:
        """The subjects themselves, where they are something that has a page."""
        return {}


class Undoing:
    """How changes of one model are taken back. Parents have a smaller ``position`` than what points at them."""

    code = ""
    position = 0
    model: Any = None
    ground = ""
    #: Why such a change is never taken back, in words; empty where it is.
    never: Any = ""
    #: The column that leads to the counterparty a record belongs to; empty where it belongs to the office.
    owner = ""
    #: Columns that follow from others of the list and make no record another one.
    loose: tuple[str, ...] = ("position",)
    #: Columns that no two records share; a record of which ``is_alone`` says no is not asked.
    unique: tuple[tuple[str, ...], ...] = ()
    #: Columns that are found or made anew instead of being kept as they stood.
    made: tuple[str, ...] = ()
    #: What is stopped is not pointed at anew.
    leaves_stopped = False
    #: Models of records that go with it.
    takes_along: tuple[Any, ...] = ()
    #: Has it a version of its own, which forms carry?
    is_guarded = False
    #: Are some of its facts nothing but beside each other? Then ``at_odds`` says what may not stand together.
    has_facts_together = False

    @property
    def name(self) -> str:
        return self.model._meta.model_name

    # ---- which changes there are

    def subjects(self, operation: int) -> Iterable[int]:
        """The counterparties of the records that an operation touched."""
        return self._written(operation).values_list(self.owner, flat=True).distinct() if self.owner else ()

    def _written(self, operation: int) -> QuerySet:
        return self.model.history.filter(operation=operation).order_by()

    def rows(self, stretch: "Stretch") -> Q:
        """The rows of history that belong to the subjects of a stretch."""
        return Q(**{f"{self.owner}__in": stretch.subjects}) if self.owner else Q()

    def subject(self, change: Change, stretch: "Stretch") -> int:
        return getattr(change.record, self.owner) if self.owner else 0

    def is_seen(self, change: Change, stretch: "Stretch") -> bool:
        """May the reader know of this change?"""
        raise NotImplementedError

    # ---- what would be taken back

    def changes(self, stretch: "Stretch") -> list[Change]:
        """What the operation did, as far as the reader may know."""
        found = history.changes(Part(self.model, self.rows(stretch)), [stretch.operation.pk])
        seen = [each for each in found if self.is_seen(each, stretch)]
        stretch.unknown |= reading.without_past(self.model, seen, stretch.operation.pk)
        return seen

    def pieces(self, stretch: "Stretch") -> list[Piece]:
        """A constant number of queries: what the operation did, what was before, what is there now."""
        seen = self.changes(stretch)
        now = self.now(seen, stretch)
        return [piece for each in seen for piece in reading.pieces_of(self, each, now.get(each.record.pk), stretch)]

    def now(self, changes: Sequence[Change], stretch: "Stretch") -> dict[int, Any]:
        """The records as they are, held when they are going to be written."""
        rows = self.model._base_manager.filter(pk__in=[each.record.pk for each in changes]).order_by("pk")
        return {each.pk: each for each in (rows.select_for_update(of=("self",)) if stretch.is_held else rows)}

    def refusal(self, piece: Piece, stretch: "Stretch") -> str:
        """Why it is not taken back by this user, or by the rules of the office; empty when it is.

        Where a right is missing, the piece is told which (``piece.lacks``).
        """
        return ""

    def at_odds(self, record: Any, pieces: Sequence[Piece], stretch: "Stretch") -> Mapping[str, str]:
        """What of these facts of one record cannot be so: why, by column. ``record``: as it would be."""
        return {}

    def is_alone(self, record: Any, columns: tuple[str, ...]) -> bool:
        """Is the record asked to share these columns with no other?"""
        return all(getattr(record, name) not in (None, "") for name in columns)

    def behind(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that these follow from."""
        return columns

    def taken_words(self, record: Any, columns: tuple[str, ...], holder: Any, stretch: "Stretch") -> str:
        """Why a record cannot be there beside the one that holds the same."""
        return reading.taken_words(record, columns)

    # ---- taking it back

    def write(self, pieces: Sequence[Piece], stretch: "Stretch") -> None:
        """What goes, goes first: nothing of it stands in the way of what comes."""
        writing.write(self, pieces, stretch)

    def settle(self, pieces: Sequence[Piece], stretch: "Stretch") -> None:
        """What follows from it: the order of a list."""


def undoings_on(ground: str) -> list[Undoing]:
    """Those that are taken back on a ground, parents first."""
    return [each for each in undoings if each.ground == ground and not each.never]


def touched_on(ground: str, operation: int) -> list[Undoing]:
    """Those of them whose records an operation touched. One query: of forty models it is mostly two or three."""
    return _touched(undoings_on(ground), operation)


def never_on(operation: int) -> list[Undoing]:
    """Those whose records an operation touched and that are never taken back. One query."""
    return _touched([each for each in undoings if each.never], operation)


def _touched(those: Sequence[Undoing], operation: int) -> list[Undoing]:
    found = models_of([each.model for each in those], [operation]).get(operation, set())
    return [each for each in those if each.model in found]
