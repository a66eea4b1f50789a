"""What taking back would do and what it did, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trail.domain.changes import Change
from trail.domain.undoing import kinds
from trail.domain.undoing.outcome import Outcome
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import never_on
from trail.models import Operation
from trail.pages.words import Names, Story, label, words


@dataclass(frozen=True)
class Row:
    """One fact: what the operation made of it, what is there now, and what would be."""

    piece: Piece
    label: str
    was: str = ""
    became: str = ""
    now: str = ""
    after: str = ""
    #: Where a record comes or goes there is one sentence instead.
    sentence: str = ""
    changed_by: Any = None


def rows(pieces: Iterable[Piece], decision: Any, changed_by: dict[str, Operation] | None = None) -> list[Row]:
    """The pieces in the reader's words; as many queries for one as for many."""
    pieces = list(pieces)
    told = [(piece, piece.then(), piece.effect()) for piece in pieces]
    names = Names(_speakable(told), decision)
    found: list[Row] = []
    for piece, then, effect in told:
        speaker = words.get(then[0].model._meta.label)
        found += _rows(piece, speaker.stories(_of(then), names), speaker.stories(_of(effect), names), changed_by or {})
    return found


def _speakable(told: Iterable[tuple[Piece, list[Change], list[Change]]]) -> list[Change]:
    return [change for _piece, *both in told for changes in both for change in _of(changes)]


def _of(changes: Iterable[Change]) -> list[Change]:
    """Without those in which nothing is there before and after."""
    return [each for each in changes if each.was is not None or each.became is not None]


def _rows(piece: Piece, then: list[Story], effect: list[Story], changed_by: dict[str, Operation]) -> list[Row]:
    before = {line.label: line for story in then for line in story.lines}
    who = changed_by.get(piece.key)
    found = []
    for story in effect:
        if story.lines and not (story.is_new and story.title):
            for line in story.lines:
                old = before.get(line.label)
                was, became = (old.old, old.new) if old else ("", "")
                found.append(Row(piece, line.label, was, became, line.old, line.new, "", who))
        elif story.title:
            earlier = next((each.title for each in then if each.title), "")
            found.append(Row(piece, earlier, sentence=story.title, changed_by=who))
    return found or [Row(piece, _fallback(piece), changed_by=who)]


def _fallback(piece: Piece) -> str:
    """What the words of history pass over is named by its column."""
    if piece.names:
        field = next(each for each in piece.record._meta.concrete_fields if each.attname == piece.names[0])
        return label(field)
    return str(piece.record._meta.verbose_name).capitalize()


def changes_words(outcome: Outcome) -> str:
    """*312 changes of 120 counterparties*."""
    changes = ngettext("%(number)s change", "%(number)s changes", outcome.chosen) % {"number": _n(outcome.chosen)}
    if not outcome.owners:
        return changes
    owners = ngettext("%(number)s counterparty", "%(number)s counterparties", outcome.owners)
    told = {"changes": changes, "counterparties": owners % {"number": _n(outcome.owners)}}
    return _("%(changes)s of %(counterparties)s") % told


def done_words(outcome: Outcome) -> str:
    """*Taken back: 312 changes of 120 counterparties; 3 left as they are because they were changed since.*"""
    if not outcome.chosen:
        return _("Nothing was taken back.")
    parts = [_("Taken back: %(what)s") % {"what": changes_words(outcome)}]
    if outcome.left:
        sentence = ngettext(
            "%(number)s left as it is because it was changed since",
            "%(number)s left as they are because they were changed since",
            outcome.left,
        )
        parts.append(sentence % {"number": _n(outcome.left)})
    if outcome.cannot:
        sentence = ngettext("%(number)s could not be taken back", "%(number)s could not be taken back", outcome.cannot)
        parts.append(sentence % {"number": _n(outcome.cannot)})
    return f"{'; '.join(parts)}."


def never_words(operation: Operation, outcome: Outcome) -> list[str]:
    """Why nothing of an operation is taken back, where that is so whoever asks."""
    if why := kinds.why_never(operation) or kinds.why_not_yet(operation):
        return [why]
    if outcome.count:
        return []
    return [str(each.never) for each in never_on(operation.pk)]


def _n(count: int) -> str:
    return number_format(count, force_grouping=True)
