"""Who changed what about one counterparty: the tab of its dossier, and the latest changes beside the facts."""

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.models import Counterparty
from desk.fields import DateFormField
from trail.domain.changes import Part, hands
from trail.kinds import act_choices
from trail.pages.operation_filters import moment, names_of
from trail.pages.timeline import Entry, parts_of, timeline, topics_of
from trail.pages.words import Topic

ENTRIES_A_PAGE = 30
LATEST = 5
#: So many entries are looked through for the people who made them.
LOOKED_THROUGH = 200


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs={"class": "w-auto"}))


def _day(label: Any) -> DateFormField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"})
    return DateFormField(label=label, required=False, widget=widget)


class Narrowing(forms.Form):
    """Changes of one person, through one sort of act, of one fact, between two days."""

    who = _choice(gettext_lazy("Who"))
    kind = _choice(gettext_lazy("Through what"))
    about = _choice(gettext_lazy("About what"))
    day_after = _day(gettext_lazy("From"))
    day_before = _day(gettext_lazy("To"))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, who: list[int], topics: dict[str, tuple[Part, Topic]]) -> None:
        super().__init__(data)
        self._topics = topics
        self.fields["who"].choices = [("", _("everybody")), *names_of(who)]
        self.fields["kind"].choices = [("", _("anything")), *act_choices()]
        self.fields["about"].choices = [
            ("", _("everything")),
            *_under_headings([topic for _, topic in topics.values()]),
        ]

    def lookups(self) -> dict[str, Any]:
        """What was asked and could be read; the rest is ignored, and told beside its field."""
        self.is_valid()
        asked = self.cleaned_data
        found: dict[str, Any] = {"user": int(asked["who"])} if asked.get("who") else {}
        if asked.get("kind"):
            found["kind"] = asked["kind"]
        if asked.get("about"):
            found["about"] = self._topics[asked["about"]]
        if asked.get("day_after"):
            found["at__gte"] = moment(asked["day_after"], time.min)
        if asked.get("day_before"):
            found["at__lte"] = moment(asked["day_before"], time.max)
        return found


def _under_headings(topics: list[Topic]) -> list[Any]:
    """The choices of a select, those with a heading together under it."""
    plain = [(each.code, each.label) for each in topics if not each.heading]
    headings = dict.fromkeys(str(each.heading) for each in topics if each.heading)
    under = {heading: [(t.code, t.label) for t in topics if str(t.heading) == heading] for heading in headings}
    return [*under.items(), *([(_("What hangs on it"), plain)] if plain else [])]


def history_of(request: HttpRequest, counterparty: Counterparty) -> dict[str, Any]:
    """A page of entries with its filter."""
    parts = parts_of(counterparty, request.decision)
    written = hands(parts)
    people_then = who_changed(counterparty, written, request.decision)
    form = Narrowing(request.GET, people_then, topics_of(counterparty, parts, request.decision))
    lookups = form.lookups()
    before = form.cleaned_data.get("before")
    page = timeline(_parts(written), request.decision, most=ENTRIES_A_PAGE, before=before, **lookups)
    return {
        "narrowing": form,
        "entries": page.entries,
        "may_undo": may_undo(request, counterparty),
        "undo_record": f"counterparty-{counterparty.pk}" if may_undo(request, counterparty) else "",
        "older_url": page.older and _address(request, before=page.older),
        "newest_url": before and _address(request),
        "is_narrowed": bool(lookups),
        "tab": request.GET.get("tab", ""),
        "clear_url": f"{counterparty.get_absolute_url()}history/",
        "sheet_url": _sheet(request, counterparty) if request.decision.may("export", counterparty) else "",
    }


def who_changed(counterparty: Counterparty, written: list[tuple[Part, set[int]]], decision: Any) -> list[int]:
    """Ids of the users who changed something of it that the reader may know."""
    sets = Counterparty.history.filter(id=counterparty.pk).order_by().values_list("type_set", flat=True).distinct()
    types = set().union(*[decision.type_sets.get(each, frozenset()) for each in sets])
    if types <= decision.type_ids("view"):
        return list(set().union(*[users for _part, users in written]))
    # Some changes may have been of hidden types alone; whoever made them is told of only for another one.
    entries = timeline(_parts(written), decision, most=LOOKED_THROUGH).entries
    return list({each.operation.user_id for each in entries if each.operation.user_id})


def _parts(written: list[tuple[Part, set[int]]]) -> list[Part]:
    return [part for part, _users in written]


def may_undo(request: HttpRequest, counterparty: Counterparty) -> bool:
    """May the reader change anything here? What exactly may be taken back, the page that asks will tell."""
    decision = request.decision
    return any(decision.may(right, counterparty) for right in ("edit", "archive"))


def latest(request: HttpRequest, counterparty: Counterparty) -> list[Entry]:
    """The newest changes, for the card beside the facts."""
    return timeline(parts_of(counterparty, request.decision), request.decision, most=LATEST).entries


def _sheet(request: HttpRequest, counterparty: Counterparty) -> str:
    """The same changes, to take along."""
    query = request.GET.copy()
    for name in ("before", "tab"):
        query.pop(name, None)
    asked = query.urlencode()
    return f"{counterparty.get_absolute_url()}history/sheet.xlsx{'?' if asked else ''}{asked}"


def _address(request: HttpRequest, **position: Any) -> str:
    """This page at another position."""
    query = request.GET.copy()
    query.pop("before", None)
    query.update(position)
    return f"{request.path}?{query.urlencode()}"
