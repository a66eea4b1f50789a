"""The dossier as it was: everything history knows of one counterparty at a moment, or at two of them side by side."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from counterparties.models import Counterparty, NoteReader, Value
from counterparties.pages.as_of_asked import Asked
from counterparties.pages.way import way
from desk.pages.answers import show
from trail.domain.changes import Change, written
from trail.domain.standing import Moment, first_moment, standing
from trail.pages.timeline import parts_of
from trail.pages.words import Line, Names, Words, words

#: Who reads a note is told with the note.
LEFT_OUT = (NoteReader,)
#: Headings that the name of the model would not make.
HEADINGS: dict[Any, Any] = {Counterparty: gettext_lazy("Facts"), Value: gettext_lazy("Characteristics")}


@dataclass
class Row:
    """One fact at each moment that is asked for; nothing said is an empty text."""

    label: str
    said: list[str]

    @property
    def differs(self) -> bool:
        return len(set(self.said)) > 1


@dataclass
class Thing:
    """One record with its facts; the counterparty's own facts have no name over them."""

    name: str
    rows: list[Row] = field(default_factory=list)


@dataclass
class Section:
    """All of one sort that hangs on the counterparty."""

    title: str
    things: list[Thing]

    def differing(self) -> "Section":
        things = [Thing(each.name, [row for row in each.rows if row.differs]) for each in self.things]
        return Section(self.title, [each for each in things if each.rows])


@require_safe
def as_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may view the counterparty reads how it stood. What they may not know today they do not learn here."""
    counterparty = get_object_or_404(request.decision.counterparties("view"), pk=pk)
    form, own = Asked(request.GET), counterparty.get_absolute_url()
    asked = form.moments()
    sections = _sections(counterparty, [moment for _said, moment in asked], request.decision)
    if len(asked) > 1 and form.cleaned_data.get("differing"):
        sections = [left for each in sections if (left := each.differing()).things]
    return show(
        request,
        "counterparties/as_of.html",
        counterparty=counterparty,
        asked=form,
        moments=[said for said, _moment in asked],
        sections=sections,
        added=first_moment(counterparty),
        shortcuts=_shortcuts(f"{own}as-of/"),
        crumbs=way(request.decision, counterparty, (_("History"), f"{own}history/"), (_("As it was"), None)),
    )


def _shortcuts(path: str) -> list[tuple[str, str]]:
    """The days people ask for most, each as a link."""
    today = timezone.localdate()
    back = {_("A week ago"): 7, _("A month ago"): 30, _("A year ago"): 365}
    return [(words, f"{path}?at={today - datetime.timedelta(days=days):%Y-%m-%d}") for words, days in back.items()]


def _sections(counterparty: Counterparty, moments: list[Moment], decision: Any) -> list[Section]:
    """What stood at these moments, in the order of the timeline: one query for each sort of record and moment.

    Of most sorts there never was a record, and those are not asked about at any moment.
    """
    parts = written(part for part in parts_of(counterparty, decision) if part.model not in LEFT_OUT)
    stood = {(part.model, place): standing(part, at) for part in parts for place, at in enumerate(moments)}
    names = Names([change for changes in stood.values() for change in changes], decision)
    found = []
    for part in parts:
        speaker = words.get(part.model._meta.label)
        columns = [_things(speaker, stood[part.model, place], names) for place in range(len(moments))]
        if things := _side_by_side(columns):
            title = HEADINGS.get(part.model) or capfirst(part.model._meta.verbose_name_plural)
            found.append(Section(str(title), things))
    return found


def _things(speaker: Words, changes: list[Change], names: Names) -> dict[Any, tuple[str, list[Line]]]:
    """Records by id, each with its name and facts; what a speaker tells in one breath is one thing without a name."""
    kept = [each for each in changes if not getattr(each.became, "is_deleted", False)]
    if not speaker.added:
        lines = [line for story in speaker.stories(kept, names) for line in story.lines]
        return {None: ("", lines)} if lines else {}
    found = {}
    for change in kept:
        lines = [line for story in speaker.stories([change], names) for line in story.lines]
        own = speaker.model is Counterparty
        found[change.became.pk] = ("" if own else speaker.name(change.became, names), _with_archive(lines, change))
    return found


def _with_archive(lines: list[Line], change: Change) -> list[Line]:
    """That it was out of daily work is a fact of that day like any other."""
    archived = getattr(change.became, "archived_at", None)
    return [Line(_("Archived"), new=_("Yes")), *lines] if archived else lines


def _side_by_side(columns: list[dict[Any, tuple[str, list[Line]]]]) -> list[Thing]:
    """The same record at each moment, fact beside fact; the name is the latest."""
    things = []
    for key in dict.fromkeys(key for column in columns for key in column):
        told = [column.get(key, ("", [])) for column in columns]
        name = next((name for name, _lines in reversed(told) if name), "")
        things.append(Thing(name, _rows([lines for _name, lines in told])))
    return things


def _rows(told: Iterable[list[Line]]) -> list[Row]:
    said = [{line.label: line.new for line in lines} for lines in told]
    labels = dict.fromkeys(label for column in said for label in column)
    return [Row(label, [column.get(label, "") for column in said]) for label in labels]
