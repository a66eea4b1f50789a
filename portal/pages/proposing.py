"""The client's own page on which he proposes another e-mail, phone or address; the office decides."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from counterparties.models import Address, Client, Counterparty
from counterparties.pages.card_fields import KEYBOARDS, CountryField, MobileField
from counterparties.pages.card_places import SPANS as PLACE_SPANS
from desk import places
from desk.fields import LinesFormField
from desk.models import Stale
from desk.pages.answers import done
from desk.widgets import Suggested
from portal.domain import proposals, proposed_facts
from portal.domain.proposed_facts import FACTS, OF_CLIENT, OF_PLACES
from portal.models import Proposal
from portal.models.proposal import OPEN
from portal.pages.gate import for_the_client
from portal.pages.proposals_list import state_html
from portal.pages.proposed_facts import GROUPS, label, name, words
from portal.pages.room import page

PAGE = "/portal/propose/"
#: So many earlier ones are shown, the newest first.
SHOWN = 10


class ProposingForm(forms.Form):
    """His contact data. What else somebody sends is not read."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, data: Any = None, *, counterparty: Counterparty, waiting: Proposal | None) -> None:
        super().__init__(data)
        self.counterparty = counterparty
        self.now = proposed_facts.now(counterparty)
        proposed = {each.fact: each.proposed for each in waiting.changes.all()} if waiting else {}
        listed: set[str] = set()
        for fact in FACTS:
            self.fields[fact] = _field(fact, self.now[fact], listed)
            self.initial[fact] = proposed.get(fact, self.now[fact])
            if fact in proposed:
                noted = words(fact, self.now[fact]) or pgettext("said of a fact", "nothing")
                self.fields[fact].help_text = _("You proposed this. Noted now: %(now)s") % {"now": noted}
        self.fields["words"] = LinesFormField(
            label=gettext_lazy("A word with it"),
            required=False,
            max_length=1_000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=gettext_lazy("For the people of the office."),
        )
        self.fields["words"].span = 6
        self.initial = {**self.initial, **({"words": waiting.words, "version": waiting.version} if waiting else {})}

    @property
    def said(self) -> dict[str, str]:
        return {fact: self.cleaned_data[fact] for fact in FACTS if fact in self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        # What was not sent at all was not changed: a form of half the fields proposes to empty nothing.
        sent = {fact: said for fact, said in self.said.items() if fact in self.data}
        self.cleaned_data |= {fact: self.now[fact] for fact in FACTS if fact not in self.data}
        changed = {fact: said for fact, said in sent.items() if said != self.now[fact]}
        try:
            self.cleaned_data |= proposed_facts.checked(self.counterparty, changed)
        except ValidationError as error:
            for fact, messages in error.message_dict.items():
                self.add_error(fact, messages)
        if not self.errors and not proposals.differing(self.counterparty, self.said):
            raise ValidationError(_("Nothing differs from what is noted. Change what is not right."))
        return self.cleaned_data

    def sections(self) -> list[dict[str, Any]]:
        parts = [
            {"id": code, "title": title, "hint": "", "fields": [self[fact] for fact in facts]}
            for code, title, facts in GROUPS
        ]
        return [*parts, {"id": "words", "title": _("For the office"), "hint": "", "fields": [self["words"]]}]


def _field(fact: str, now: str, listed: set[str]) -> forms.Field:
    """As on the card; the countries are ``listed`` once on the page."""
    if fact in OF_PLACES:
        part = OF_PLACES[fact][1]
        kept: Any = Address._meta.get_field(part)
        if part == "country":
            box = Suggested(places.countries, listed="list-country", meaning=places.country_meant)
            box.printed = listed
            field: forms.Field = CountryField(label=name(fact), widget=box)
        else:
            field = kept.formfield(required=False)
        field.span = PLACE_SPANS[part]
        return field
    model = Client if fact in OF_CLIENT else Counterparty
    kept = model._meta.get_field(fact)
    field = kept.formfield(required=False)
    if fact == "mobile":
        field = MobileField(now, label=name(fact), max_length=kept.max_length, required=False)
    field.widget.attrs["inputmode"] = KEYBOARDS.get(fact, "tel")
    return field


@for_the_client
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """What is noted of him, to be corrected; what he proposed before can be amended until it is answered."""
    if "withdraw" in request.POST:
        return _withdrawn(request)
    client = request.access.counterparty
    waiting = proposals.open_of(client)
    form = ProposingForm(request.POST if request.method == "POST" else None, counterparty=client, waiting=waiting)
    if not form.is_valid():
        return _page(request, form, waiting)
    said = form.cleaned_data
    try:
        proposals.propose(client, form.said, said["words"], by=request.user, seen=said["version"])
    except Stale:
        waiting = proposals.open_of(client)
        if waiting is None or not _says_the_same(waiting, form):
            return _late(request, client, waiting)
    return done(request, PAGE, _("The office has your proposal. You find its answer here."))


def _says_the_same(waiting: Proposal, form: ProposingForm) -> bool:
    """He pressed twice."""
    there = {each.fact: each.proposed for each in waiting.changes.all()}
    return there == {fact: said for fact, (_was, said) in proposals.differing(form.counterparty, form.said).items()}


def _late(request: HttpRequest, client: Counterparty, waiting: Proposal | None) -> HttpResponse:
    """The office answered, or he sent another one, while he wrote: what he wrote stays, to be sent once more."""
    typed = request.POST.copy()
    typed["version"] = str(waiting.version) if waiting else ""
    form = ProposingForm(typed, counterparty=client, waiting=waiting)
    form.is_valid()
    form.add_error(None, _("Your proposal was answered or changed meanwhile. Look at it again and send it once more."))
    return _page(request, form, waiting, status=409)


def _withdrawn(request: HttpRequest) -> HttpResponse:
    """He thinks better of it."""
    waiting = proposals.open_of(request.access.counterparty)
    try:
        if waiting is None:
            raise Stale(Proposal())
        proposals.withdraw(waiting, by=request.user, seen=request.POST.get("version", ""))
    except (Stale, ValidationError):
        return done(request, PAGE, _("It was answered or changed meanwhile. Look at it again."))
    return done(request, PAGE, _("Your proposal is withdrawn."))


def _page(
    request: HttpRequest, form: ProposingForm, waiting: Proposal | None, status: int | None = None
) -> HttpResponse:
    return page(
        request,
        "portal/propose.html",
        "portal-propose",
        status=status,
        form=form,
        sections=form.sections(),
        waiting=waiting,
        earlier=_earlier(request.access.counterparty),
    )


def _earlier(client: Counterparty) -> list[dict[str, Any]]:
    """What became of his proposals."""
    found = Proposal.objects.filter(counterparty=client.pk).exclude(state=OPEN)
    return [
        {
            "proposal": each,
            "state": state_html(each.state, capfirst(each.get_state_display())),
            "accepted": [label(change.fact) for change in each.changes.all() if change.is_accepted],
            "refused": [label(change.fact) for change in each.changes.all() if change.is_accepted is False],
        }
        for each in found.prefetch_related("changes").order_by("-pk")[:SHOWN]
    ]
