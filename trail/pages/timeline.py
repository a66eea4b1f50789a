"""The timeline of a thing: one entry per operation, newest first, only what the reader may see."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from trail.domain import changes as history
from trail.domain.changes import Change, Part
from trail.domain.undoing import kinds
from trail.models import Operation
from trail.pages.words import Line, Names, Story, Topic, words

#: Facts of one entry that stand open; the rest unfolds.
OPEN_LINES = 6
#: Facts of one entry in a short account.
SHORT_LINES = 3


@dataclass(frozen=True)
class Entry:
    """One operation as the reader sees it."""

    operation: Operation
    stories: list[Story]

    @property
    def who(self) -> str:
        return str(self.operation.user) if self.operation.user else _("the system")

    @cached_property
    def may_be_undone(self) -> bool:
        return not kinds.why_never(self.operation)

    @cached_property
    def has_facts(self) -> bool:
        """Can one fact of it be taken back, and the others left? What came as a whole goes as a whole."""
        return self.may_be_undone and self.count > 1 and not any(story.is_birth for story in self.stories)

    @property
    def count(self) -> int:
        return sum(len(story.lines) for story in self.stories)

    @property
    def is_long(self) -> bool:
        return self.count > OPEN_LINES

    @property
    def titles(self) -> list[str]:
        return [story.title for story in self.stories if story.title]

    @property
    def changed_lines(self) -> list[Line]:
        """From → to alone, for a short account: the first facts of what was added are left to the whole one."""
        if any(story.is_birth for story in self.stories):
            return []
        return [line for story in self.stories if not story.is_new for line in story.lines]

    @property
    def first_lines(self) -> list[Line]:
        return self.changed_lines[:SHORT_LINES]

    @property
    def more(self) -> int:
        return len(self.changed_lines) - len(self.first_lines)


@dataclass(frozen=True)
class Timeline:
    """A page of entries; ``older`` is the operation before which the next page begins, or None."""

    entries: list[Entry]
    older: int | None


def parts_of(thing: Any, decision: Any) -> list[Part]:
    """Everything recorded about a thing that the reader may see."""
    return [part for each in words if (part := each.part(thing, decision))]


def topics_of(thing: Any, parts: list[Part], decision: Any) -> dict[str, tuple[Part, Topic]]:
    """What the timeline of a thing can be narrowed to, by code."""
    known = {part.model: part for part in parts}
    speakers = [each for each in words if each.model in known]
    return {topic.code: (known[each.model], topic) for each in speakers for topic in each.topics(decision, thing)}


def timeline(
    parts: list[Part],
    decision: Any,
    *,
    most: int = 30,
    before: int | None = None,
    about: tuple[Part, Topic] | None = None,
    **asked: Any,
) -> Timeline:
    """The newest entries. An operation in which nothing is for the reader is passed over, and the page is full.

    ``about``: one topic alone; ``asked``: lookups of the operation.
    """
    topic = None
    if about:
        part, topic = about
        parts = [Part(part.model, part.rows & topic.rows())]
    entries: list[Entry] = []
    while True:
        found = history.operations(parts, most=most + 1, before=before, **asked)
        entries += _entries(dict(list(found.items())[:most]), decision, topic)
        if len(entries) > most or len(found) <= most:
            break
        before = list(found)[most - 1]
        if len(entries) == most:
            return Timeline(entries, before)
    older = entries[most - 1].operation.pk if len(entries) > most else None
    return Timeline(entries[:most], older)


def _entries(found: dict[int, list[Part]], decision: Any, topic: Topic | None) -> list[Entry]:
    touched: dict[int, list[int]] = defaultdict(list)
    by_id = {}
    for operation, parts in found.items():
        for part in parts:
            by_id[id(part)] = part
            touched[id(part)].append(operation)
    all_changes: list[Change] = []
    for key, part in by_id.items():
        changed = history.changes(part, touched[key])
        all_changes += [each for each in changed if topic is None or topic.holds(each)]
    names = Names(all_changes, decision)
    stories: dict[int, list[Story]] = defaultdict(list)
    for speaker in words:
        told: dict[int, list[Change]] = defaultdict(list)
        for change in all_changes:
            if change.model is speaker.model:
                told[change.operation].append(change)
        for operation, changes in told.items():
            stories[operation] += speaker.stories(changes, names)
    operations = Operation.objects.select_related("user").in_bulk([pk for pk, said in stories.items() if said])
    return [Entry(operations[pk], stories[pk]) for pk in found if stories[pk]]
