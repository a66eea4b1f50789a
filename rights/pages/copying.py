"""The rights on a type copied to all its subtypes, asked first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from counterparties.models import CounterpartyType
from desk.pages import settings
from desk.pages.answers import done, show
from rights.domain import matrix as domain
from rights.domain.foreseeing import Foreseen
from rights.domain.matrix import Clashing, Plan

from .confirming import foretold, said
from .matrix import TYPES, crumbs_of
from .matrix_form import ReasonForm
from .matrix_sheet import Matrix


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Every role gets on all subtypes exactly what it has on the type."""
    type_ = get_object_or_404(CounterpartyType, code=code)
    matrix = Matrix(request.decision.tree, one_type=type_)
    back = f"{TYPES}{code}/rights/"
    subtypes = domain.below(type_, matrix.tree)
    if not subtypes:
        return done(request, back, _("“%(name)s” has no subtypes.") % {"name": type_.label})
    ids = [each.pk for each in subtypes]
    now, wanted = domain.state(ids), domain.same_as(type_, ids)
    plan = domain.plan(wanted, now, now)
    if plan.is_empty:
        return done(request, back, _("Nothing was changed: the subtypes have the same rights already."))
    if request.method != "POST" or request.POST.get("confirmed") != "1":
        return _ask(request, type_, matrix, subtypes, plan)
    reason = ReasonForm(request.POST)
    is_stale = request.POST.get("version") != str(domain.version([type_.pk, *ids]))
    if is_stale or not reason.is_valid():
        return _ask(request, type_, matrix, subtypes, plan, reason=reason, is_stale=is_stale)
    try:
        made = domain.confirm(wanted, now, by=request.user, reason=reason.cleaned_data["reason"])
    except Clashing:
        return _ask(request, type_, matrix, subtypes, plan, reason=reason, is_stale=True)
    return done(request, back, said(made))


def _ask(
    request: HttpRequest,
    type_: CounterpartyType,
    matrix: Matrix,
    subtypes: list[CounterpartyType],
    plan: Plan,
    *,
    reason: ReasonForm | None = None,
    is_stale: bool = False,
) -> HttpResponse:
    """The numbers first. ``is_stale``: what was asked about is no longer what would happen."""
    count = len(subtypes)
    sentence = ngettext(
        "%(count)d subtype gets exactly the rights that every role has on “%(type)s”; its own are replaced.",
        "%(count)d subtypes get exactly the rights that every role has on “%(type)s”; their own are replaced.",
        count,
    )
    return show(
        request,
        "rights/preview.html",
        status=409 if is_stale else None,
        title=_("Copy the rights to all subtypes?"),
        lead=sentence % {"count": count, "type": type_.label},
        is_stale=is_stale,
        sent=[("version", str(domain.version([type_.pk, *(each.pk for each in subtypes)])))],
        form=reason or ReasonForm(),
        cancel_url=f"{TYPES}{type_.code}/rights/",
        crumbs=[*crumbs_of(type_, matrix), (_("Copy to all subtypes"), None)],
        **foretold(Foreseen(plan, matrix.tree, request.user)),
    )
