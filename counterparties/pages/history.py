"""Who changed what about one counterparty: the tab of its dossier, and the latest changes beside the facts."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.models import Counterparty
from desk.fields import DateFormField
from trail.domain.changes import Part, people
from trail.pages.timeline import Entry, parts_of, timeline

ENTRIES_A_PAGE = 30
LATEST = 5
#: So many entries are looked through for the people who made them.
LOOKED_THROUGH = 200


class Narrowing(forms.Form):
    """Changes of one person, of one day."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False, widget=forms.Select(attrs={"class": "w-auto"}))
    day = DateFormField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-auto"}),
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any, who: list[int]) -> None:
        super().__init__(data)
        users = get_user_model().objects.filter(pk__in=who).order_by("first_name", "last_name", "username")
        self.fields["who"].choices = [("", _("everybody")), *((str(user.pk), str(user)) for user in users)]

    def clean_day(self) -> Any:
        """The first and the last moment of the day, where clocks reach it."""
        day = self.cleaned_data["day"]
        if day is None:
            return None
        start = datetime.datetime.combine(day, datetime.time(), get_current_timezone())
        try:
            return start.astimezone(datetime.UTC), (start + datetime.timedelta(days=1)).astimezone(datetime.UTC)
        except OverflowError:
            raise forms.ValidationError(_("No history reaches that day.")) from None

    def lookups(self) -> dict[str, Any]:
        """What was asked and could be read; the rest is ignored, and told beside its field."""
        self.is_valid()
        asked = self.cleaned_data
        found: dict[str, Any] = {"user": int(asked["who"])} if asked.get("who") else {}
        if asked.get("day"):
            found["at__gte"], found["at__lt"] = asked["day"]
        return found


def history_of(request: HttpRequest, counterparty: Counterparty) -> dict[str, Any]:
    """A page of entries with its filter."""
    parts = parts_of(counterparty, request.decision)
    form = Narrowing(request.GET, who_changed(counterparty, parts, request.decision))
    lookups = form.lookups()
    before = form.cleaned_data.get("before")
    page = timeline(parts, request.decision, most=ENTRIES_A_PAGE, before=before, **lookups)
    return {
        "narrowing": form,
        "entries": page.entries,
        "older_url": page.older and _address(request, before=page.older),
        "newest_url": before and _address(request),
        "is_narrowed": bool(lookups),
        "tab": request.GET.get("tab", ""),
        "clear_url": f"{counterparty.get_absolute_url()}history/",
    }


def who_changed(counterparty: Counterparty, parts: list[Part], decision: Any) -> list[int]:
    """Ids of the users who changed something of it that the reader may know."""
    sets = Counterparty.history.filter(id=counterparty.pk).order_by().values_list("type_set", flat=True).distinct()
    types = set().union(*[decision.type_sets.get(each, frozenset()) for each in sets])
    if types <= decision.type_ids("view"):
        return people(parts)
    # Some changes may have been of hidden types alone; whoever made them is told of only for another one.
    entries = timeline(parts, decision, most=LOOKED_THROUGH).entries
    return list({each.operation.user_id for each in entries if each.operation.user_id})


def latest(request: HttpRequest, counterparty: Counterparty) -> list[Entry]:
    """The newest changes, for the card beside the facts."""
    return timeline(parts_of(counterparty, request.decision), request.decision, most=LATEST).entries


def _address(request: HttpRequest, **position: Any) -> str:
    """This page at another position."""
    query = request.GET.copy()
    query.pop("before", None)
    query.update(position)
    return f"{request.path}?{query.urlencode()}"
