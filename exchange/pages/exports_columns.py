"""The columns of the list of receipts."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.columns import Column, Fact
from desk.pages.keyset import Run
from exchange.models import Export
from exchange.models.export import BEGUN, BROKEN, COMPLETE
from staff.models import User

COLOURS = {BEGUN: "amber", COMPLETE: "green", BROKEN: "red"}


class Number(Column):
    """The number of the receipt, leading to the whole of it; receipts are numbered as they are written."""

    key, css, fields = "number", "receipt code", ("id",)

    def __init__(self) -> None:
        self.title = _("Receipt")

    def value(self, record: Export) -> str:
        return str(record)

    def html(self, record: Export) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record)

    def runs(self, descending: bool) -> list[Run]:
        return [Run(("pk",), descending=descending)]


class When(Column):
    """The moment the sheet was begun."""

    key, css, fields = "at", "long", ("at",)

    def __init__(self) -> None:
        self.title = _("When")

    def value(self, record: Export) -> Any:
        return record.at

    def html(self, record: Export) -> str:
        return escape(date_format(localtime(record.at), "SHORT_DATETIME_FORMAT"))


class Who(Column):
    """Whoever took it; those of a page are read at once. A command of the office's machine has no name."""

    key, css, fields = "user", "long cut", ("user_id",)

    def __init__(self) -> None:
        self.title = _("Who")
        self._names: dict[int | None, str] = {}

    def prepare(self, records: Sequence[Export]) -> None:
        ids = {each.user_id for each in records} - {None}
        self._names = {each.pk: str(each) for each in User.objects.filter(pk__in=ids)} if ids else {}

    def value(self, record: Export) -> str:
        return self._names.get(record.user_id) or _("a command")

    def html(self, record: Export) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class Question(Column):
    """What the list was asked for, in words; it has the room that the others leave."""

    key, css, fields = "asked", "asked cut", ("asked",)

    def __init__(self) -> None:
        self.title = _("Question")

    def value(self, record: Export) -> str:
        return "; ".join(f"{label}: {words}" for sort, label, words in record.asked if sort == "filter")

    def html(self, record: Export) -> str:
        said = self.value(record)
        return f"<span>{escape(said)}</span>" if said else ""


class Rows(Column):
    """How many rows it has."""

    key, css, fields = "rows", "num", ("rows",)

    def __init__(self) -> None:
        self.title = _("Rows")

    def value(self, record: Export) -> int:
        return record.rows

    def html(self, record: Export) -> str:
        return escape(number_format(record.rows, use_l10n=True, force_grouping=True))


class State(Column):
    """How it ended."""

    key, css, fields = "state", "state-cell", ("state",)

    def __init__(self) -> None:
        self.title = _("State")

    def value(self, record: Export) -> str:
        return record.get_state_display()

    def html(self, record: Export) -> str:
        return format_html('<span class="state s-{}">{}</span>', COLOURS[record.state], capfirst(self.value(record)))


class Ending(Fact):
    def html(self, record: Export) -> str:
        return escape(record.ending.upper())


def columns() -> list[Column]:
    return [
        Number(),
        When(),
        Who(),
        Fact("title", _("List"), "long cut"),
        Question(),
        Rows(),
        Ending("ending", _("Format"), "code"),
        State(),
    ]
