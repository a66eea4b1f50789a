"""Two counterparties that are one are joined: whom, what of each stays, what comes along; then it is done."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from counterparties.domain import joining, keeping
from counterparties.domain.joining_plan import Plan
from counterparties.domain.targets import Targets
from counterparties.models import Counterparty, Joining
from counterparties.pages.company_field import OfType
from counterparties.pages.joining_rows import Form, change_words, coming_along, consequences
from counterparties.pages.target_field import TargetField
from counterparties.pages.way import way
from desk import text
from desk.models import Stale
from desk.pages.answers import done, show
from trail.domain import reasons

OTHER = gettext_lazy("The other counterparty")
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "reason", "version", "other_version"}


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The one of the address stays; ``with`` goes into the archive. First it is asked; confirmed, it is done."""
    stays = get_object_or_404(request.decision.counterparties("view").select_related("status"), pk=pk)
    request.decision.require("edit", stays)
    said = text.clean(request.GET.get("with", ""))
    if not said:
        return _whom(request, stays)
    if text.number(said) is None:
        return _named(request, stays)
    goes = get_object_or_404(request.decision.counterparties("view").select_related("status"), pk=text.number(said))
    if goes.pk == stays.pk:
        return _whom(request, stays, {"with": _("This is the same counterparty. Choose another one.")})
    for right in ("archive", "edit"):
        request.decision.require(right, goes)
    if request.method == "POST":
        return _sent(request, stays, goes)
    return _ask(request, Plan(stays, goes, request.decision))


@require_safe
def join_two(request: HttpRequest) -> HttpResponse:
    """The two rows that were ticked in a list; the first of them stays until they are swapped."""
    numbers = [text.number(each) for each in dict.fromkeys(request.GET.getlist("row"))]
    seen = request.decision.counterparties("view").filter(pk__in=[each for each in numbers if each is not None])
    those = [pk for pk in numbers if pk in set(seen.values_list("pk", flat=True))]
    if len(those) == 2 == len(numbers):
        return HttpResponseRedirect(f"/counterparties/{those[0]}/join/?with={those[1]}")
    title = _("Join two counterparties")
    crumbs = [(_("Counterparties"), "/counterparties/"), (title, None)]
    return show(request, "counterparties/join_two.html", status=422, title=title, crumbs=crumbs)


# ---- with whom


class WhomForm(forms.Form):
    """Somebody the user may see, by the code, the name or the number."""

    def __init__(self, data: Any, decision: Any) -> None:
        super().__init__(data)
        field = TargetField(OfType(OTHER), Targets.of(decision), label=OTHER)  # type: ignore[arg-type]
        field.span = 6  # type: ignore[attr-defined]
        self.fields = {"with": field}


def _named(request: HttpRequest, stays: Counterparty) -> HttpResponse:
    """Asked for in words: on to the address that says whom by the number."""
    form = WhomForm(request.GET, request.decision)
    if form.is_valid():
        return HttpResponseRedirect(f"/counterparties/{stays.pk}/join/?with={form.cleaned_data['with'].pk}")
    return _whom(request, stays, form=form)


def _whom(
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


# ---- what of each


def _ask(request: HttpRequest, plan: Plan, form: Form | None = None, **context: Any) -> HttpResponse:
    form = form or Form(plan)
    status = context.pop("status", None)
    return show(
        request,
        "counterparties/join.html",
        status=status,
        plan=plan,
        stays=plan.stays,
        goes=plan.goes,
        asked=form,
        why_not=plan.why_not,
        coming=coming_along(plan),
        swap_url=f"/counterparties/{plan.goes.pk}/join/?with={plan.stays.pk}",
        crumbs=way(request.decision, plan.stays, (_("Join"), None)),
        **context,
    )


def _sent(request: HttpRequest, stays: Counterparty, goes: Counterparty) -> HttpResponse:
    if goes.is_archived and Joining.objects.filter(counterparty=goes.pk, into=stays.pk).exists():
        return _already(request, stays, goes)
    plan = Plan(stays, goes, request.decision)
    form = Form(plan, request.POST)
    if any(str(each.version) != said for each, said in zip((stays, goes), form.seen, strict=True) if said):
        return _stale(request, plan, form)
    if plan.why_not:
        return _ask(request, plan, form, status=422)
    if "again" in request.POST:
        return _ask(request, plan, form)
    try:
        changed, given = plan.facts(form.choice)
    except ValidationError as error:
        form.refuse(error)
        return _ask(request, plan, form, status=422)
    if request.POST.get("confirmed") != "1":
        return _confirm(request, plan, form, changed, given)
    try:
        reason = reasons.said(joining.KIND, request.POST.get("reason", ""))
    except ValidationError as error:
        return _confirm(request, plan, form, changed, given, reason_wrong=error.messages[0])
    return _act(request, plan, form, reason)


def _confirm(
    request: HttpRequest, plan: Plan, form: Form, changed: Any, given: Any, reason_wrong: str = ""
) -> HttpResponse:
    asked = [(name, values) for name, values in request.POST.lists() if name not in NOT_SENT_AGAIN]
    sent = [(name, value) for name, values in asked for value in values]
    return show(
        request,
        "counterparties/join_confirm.html",
        status=422 if reason_wrong else None,
        stays=plan.stays,
        goes=plan.goes,
        changes=change_words(plan, form.choice),
        coming=coming_along(plan),
        consequences=consequences(plan, given),
        sent=[*sent, ("version", plan.stays.version), ("other_version", plan.goes.version)],
        reason=request.POST.get("reason", ""),
        reason_wrong=reason_wrong,
        longest=reasons.LONGEST,
        must_say_why=reasons.is_required(joining.KIND),
        back_url=f"/counterparties/{plan.stays.pk}/join/?with={plan.goes.pk}",
        crumbs=way(request.decision, plan.stays, (_("Join"), None)),
    )


def _act(request: HttpRequest, plan: Plan, form: Form, reason: str) -> HttpResponse:
    stays, goes = plan.stays, plan.goes
    seen = (form.seen[0] or stays.version, form.seen[1] or goes.version)
    try:
        joining.join(stays, goes, form.choice, request.decision, by=request.user, seen=seen, reason=reason)
    except joining.Already:
        return _already(request, stays, goes)
    except (Stale, keeping.Taken):
        return _stale(request, plan, form)
    except ValidationError as error:
        form.refuse(error)
        return _ask(request, plan, form, status=422)
    said = _("“%(goes)s” is joined with “%(stays)s” and stands in the archive.")
    return done(request, stays.get_absolute_url(), said % {"goes": goes.name, "stays": stays.name})


def _already(request: HttpRequest, stays: Counterparty, goes: Counterparty) -> HttpResponse:
    said = _("“%(goes)s” was joined with “%(stays)s” already.") % {"goes": goes.name, "stays": stays.name}
    return done(request, stays.get_absolute_url(), said)


def _stale(request: HttpRequest, plan: Plan, form: Form) -> HttpResponse:
    """Both as they are by now, with all that was chosen."""
    decision = request.decision.anew()
    seen = decision.counterparties("view").select_related("status")
    both = seen.in_bulk([plan.stays.pk, plan.goes.pk])
    if len(both) < 2:
        raise Http404
    fresh = Plan(both[plan.stays.pk], both[plan.goes.pk], decision)
    wrong = _("Somebody changed one of them while the page was open. Look at both once more, then decide.")
    return _ask(request, fresh, Form(fresh, form.sent), status=409, wrong=wrong)
