"""The words of the timeline: how history speaks of each recorded model. Apps register theirs in `timeline.py`."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.registry import Registry
from trail.domain.changes import Change, Part, recorded

words = Registry("model in words")


@dataclass(frozen=True)
class Line:
    """One fact: what it was and what it became, in the reader's words; safe strings may hold links and pictures."""

    label: str
    old: str = ""
    new: str = ""
    #: Its name where it can be taken back alone.
    fact: str = field(default="", compare=False)


@dataclass(frozen=True)
class Story:
    """What happened to one record: a sentence, the facts, or both."""

    title: str = ""
    lines: list[Line] = field(default_factory=list)
    is_new: bool = False  # the record was added: its facts are no changes
    is_birth: bool = False  # and it is the thing itself whose timeline this is


@dataclass(frozen=True)
class Topic:
    """Something that changes can be narrowed to: all of a model, one field of it, or some of its rows."""

    code: str
    label: Any
    heading: Any = ""
    #: The rows of history that are about it; made for the one topic that is asked for.
    rows: Callable[[], Q] = Q
    fact: str = ""

    def holds(self, change: Change) -> bool:
        """Is the change about it? Of a new record only where something is said."""
        if not self.fact:
            return True
        if change.was is None and _content(change.became, self.fact) in (None, "", False):
            return False
        return any(each.name == self.fact for each in change.fields())


def _content(record: Any, name: str) -> Any:
    return getattr(record, record._meta.get_field(name).attname)


class Words:
    """How the timeline speaks of one model. Sentences may name the record: ``%(name)s``."""

    code = ""
    position = 0
    model: Any = None
    thing: Any = None  # the model of what it hangs on and is told with; its own when it stands for itself
    owner: Any = F("id")  # the id of that thing, as a row of history has it
    counted: Any = ""  # how many there are: ngettext_lazy("%(number)s note", "%(number)s notes", "count")
    added: Any = ""
    changed: Any = ""
    removed: Any = ""
    unknown: Any = None  # said of a record of this model that the reader may not see, or that is gone
    one: Any = ""  # what a record is called, where the model's own name is no word of the office
    many: Any = ""
    left_out: tuple[str, ...] = ()  # fields that say nothing to a reader, besides the key
    in_name: tuple[str, ...] = ()  # fields that the sentence says already
    said: dict[str, Callable[[Any], str]] = {}  # fields whose content is said in its own way

    def part(self, thing: Any, decision: Any) -> Part | None:
        """The rows of this model's history that belong to a thing, as far as the reader may see them."""
        raise NotImplementedError

    def rows(self, decision: Any) -> Q | None:
        """The rows of this model's history that the reader may see, whosever they are; None when there are none."""
        return None

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        """What the changes of this model can be narrowed to; of one thing, if it is said."""
        return [Topic(self.model._meta.model_name, capfirst(self.many or self.model._meta.verbose_name_plural))]

    @property
    def sort(self) -> str:
        """*Client*, *Role*: what stands beside the name of a record."""
        return str(capfirst(str(self.one or self.model._meta.verbose_name)))

    def url(self, record: Any, decision: Any) -> str:
        """Where the record is read; empty when it has no page of its own."""
        return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else ""

    def is_exact(self, decision: Any) -> bool:
        """Does every row the reader may see tell something? Else its story must be read before one knows."""
        return True

    def whose(self, records: Iterable[Any]) -> list[int]:
        """The ids of the things these records hang on."""
        return [getattr(each, self.owner.name) for each in records]

    def named(self, ids: Iterable[Any], decision: Any) -> dict[Any, Any]:
        """The records of these ids that may be named to the reader."""
        return self.model._base_manager.in_bulk(list(ids))

    def shown(self, record: Any) -> str:
        """A record of this model where a changed fact points at it; a safe string may hold a link or a picture."""
        return str(record)

    def stories(self, changes: list[Change], names: "Names") -> list[Story]:
        """What one operation did to records of this model."""
        return [story for change in changes if (story := self.story(change, names))]

    def story(self, change: Change, names: "Names") -> Story | None:
        lines = self.lines(change, names)
        # A record that is gone is named; its facts stand in the entries before.
        if change.became is None:
            return Story(self._titled(self.removed, change, names))
        if change.was is None:
            return Story(self._titled(self.added, change, names), [line for line in lines if line.new], is_new=True)
        return Story(self._titled(self.changed, change, names), lines) if lines else None

    def name(self, record: Any, names: "Names") -> str:
        """What the record is called in the sentences."""
        return str(record)

    def _titled(self, sentence: Any, change: Change, names: "Names") -> str:
        return str(sentence) % {"name": self.name(change.record, names)} if sentence else ""

    def lines(self, change: Change, names: "Names") -> list[Line]:
        """The facts that changed. Of a new record a "no" is no news."""
        return [
            Line(
                label(each), self.say(each, change.was, names), self.say(each, change.became, names), fact(change, each)
            )
            for each in change.fields()
            if each.name not in (*self.left_out, *self.in_name)
            and not each.primary_key
            and not (change.was is None and getattr(change.became, each.attname) is False)
        ]

    def say(self, each: models.Field, record: Any, names: "Names") -> str:
        """The content of one field in the reader's words; empty when nothing is said."""
        content = None if record is None else getattr(record, each.attname)
        if content is None or content == "":
            return ""
        if each.name in self.said:
            return self.said[each.name](content)
        if each.is_relation:
            return names.of(each.related_model, content)
        if each.choices:
            return str(dict(each.flatchoices).get(content, content))
        return plain_words(content)


