"""What one operation changed, thing by thing: a page at a time, however many thousands there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from desk import text
from trail.domain import changes as history
from trail.domain import touched
from trail.domain.changes import Change, Part
from trail.domain.touched import Held
from trail.models import Operation
from trail.pages.known import Knowing
from trail.pages.words import Names, Story, Topic, Words, words

THINGS_A_PAGE = 30
#: Longer than this no place within an operation is written.
LONGEST_PLACE = 64


@dataclass(frozen=True)
class Thing:
    """One counterparty, one type, one role …: what the operation did to it and to what hangs on it."""

    key: str
    sort: str
    name: str
    url: str
    stories: list[Story]


@dataclass(frozen=True)
class Page:
    things: list[Thing]
    #: Where the next page begins; empty at the end.
    next: str


class Within:
    """One operation as one reader sees it, ``about`` one topic if one is asked for."""

    def __init__(self, operation: Operation, knowing: Knowing, counts: dict[Any, int], about: str = "") -> None:
        self.operation, self.knowing, self.decision = operation, knowing, knowing.decision
        self._touched = knowing.told(counts)
        self._about = about

    @cached_property
    def topics(self) -> dict[str, tuple[Words, Topic]]:
        """What the page can be narrowed to, by code: sorts of records, and facts where there are many of a sort."""
        return {topic.code: (speaker, topic) for speaker in self._touched for topic in speaker.topics(self.decision)}

    @property
    def about(self) -> str:
        """The topic that is asked for; empty when there is no such one in this operation."""
        return self._about if self._about in self.topics else ""

    @cached_property
    def _held(self) -> dict[Any, list[tuple[Words, Held]]]:
        """Each model's rows, by the model of the thing they are told with, in the order of the page."""
        asked = dict(self._touched)
        if self.about:
            speaker, topic = self.topics[self.about]
            asked = {speaker: Part(speaker.model, self._touched[speaker].rows & topic.rows())}
        found: dict[Any, list[tuple[Words, Held]]] = {
            each.model: [] for each in words if each.thing is None or each.thing is each.model
        }
        for speaker, part in asked.items():
            found[speaker.thing or speaker.model].append((speaker, Held(part, speaker.owner)))
        return {model: held for model, held in found.items() if held}

    def page(self, place: str) -> Page:
        """The things behind a place, in the order of their sorts, each sort by number."""
        sort, after = self._read(place)
        found: list[Thing] = []
        models = list(self._held)
        for model in models[models.index(sort) if sort else 0 :]:
            start = after if model is sort else 0
            left = THINGS_A_PAGE - len(found)
            owners = self._owners(model, start, left + 1)
            found += self._things(model, owners[:left])
            if len(owners) > left:
                last, number = (model, owners[left - 1]) if left else (model, start)
                return Page(found, f"{last._meta.model_name}-{number}")
        return Page(found, "")

    def _read(self, place: str) -> tuple[Any, int]:
        name, _dash, word = place[:LONGEST_PLACE].rpartition("-")
        model = next((each for each in self._held if each._meta.model_name == name), None)
        number = text.number(word)
        return (None, 0) if model is None or number is None else (model, number)

    def _owners(self, model: Any, after: int, many: int) -> list[int]:
        held = [each for _speaker, each in self._held[model]]
        return touched.owners(held, self.operation.pk, after=after, many=many)

    def _things(self, model: Any, owners: list[int]) -> list[Thing]:
        if not owners:
            return []
        told: list[tuple[Words, dict[int, list[Change]]]] = []
        everything: list[Change] = []
        for speaker, held in self._held[model]:
            found = history.changes(held.of(owners), [self.operation.pk])
            if self.about:
                found = [each for each in found if self.topics[self.about][1].holds(each)]
            everything += found
            told.append((speaker, self._by_owner(speaker, found)))
        names, speaker = Names(everything, self.decision), words.get(model._meta.label)
        there = speaker.named(owners, self.decision)
        things = []
        for owner in owners:
            stories = [
                story for each, changed in told if owner in changed for story in each.stories(changed[owner], names)
            ]
            if stories:
                things.append(self._thing(speaker, owner, there.get(owner), self._last(told, model, owner), stories))
        return things

    @staticmethod
    def _by_owner(speaker: Words, found: list[Change]) -> dict[int, list[Change]]:
        by_owner: dict[int, list[Change]] = defaultdict(list)
        for owner, change in zip(speaker.whose(each.record for each in found), found, strict=True):
            by_owner[owner].append(change)
        return by_owner

    @staticmethod
    def _last(told: Iterable[tuple[Words, dict[int, list[Change]]]], model: Any, owner: int) -> Any:
        """The thing as the operation knew it, for those that are gone."""
        own = [changed[owner][0].record for speaker, changed in told if speaker.model is model and owner in changed]
        return own[0] if own else None

    def _thing(self, speaker: Words, owner: int, there: Any, last: Any, stories: list[Story]) -> Thing:
        record = there if there is not None else last
        name = str(record) if record is not None else str(speaker.unknown or _("no longer there"))
        url = speaker.url(there, self.decision) if there is not None and not isinstance(there, str) else ""
        return Thing(f"{speaker.model._meta.model_name}-{owner}", speaker.sort, name, url, stories)
