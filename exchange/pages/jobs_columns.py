"""The columns of the list of jobs."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from desk.columns import Column
from desk.pages.keyset import Run
from exchange.models import Job
from exchange.models.job import CANCELLED, DONE, FAILED, RUNNING, WAITING
from staff.models import User

from .jobs_words import how_far, sort_words, state_words

COLOURS = {WAITING: "violet", RUNNING: "amber", DONE: "green", FAILED: "red", CANCELLED: "slate"}


def state_html(job: Job) -> SafeString:
    return format_html('<span class="state s-{}">{}</span>', COLOURS[job.state], state_words(job))


class About(Column):
    """What it is about, leading to it."""

    key, css, fields = "about", "name cut", ("about", "said")

    def __init__(self) -> None:
        self.title = _("What it is about")

    def value(self, record: Job) -> str:
        return record.what_about

    def html(self, record: Job) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.what_about)


class SortOfJob(Column):
    """What it does."""

    key, css, fields = "sort", "text cut", ("sort",)

    def __init__(self) -> None:
        self.title = _("Sort of job")

    def value(self, record: Job) -> str:
        return sort_words(record)

    def html(self, record: Job) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class Who(Column):
    """Who asked for it; those of a page are read at once."""

    key, css, fields = "user", "text cut", ("owner_id",)

    def __init__(self) -> None:
        self.title = _("Who")
        self._names: dict[int, str] = {}

    def prepare(self, records: Sequence[Job]) -> None:
        ids = {each.owner_id for each in records}
        self._names = {each.pk: str(each) for each in User.objects.filter(pk__in=ids)} if ids else {}

    def value(self, record: Job) -> str:
        return self._names.get(record.owner_id, "")

    def html(self, record: Job) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class State(Column):
    """How it stands."""

    key, css, fields = "state", "state-cell", ("state", "cancel_asked_at", "problem")

    def __init__(self) -> None:
        self.title = _("State")

    def value(self, record: Job) -> str:
        return state_words(record)

    def html(self, record: Job) -> str:
        return state_html(record)


class HowFar(Column):
    """How much of it is done, or what came of it."""

    key, css, fields = "progress", "long cut", ("state", "done", "total", "sentence", "problem", "told")

    def __init__(self) -> None:
        self.title = _("Progress")

    def value(self, record: Job) -> str:
        if record.state == FAILED:
            return record.what_failed
        return record.what_came if record.state in (DONE, CANCELLED) else how_far(record)

    def html(self, record: Job) -> str:
        said = self.value(record)
        return f"<span>{escape(said)}</span>" if said else ""


class Moment(Column):
    """A moment of the office's clock; jobs are numbered as they are asked for."""

    def __init__(self, key: str, title: Any, field: str, *, sorts: bool = False) -> None:
        self.key, self.title, self.fields = key, title, (field,)
        self.css = "moment" if sorts else "moment ended"
        self._field = field
        self.order_by = (field,) if sorts else ()

    def value(self, record: Job) -> Any:
        return getattr(record, self._field)

    def html(self, record: Job) -> str:
        moment = self.value(record)
        return escape(date_format(localtime(moment), "SHORT_DATETIME_FORMAT")) if moment else ""

    def runs(self, descending: bool) -> list[Run]:
        return [Run(("pk",), descending=descending)] if self.order_by else []


def columns(sees_all: bool) -> dict[str, Column]:
    """Every column by its key; who asked is a question only where several people's jobs stand together."""
    shown: list[Column] = [
        About(),
        SortOfJob(),
        State(),
        HowFar(),
        Moment("created", _("Asked for"), "created_at", sorts=True),
        Moment("finished", _("Ended"), "finished_at"),
    ]
    if sees_all:
        shown.insert(2, Who())
    return {each.key: each for each in shown}
