"""What the page before taking back shows: what would go back, what was changed since, what stays and why."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import text
from desk.pages.addresses import Address
from trail.domain.undoing import reading, whole
from trail.domain.undoing.asked import EVERYTHING, Asked
from trail.domain.undoing.outcome import OFFERED, Outcome
from trail.domain.undoing.stretch import Stretch
from trail.models import Operation
from trail.pages.undo_words import Row, changes_words, rows
from trail.pages.words import words

#: So many counterparties are shown on a page, and so many facts of the settings.
SUBJECTS_A_PAGE, FACTS_A_PAGE = 25, 200
#: Nobody turns further.
LAST_PAGE = 10**6


@dataclass(frozen=True)
class Group:
    """One counterparty, or one sort of settings, with what would be taken back of it."""

    name: str
    url: str
    rows: list[Row]


class Page:
    """One page of the question; the counts are those of the whole."""

    def __init__(self, operation: Operation, what: Asked, outcome: Outcome, request: HttpRequest) -> None:
        self.operation, self.what, self.outcome = operation, what, outcome
        self.decision, self._path = request.decision, request.path
        self._narrowed = [(name, said) for name, said in (("record", what.record), ("fact", what.fact)) if said]
        asked = text.number(request.GET.get("page", ""))
        self.number = 1 if asked is None else min(asked, LAST_PAGE)

    # ---- in a sentence

    @property
    def question(self) -> str:
        if not self.outcome.chosen:
            return "" if self.outcome.is_partial else _("Nothing of it is there to be taken back.")
        return _("%(what)s would be taken back.") % {"what": changes_words(self.outcome)}

    @property
    def about_the_rest(self) -> str:
        """Of a large operation, not everything is looked at before it is done."""
        if not self.outcome.is_partial:
            return ""
        told = {"total": _n(self.outcome.total), "seen": _n(self.outcome.looked_at)}
        return (
            _(
                "The operation touched %(total)s; the first %(seen)s were looked at for this page. It is taken back "
                "behind the pages: what was changed since, or cannot be taken back, is left as it is there too."
            )
            % told
        )

    @property
    def same(self) -> str:
        sentence = ngettext(
            "%(number)s fact is as it was before already.",
            "%(number)s facts are as they were before already.",
            self.outcome.same,
        )
        return sentence % {"number": _n(self.outcome.same)} if self.outcome.same else ""

    # ---- what would go back

    @cached_property
    def groups(self) -> list[Group]:
        """The pieces of this page, read alone: as long as the page is, however many there are in all."""
        found: list[Group] = []
        for ground, those in self._portion:
            stretch = Stretch(ground, those, self.operation, self.decision, self.what, is_held=False).look()
            pieces = stretch.ready()[:FACTS_A_PAGE]
            found += self._grouped(rows(pieces, self.decision), ground.things(stretch))
        return found

    def _grouped(self, told: list[Row], things: dict[int, Any]) -> list[Group]:
        of_subjects = [row for row in told if row.piece.subject]
        return self._of_subjects(of_subjects, things) + self._of_office([row for row in told if not row.piece.subject])

    def _of_subjects(self, told: list[Row], things: dict[int, Any]) -> list[Group]:
        by_subject: dict[int, list[Row]] = defaultdict(list)
        for row in told:
            by_subject[row.piece.subject].append(row)
        return [
            Group(str(things[pk]), things[pk].get_absolute_url(), those) for pk, those in sorted(by_subject.items())
        ]

    def _of_office(self, told: list[Row]) -> list[Group]:
        """Each object of the settings with what belongs to it."""
        by_thing: dict[tuple[Any, int], list[Row]] = defaultdict(list)
        for row in told:
            speaker = words.get(row.piece.record._meta.label)
            by_thing[speaker.thing or speaker.model, speaker.whose([row.piece.record])[0]].append(row)
        asked: dict[Any, set[int]] = defaultdict(set)
        for model, pk in by_thing:
            asked[model].add(pk)
        there = {model: words.get(model._meta.label).named(pks, self.decision) for model, pks in asked.items()}
        return [self._thing(model, there[model].get(pk), those) for (model, pk), those in by_thing.items()]

    def _thing(self, model: Any, there: Any, told: list[Row]) -> Group:
        known = there if there is not None else told[0].piece.record
        name = str(known) if isinstance(known, model) else _("no longer there")
        url = words.get(model._meta.label).url(there, self.decision) if there is not None else ""
        return Group(f"{capfirst(str(model._meta.verbose_name))}: {name}", url, told)

    @cached_property
    def _all(self) -> list[tuple[Any, int]]:
        return [(ground, pk) for ground, those in whole.subjects(self.operation, self.what) for pk in those]

    @property
    def _portion(self) -> list[tuple[Any, list[int]]]:
        start = (self.number - 1) * SUBJECTS_A_PAGE
        found: dict[Any, list[int]] = defaultdict(list)
        for ground, pk in self._all[start : start + SUBJECTS_A_PAGE]:
            found[ground].append(pk)
        return list(found.items())

    @property
    def previous_url(self) -> str:
        return self._turned(self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return self._turned(self.number + 1) if self.number * SUBJECTS_A_PAGE < len(self._all) else ""

    def _turned(self, number: int) -> str:
        return str(Address(self._path, [*self._narrowed, ("page", str(number))]))

    @property
    def action(self) -> str:
        return str(Address(self._path, self._narrowed))

    # ---- what was changed since

    @cached_property
    def since(self) -> list[Group]:
        """With who changed it; ticked are those that were chosen all the same."""
        told = rows(self.outcome.since, self.decision, reading.changed_by(self.outcome.since, self.operation))
        return self._grouped(told, self.outcome.things)

    @property
    def has_more_since(self) -> bool:
        return self.outcome.standings["since"] > OFFERED or self.outcome.is_partial

    @property
    def ticked(self) -> set[str]:
        return set(self.what.also) | (
            {piece.key for piece in self.outcome.since} if EVERYTHING in self.what.also else set()
        )

    # ---- what stays, and why

    @cached_property
    def stays(self) -> list[dict[str, Any]]:
        found = []
        for why, pieces in self.outcome.whys.items():
            count = self.outcome.why_counts[why]
            groups = self._grouped(rows(pieces, self.decision), self.outcome.things)
            found.append({"why": why, "groups": groups, "more": max(count - len(pieces), 0)})
        return found


def _n(count: int) -> str:
    return number_format(count, force_grouping=True)
