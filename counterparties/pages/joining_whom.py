"""With whom a counterparty is joined: somebody who is searched for, or the second of two ticked rows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain.targets import Targets
from counterparties.kinds import kinds
from counterparties.models import Counterparty
from counterparties.pages.company_field import OfType
from counterparties.pages.target_field import TargetField
from counterparties.pages.way import way
from desk import text
from desk.pages.addresses import Address
from desk.pages.answers import show

OTHER = gettext_lazy("The other counterparty")
#: What an address says of the rows that were ticked; the rest of it is the question of their list.
OF_ROWS = ("list", "rows", "row", "act")


def join_two(request: HttpRequest) -> HttpResponse:
    """On to the two rows that were ticked in a list; the first of them stays until they are swapped."""
    numbers = [text.number(each) for each in dict.fromkeys(request.GET.getlist("row"))]
    seen = request.decision.counterparties("view").filter(pk__in=[each for each in numbers if each is not None])
    those = [pk for pk in numbers if pk in set(seen.values_list("pk", flat=True))]
    if len(those) == 2 == len(numbers):
        return HttpResponseRedirect(f"/counterparties/{those[0]}/join/?with={those[1]}")
    messages.warning(request, _("Tick exactly two rows of the list: the two counterparties that are one."))
    kind = next((each for each in kinds if each.code == request.GET.get("list")), None)
    question = [(name, value) for name, values in request.GET.lists() if name not in OF_ROWS for value in values]
    return HttpResponseRedirect(str(Address(f"/{kind.path}/" if kind else "/counterparties/", question)))


class WhomForm(forms.Form):
    """Somebody the user may see, by the code, the name or the number."""

    def __init__(self, data: Any, decision: Any) -> None:
        super().__init__(data)
        field = TargetField(OfType(OTHER), Targets.of(decision), label=OTHER)  # type: ignore[arg-type]
        field.span = 6  # type: ignore[attr-defined]
        self.fields = {"with": field}


def named(request: HttpRequest, stays: Counterparty) -> HttpResponse:
    """Asked for in words: on to the address that says whom by the number."""
    form = WhomForm(request.GET, request.decision)
    if form.is_valid():
        return HttpResponseRedirect(f"/counterparties/{stays.pk}/join/?with={form.cleaned_data['with'].pk}")
    return whom(request, stays, form=form)


def whom(
    request: HttpRequest, stays: Counterparty, wrong: dict[str, str] | None = None, form: WhomForm | None = None
) -> HttpResponse:
    form = form or WhomForm(request.GET if wrong else None, request.decision)
    for name, sentence in (wrong or {}).items():
        form.add_error(name, sentence)
    return show(
        request,
        "counterparties/join_with.html",
        status=422 if form.is_bound else 200,
        form=form,
        counterparty=stays,
        crumbs=way(request.decision, stays, (_("Join"), None)),
    )
