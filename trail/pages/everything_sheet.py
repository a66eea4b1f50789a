"""All of history as a file: a row for each fact that changed."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.sheets import Heading, Plain
from trail.domain.changes import Part
from trail.models import Operation
from trail.pages.everything import Told, told
from trail.pages.words import Words

JSON = "json"
#: The codes of those of these ids that the reader may know, and that are things with a code.
Codes = Callable[[Words, Collection[int]], dict[int, str]]


class Everything(Plain):
    """``codes`` names the counterparties, of which history itself knows no more than numbers."""

    def __init__(
        self,
        user: Any,
        parts: dict[Words, Part],
        operations: QuerySet[Operation],
        decision: Any,
        codes: Codes,
        filters: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(
            user,
            "history",
            _("History"),
            address="/operations/",
            columns=columns(),
            rows=self._read(told(parts, operations, decision), codes),
            filters=filters,
        )
        self.through = "command"

    def _read(self, portions: Iterable[list[Told]], codes: Codes) -> Iterator[Sequence[Any]]:
        for portion in portions:
            owners: dict[Words, set[int]] = {}
            for each in portion:
                owners.setdefault(each.speaker, set()).add(each.owner)
            known = {speaker: codes(speaker, ids) for speaker, ids in owners.items()}
            self.about.extend({pk for named in known.values() for pk in named})
            for each in portion:
                yield from rows_of(each, known[each.speaker].get(each.owner))

    def written(self, ending: str) -> tuple[Iterator[bytes], str]:
        if ending != JSON:
            return super().written(ending)
        return self._in_json(), "application/x-ndjson"

    def _in_json(self) -> Iterator[bytes]:
        keys = [column.key for column in self.columns]
        for row in self._counted():
            said = dict(zip(keys, row, strict=True))
            yield (json.dumps(said, ensure_ascii=False, cls=DjangoJSONEncoder) + "\n").encode("utf-8", "replace")


def columns() -> list[Heading]:
    return [
        Heading("operation", _("Operation")),
        Heading("at", _("When")),
        Heading("user", _("Who")),
        Heading("kind", _("Through what")),
        Heading("reason", _("Reason")),
        Heading("sort", _("Sort of record")),
        Heading("record", _("Number of the record")),
        Heading("counterparty", _("Counterparty")),
        Heading("story", _("What happened")),
        Heading("fact", _("Fact")),
        Heading("old", _("Before")),
        Heading("new", _("After")),
    ]


def rows_of(each: Told, code: str | None) -> Iterator[Sequence[Any]]:
    made = each.operation
    head = [
        made.pk,
        localtime(made.at),
        str(made.user) if made.user else _("the system"),
        str(made.get_kind_display()),
        made.reason or None,
        each.speaker.sort,
        each.record,
        code,
    ]
    for story in each.stories:
        if not story.lines:
            yield [*head, _plain(story.title), None, None, None]
        for line in story.lines:
            yield [*head, _plain(story.title), str(line.label), _plain(line.old), _plain(line.new)]


def _plain(said: str) -> str | None:
    """Words of a page without its links and pictures."""
    return (unescape(strip_tags(said)) if isinstance(said, SafeString) else str(said)) or None
