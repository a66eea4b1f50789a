"""Two counterparties that are one are joined: whom, what of each stays, what comes along; then it is done."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import keeping
from counterparties.domain.joining import acting
from counterparties.domain.joining.plan import Plan
from counterparties.models import Counterparty, Joining
from counterparties.pages.joining_rows import Form, change_words, coming_along, consequences
from counterparties.pages.joining_whom import named, whom
from counterparties.pages.way import way
from desk import text
from desk.models import Stale
from desk.pages.answers import done, show
from trail.domain import reasons

NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "reason", "version", "other_version"}


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The one of the address stays; ``with`` goes into the archive. First it is asked; confirmed, it is done."""
    stays = get_object_or_404(request.decision.counterparties("view").select_related("status"), pk=pk)
    request.decision.require("edit", stays)
    said = text.clean(request.GET.get("with", ""))
    if not said:
        return whom(request, stays)
    if text.number(said) is None:
        return named(request, stays)
    goes = get_object_or_404(request.decision.counterparties("view").select_related("status"), pk=text.number(said))
    if goes.pk == stays.pk:
        return whom(request, stays, {"with": _("This is the same counterparty. Choose another one.")})
    for right in ("archive", "edit"):
        request.decision.require(right, goes)
    if request.method == "POST":
        return _sent(request, stays, goes)
    return _ask(request, Plan(stays, goes, request.decision))


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
        here=f"/counterparties/{plan.stays.pk}/join/?with={plan.goes.pk}",
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
        reason = reasons.said(acting.KIND, request.POST.get("reason", ""))
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
        must_say_why=reasons.is_required(acting.KIND),
        back_url=f"/counterparties/{plan.stays.pk}/join/?with={plan.goes.pk}",
        crumbs=way(request.decision, plan.stays, (_("Join"), None)),
    )


def _act(request: HttpRequest, plan: Plan, form: Form, reason: str) -> HttpResponse:
    stays, goes = plan.stays, plan.goes
    seen = (form.seen[0] or stays.version, form.seen[1] or goes.version)
    try:
        acting.join(stays, goes, form.choice, request.decision, by=request.user, seen=seen, reason=reason)
    except acting.Already:
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
