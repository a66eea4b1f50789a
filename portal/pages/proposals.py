"""What a client proposes, beside what is noted: whoever may edit him as a client accepts it, in part too, or not."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from counterparties.domain import log_ins
from counterparties.domain.keeping import Taken
from desk.fields import LinesFormField
from desk.models import Stale
from desk.pages.answers import done, show
from portal.domain import as_client, proposals, proposed_facts
from portal.models import Proposal
from portal.pages.proposed_facts import label, words

SOMEBODY = gettext_lazy("Somebody was saving at the same moment. Nothing is saved yet; send your answer once more.")


class AnswerForm(forms.Form):
    """What is taken of a proposal, and the word to the client."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    card = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    take = forms.MultipleChoiceField(required=False)
    answer = LinesFormField(
        label=gettext_lazy("A word to the client"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Required when something is refused: he reads it on his page and in the letter."),
    )

    def __init__(self, *args: Any, proposed: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        self.fields["take"].choices = [(fact, label(fact)) for fact in proposed]

    @property
    def taken(self) -> list[str]:
        """The facts that are ticked, or that the button says: none."""
        return [] if "refuse" in self.data else self.cleaned_data.get("take", [])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if set(self.taken) != set(self.proposed) and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Tell the client why you do not take over all of it."))
        return cleaned


@dataclass(frozen=True)
class Row:
    """One fact as it is noted, and as the client would have it."""

    fact: str
    label: str
    now: str
    proposed: str
    was: str  # what was noted when he proposed it, where that is another by now
    is_ticked: bool
    is_accepted: bool | None
    trouble: str
    note: str

    @property
    def is_clash(self) -> bool:
        return bool(self.was)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Seen by whoever may view him as a client."""
    rows = proposals.seen_by(request.decision).select_related("counterparty__type_set", "by", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _page(request, found, _empty(found))
    as_client.require(request.decision, "edit", found.counterparty)
    form = AnswerForm(request.POST, proposed=_facts(found))
    if not form.is_valid():
        return _page(request, found, form, 422)
    said = form.cleaned_data
    try:
        answered = proposals.answer(
            found, form.taken, said["answer"], by=request.user, seen=said["version"], card=said["card"]
        )
    except Stale:
        return _page(request, rows.get(pk=pk), form, 409)
    except Taken:
        form.add_error(None, SOMEBODY)
    except ValidationError as error:
        return _page(request, found, form, 422, troubles=_beside(error, form))
    else:
        return done(request, found.counterparty.get_absolute_url(), _told(answered, form.taken))
    return _page(request, found, form, 422)


def _facts(found: Proposal) -> list[str]:
    return [each.fact for each in found.changes.all()]


def _empty(found: Proposal) -> AnswerForm:
    return AnswerForm(initial={"version": found.version, "card": found.counterparty.version}, proposed=_facts(found))


def _beside(error: ValidationError, form: AnswerForm) -> dict[str, str]:
    """What is wrong, by the fact beside which it stands; what belongs to none stands above."""
    said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, messages in said.items():
        if name not in form.proposed:
            form.add_error(None, messages)
    return {name: " ".join(messages) for name, messages in said.items()}


def _told(answered: Proposal, taken: Collection[str]) -> str:
    name = {"name": answered.counterparty}
    if not taken:
        return _("What %(name)s proposed is refused.") % name
    return _("What %(name)s proposed is accepted and stands on the card.") % name


def _page(
    request: HttpRequest, found: Proposal, form: AnswerForm, status: int = 200, troubles: dict[str, str] | None = None
) -> HttpResponse:
    is_late = status == 409
    if is_late:
        # What was typed stays, and is answered about what stands there now.
        typed = form.data.copy()
        typed["version"], typed["card"] = str(found.version), str(found.counterparty.version)
        form = AnswerForm(typed, proposed=_facts(found))
    client = found.counterparty
    may_answer = found.is_open and as_client.is_granted(request.decision, "edit", client)
    title = _("What %(name)s proposes") % {"name": client.name}
    return show(
        request,
        "portal/proposal.html",
        status=status,
        title=title,
        crumbs=[(_("Proposals"), "/proposals/"), (client.name, client.get_absolute_url()), (_("Proposal"), None)],
        proposal=found,
        client=client,
        form=form,
        rows=_rows(found, form, troubles or {}),
        may_answer=may_answer,
        is_late=is_late,
    )


def _rows(found: Proposal, form: AnswerForm, troubles: dict[str, str]) -> list[Row]:
    now = proposed_facts.now(found.counterparty)
    ticked = set(form.data.getlist("take")) if form.is_bound else None
    logs_in = found.is_open and bool(log_ins.may_log_in([found.counterparty]))
    rows = []
    for each in sorted(found.changes.all(), key=lambda change: proposed_facts.FACTS.index(change.fact)):
        stands = now[each.fact] if found.is_open else each.was
        is_clash = stands not in (each.was, each.proposed)
        rows.append(
            Row(
                fact=each.fact,
                label=label(each.fact),
                now=words(each.fact, stands),
                proposed=words(each.fact, each.proposed),
                was=(words(each.fact, each.was) or pgettext("said of a fact", "nothing")) if is_clash else "",
                is_ticked=each.fact in ticked if ticked is not None else not is_clash,
                is_accepted=each.is_accepted,
                trouble=troubles.get(each.fact, ""),
                note=_("Taken over, it is what he logs in with.") if each.fact == "email" and logs_in else "",
            )
        )
    return rows