def fact(change: Change, each: models.Field) -> str:
    """The name of one changed fact of a record that was there before and after."""
    if change.was is None or change.became is None:
        return ""
    return f"{change.model._meta.model_name}-{change.record.pk}-{each.name}"


def label(each: models.Field) -> str:
    """The name of a field at the head of its line."""
    name = str(each.verbose_name)
    return name[:1].upper() + name[1:]


def plain_words(content: Any) -> str:
    """Dates, numbers and yes/no as the reader writes them."""
    if isinstance(content, bool):
        return _("Yes") if content else _("No")
    if isinstance(content, datetime.datetime):
        return date_format(localtime(content), "DATETIME_FORMAT")
    if isinstance(content, datetime.date):
        return date_format(content)
    if isinstance(content, Decimal | int):
        return number_format(content, use_l10n=True, force_grouping=True)
    return str(content)


class Names:
    """What the changes of one page point at, read at once: one query per model pointed at."""

    def __init__(self, changes: Iterable[Change], decision: Any) -> None:
        self.decision = decision
        self._kept: dict[Any, Any] = {}
        asked: dict[Any, set[Any]] = defaultdict(set)
        for change in changes:
            speaker = words.get(change.model._meta.label)
            for each in recorded(change.model):
                if each.is_relation and each.name not in speaker.left_out:
                    ids = {getattr(record, each.attname) for record in (change.was, change.became) if record}
                    asked[each.related_model] |= ids - {None}
        self._found = {model: self._named(model, ids) for model, ids in asked.items() if ids}

    def _named(self, model: Any, ids: set[Any]) -> dict[Any, Any]:
        if model._meta.label in words:
            return words.get(model._meta.label).named(ids, self.decision)
        return model._base_manager.in_bulk(list(ids))

    def get(self, model: Any, pk: Any) -> Any:
        """The record itself, or None when it is gone or not for the reader."""
        return self._found.get(model, {}).get(pk)

    def once(self, speaker: Words, read: Callable[[], Any]) -> Any:
        """What a speaker needs for each story of the page and reads for the first."""
        if speaker.code not in self._kept:
            self._kept[speaker.code] = read()
        return self._kept[speaker.code]

    def of(self, model: Any, pk: Any) -> str:
        found = self.get(model, pk)
        speaker = words.get(model._meta.label) if model._meta.label in words else None
        if found is not None:
            return speaker.shown(found) if speaker else str(found)
        return str(speaker.unknown) if speaker and speaker.unknown else _("no longer there")
