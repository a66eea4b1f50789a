"""The columns of the list of operations; its sheet has the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.columns import Column, Fact
from trail.kinds import act_choices
from trail.models import Operation
from trail.pages.known import Knowing
from trail.pages.whom import Whom, whom

#: So many records of a sort are counted in a list; its own page counts on. Whose each row of fifty imports is, is asked
#: for 100 ms at a million where a thousand are counted, for 10 to 20 where a hundred are, and for 2 to 5 so.
COUNTED = 20


class When(Column):
    """The moment; leads to the operation."""

    key, css, fields, order_by = "at", "name moment", ("at",), ("at",)

    def __init__(self) -> None:
        self.title = _("When")

    def value(self, record: Operation) -> datetime:
        return record.at

    def html(self, record: Operation) -> str:
        said = escape(date_format(localtime(record.at), "SHORT_DATETIME_FORMAT"))
        return f'<a href="/operations/{record.pk}/">{said}</a>'


class Who(Column):
    """The person, or the system."""

    key, css = "user", "text cut"
    fields = ("user__username", "user__first_name", "user__last_name")

    def __init__(self) -> None:
        self.title = _("Who")

    def value(self, record: Operation) -> str:
        return str(record.user) if record.user else _("the system")

    def html(self, record: Operation) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class What(Column):
    """Through what it was done."""

    key, css, fields = "kind", "text cut", ("kind",)

    def __init__(self) -> None:
        self.title = _("Through what")
        self._words = {code: str(label) for code, label in act_choices()}

    def value(self, record: Operation) -> str:
        return self._words.get(record.kind, record.kind)

    def html(self, record: Operation) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class Counts:
    """What the operations of a page touched: counted once for the columns that tell of it."""

    def __init__(self, knowing: Knowing) -> None:
        self._knowing = knowing
        self._counts: dict[int, dict[Any, int]] = {}

    def of(self, records: Sequence[Operation]) -> dict[int, dict[Any, int]]:
        asked = {each.pk for each in records}
        if asked != self._counts.keys():
            self._counts = {pk: {} for pk in asked} | self._knowing.counted(list(asked), most=COUNTED)
        return self._counts


class Changed(Column):
    """The name of one that it changed, and whether there are others."""

    key, css = "whom", "long cut"

    def __init__(self, knowing: Knowing, counts: Counts) -> None:
        self.title = _("Whom")
        self._knowing, self._counts = knowing, counts
        self._whom: dict[int, Whom] = {}

    def prepare(self, records: Sequence[Operation]) -> None:
        self._whom = whom(self._knowing, self._counts.of(records))

    def value(self, record: Operation) -> str:
        found = self._whom.get(record.pk)
        if found is None:
            return ""
        return _("%(name)s and others") % {"name": found.name} if found.has_others else found.name

    def html(self, record: Operation) -> str:
        said, found = escape(self.value(record)), self._whom.get(record.pk)
        if found is None:
            return ""
        return f'<a href="{escape(found.url)}">{said}</a>' if found.url else f"<span>{said}</span>"


class Touched(Column):
    """How many records of each sort it changed, as far as the reader may see them."""

    key, css = "touched", "long cut"

    def __init__(self, knowing: Knowing, counts: Counts) -> None:
        self.title = _("What it changed")
        self._knowing, self._counts = knowing, counts
        self._found: dict[int, dict[Any, int]] = {}
        #: Fifty imports of thousands say the same.
        self._said: dict[tuple[Any, ...], str] = {}

    def prepare(self, records: Sequence[Operation]) -> None:
        self._found = self._counts.of(records)

    def value(self, record: Operation) -> str:
        counts = self._found.get(record.pk, {})
        same = tuple(counts.items())
        if same not in self._said:
            self._said[same] = ", ".join(self._knowing.counts_in_words(counts, most=COUNTED))
        return self._said[same]

    def html(self, record: Operation) -> str:
        said = self.value(record)
        return f"<span>{escape(said)}</span>" if said else ""


class TakenBack(Column):
    """Whether it was taken back, or takes another one back; ``undone`` is the operation that did so."""

    key, css, fields = "undone", "long cut", ("undoes_id",)

    def __init__(self) -> None:
        self.title = _("Taken back")

    def value(self, record: Any) -> str:
        if record.undone is not None:
            return _("by %(number)d") % {"number": record.undone}
        return _("takes back %(number)d") % {"number": record.undoes_id} if record.undoes_id else ""

    def html(self, record: Any) -> str:
        other = record.undone or record.undoes_id
        return f'<a href="/operations/{other}/">{escape(self.value(record))}</a>' if other else ""


def columns(knowing: Knowing) -> list[Column]:
    """All of them, in the order in which they stand."""
    counts, reason = Counts(knowing), Fact("reason", _("Reason"), "long cut")
    return [When(), Who(), What(), Changed(knowing, counts), Touched(knowing, counts), reason, TakenBack()]
