"""The history of one counterparty as a sheet: a row for each fact that changed, as far as the page would tell of it."""

from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.pages.history import Narrowing, who_changed
from desk.pages.acts import takes_along
from desk.pages.addresses import Address
from desk.pages.taking import taken
from desk.sheets import Heading, Plain
from trail.domain.changes import Part, hands
from trail.pages.timeline import Entry, parts_of, timeline, topics_of

#: So many entries are read at a time.
AT_ONCE = 200


@takes_along
@require_safe
def history_sheet(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """What its history tells the reader, narrowed as the page is, to take along."""
    decision = request.decision
    counterparty = get_object_or_404(decision.counterparties("view"), pk=pk)
    decision.require("export", counterparty)
    parts = parts_of(counterparty, decision)
    who = who_changed(counterparty, hands(parts), decision)
    form = Narrowing(request.GET, who, topics_of(counterparty, parts, decision))
    lookups = form.lookups()
    said = [(name, request.GET[name]) for name in form.cleaned_data if name != "before" and request.GET.get(name)]
    made = Plain(
        request.user,
        "history",
        _("History of a counterparty"),
        address=str(Address(f"{counterparty.get_absolute_url()}history/", said)),
        columns=columns(),
        rows=rows(parts, decision, lookups),
        stem=f"history-{pk}",
        filters=[(_("Counterparty"), f"{counterparty.name} ({counterparty.code})"), *in_words(form)],
        about=[pk],
    )
    return taken(request, made, ending)


def columns() -> list[Heading]:
    return [
        Heading("at", _("When")),
        Heading("user", _("Who")),
        Heading("kind", _("Through what")),
        Heading("reason", _("Reason")),
        Heading("operation", _("Operation")),
        Heading("story", _("What happened")),
        Heading("fact", _("Fact")),
        Heading("old", _("Before")),
        Heading("new", _("After")),
    ]


def rows(parts: list[Part], decision: Any, lookups: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """The newest first, as on the page."""
    before = None
    while True:
        page = timeline(parts, decision, most=AT_ONCE, before=before, **lookups)
        for entry in page.entries:
            yield from of_entry(entry)
        if page.older is None:
            return
        before = page.older


def of_entry(entry: Entry) -> Iterator[Sequence[Any]]:
    made = entry.operation
    head = [made.at, entry.who, str(made.get_kind_display()), made.reason or None, made.pk]
    for story in entry.stories:
        if not story.lines:
            yield [*head, plain(story.title), None, None, None]
        for line in story.lines:
            yield [*head, plain(story.title), line.label, plain(line.old), plain(line.new)]


def plain(said: str) -> str | None:
    """Words of a page without its links and pictures."""
    return (unescape(strip_tags(said)) if isinstance(said, SafeString) else str(said)) or None


def in_words(form: forms.Form) -> list[tuple[str, str]]:
    """What the history was asked for."""
    said = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        if value and isinstance(field.field, forms.ChoiceField):
            said.append((str(field.label), str(_chosen(field.field, value))))
        elif value:
            said.append((str(field.label), date_format(value)))
    return said


def _chosen(field: forms.ChoiceField, value: str) -> Any:
    choices: Any = field.choices
    for key, label in choices:
        if isinstance(label, list | tuple):
            for inner, words in label:
                if str(inner) == value:
                    return f"{key}: {words}"
        elif str(key) == value:
            return label
    return value
