"""The columns of the list of imports."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.columns import Column
from desk.pages.keyset import Run
from exchange.models import Import
from exchange.models.importing import (
    CANCELLED,
    DONE,
    FAILED,
    MAPPED,
    PREVIEWED,
    RECEIVED,
    RUNNING,
)
from files.models import StoredFile
from trail.models import Operation

from .exports_columns import Who
from .imports_words import outcome_names

COLOURS = {
    RECEIVED: "slate",
    MAPPED: "slate",
    PREVIEWED: "teal",
    RUNNING: "amber",
    DONE: "green",
    CANCELLED: "red",
    FAILED: "red",
}


class FileName(Column):
    """The sheet that was brought, leading to its import; the names of a page are read at once."""

    key, css, fields = "file", "name cut", ("file_id",)

    def __init__(self) -> None:
        self.title = _("Sheet")
        self._names: dict[int, str] = {}

    def prepare(self, records: Sequence[Import]) -> None:
        ids = {each.file_id for each in records}
        self._names = dict(StoredFile.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}

    def value(self, record: Import) -> str:
        return self._names.get(record.file_id, "")

    def html(self, record: Import) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), self.value(record))


class When(Column):
    """The moment it was brought; imports are numbered as they come."""

    key, css, fields = "created", "moment", ("created_at",)

    def __init__(self) -> None:
        self.title = _("When")

    def value(self, record: Import) -> Any:
        return record.created_at

    def html(self, record: Import) -> str:
        return escape(date_format(localtime(record.created_at), "SHORT_DATETIME_FORMAT"))

    def runs(self, descending: bool) -> list[Run]:
        return [Run(("pk",), descending=descending)]


class Bringer(Who):
    """Who brought it; the states beside need the room."""

    css = "text cut who"


class State(Column):
    """How far it is."""

    key, css, fields = "state", "stage state-cell", ("state",)

    def __init__(self) -> None:
        self.title = _("State")

    def value(self, record: Import) -> str:
        return record.get_state_display()

    def html(self, record: Import) -> str:
        return format_html('<span class="state s-{}">{}</span>', COLOURS[record.state], capfirst(self.value(record)))


class Number(Column):
    """How many rows came to this: those of the run, before it those of the preview."""

    fields = ("counts", "foreseen", "state")

    def __init__(self, key: str, title: Any) -> None:
        self.key, self.title, self.css = key, title, f"num {key}"

    def value(self, record: Import) -> int | None:
        return (record.counts or record.foreseen).get(self.key)

    def html(self, record: Import) -> str:
        value = self.value(record)
        return "" if value is None else escape(number_format(value, use_l10n=True, force_grouping=True))


class TakeBack(Column):
    """The way to take it back, or that this was done."""

    key, css, fields = "undo", "text", ("operation_id", "state")

    def __init__(self) -> None:
        self.title = _("Taken back")
        self._undone: set[int | None] = set()

    def prepare(self, records: Sequence[Import]) -> None:
        ids = {each.operation_id for each in records} - {None}
        undoing = Operation.objects.filter(undoes__in=ids)
        self._undone = set(undoing.values_list("undoes", flat=True)) if ids else set()

    def value(self, record: Import) -> str:
        return _("Taken back") if record.operation_id in self._undone else ""

    def html(self, record: Import) -> str:
        if record.operation_id is None or not record.is_over:
            return ""
        if record.operation_id in self._undone:
            return escape(self.value(record))
        there = f"/operations/{record.operation_id}/undo/"
        return format_html('<a class="go" href="{}">{}</a>', there, _("Take back…"))


def columns(sees_all: bool) -> list[Column]:
    return [
        FileName(),
        When(),
        *([Bringer()] if sees_all else []),
        State(),
        *(Number(key, title) for key, title in outcome_names().items()),
        TakeBack(),
    ]
