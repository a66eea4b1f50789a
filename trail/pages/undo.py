"""Taking an operation back, or one record or fact of it: asked first with everything it would mean, then done."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.models import Stale
from desk.pages.answers import done, show
from trail.domain import reasons
from trail.domain.undoing import background, whole
from trail.domain.undoing.asked import Asked, asked
from trail.domain.undoing.outcome import Outcome
from trail.domain.undoing.pieces import Hindered
from trail.models import Operation
from trail.pages.known import Knowing
from trail.pages.undo_page import Page
from trail.pages.undo_words import done_words, never_words

#: No name of a piece is longer.
LONGEST_NAME = 200


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever may know of the operation; what may not be taken back by them says so."""
    operation = get_object_or_404(Operation.objects.select_related("user", "undoes__user"), pk=pk)
    knowing = Knowing(request.decision)
    if not knowing.known([operation]):
        raise Http404
    what = _asked(request)
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        return _act(request, operation, what)
    return _ask(request, operation, what)


def _asked(request: HttpRequest) -> Asked:
    """The address says what is asked about; the form, what of it goes although it was changed since."""
    record, fact = (request.GET.get(name, "")[:LONGEST_NAME] for name in ("record", "fact"))
    return asked(record, fact, request.POST.getlist("also"))


def _ask(
    request: HttpRequest,
    operation: Operation,
    what: Asked,
    *,
    status: int | None = None,
    wrong: str = "",
    reason: str = "",
    reason_wrong: str = "",
) -> HttpResponse:
    outcome = whole.foresee(operation, what, request.decision)
    if not outcome.count and not what.is_whole:
        raise Http404
    _require(request, outcome)
    page = Page(operation, what, outcome, request)
    return show(
        request,
        "trail/undo.html",
        status=status,
        operation=operation,
        who=str(operation.user) if operation.user else _("the system"),
        wrong=wrong,
        reason=reason,
        reason_wrong=reason_wrong,
        must_say_why=reasons.is_required(whole.KIND),
        longest=reasons.LONGEST,
        outcome=outcome,
        page=page,
        nevers=never_words(operation, outcome),
        cancel_url=f"/operations/{operation.pk}/",
        crumbs=[
            (_("Operations"), "/operations/"),
            (_("Operation %(number)d") % {"number": operation.pk}, f"/operations/{operation.pk}/"),
            (_("Take back"), None),
        ],
    )


def _require(request: HttpRequest, outcome: Outcome) -> None:
    """Where nothing but a right is missing, the page for missing rights tells who has it."""
    is_anything = outcome.chosen or outcome.left or outcome.same
    if outcome.lacking and outcome.lacking_thing and not is_anything:
        request.decision.require(outcome.lacking.lacks, outcome.lacking_thing)


def _act(request: HttpRequest, operation: Operation, what: Asked) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        reason = reasons.said(whole.KIND, reason)
    except ValidationError as error:
        return _ask(request, operation, what, status=422, reason=reason, reason_wrong=" ".join(error.messages))
    seen = request.POST.get("seen", "")[:LONGEST_NAME]
    try:
        if url := _begun(request, operation, what, reason):
            return done(request, url, _("It goes on behind the pages; you may leave."))
        outcome = whole.take_back(operation, what, request.decision, by=request.user, digest=seen, reason=reason)
    except Stale:
        wrong = _("Something was changed after you had looked. Look at it once more, then decide.")
        return _ask(request, operation, what, status=409, wrong=wrong, reason=reason)
    except Hindered as hindered:
        wrong = str(hindered) or _("Something depends on it that came in between. Nothing was taken back.")
        return _ask(request, operation, what, status=409, wrong=wrong, reason=reason)
    _require(request, outcome)
    return done(request, _onward(operation, what, outcome), _done_words(outcome))


def _begun(request: HttpRequest, operation: Operation, what: Asked, reason: str) -> str:
    """Where a large operation is taken back; empty for one that is taken back at once."""
    if whole.count(whole.subjects(operation, what)) <= whole.MOST_AT_ONCE:
        return ""
    _require(request, whole.foresee(operation, what, request.decision))
    return background.begin(operation, what, by=request.user, reason=reason)


def _onward(operation: Operation, what: Asked, outcome: Outcome) -> str:
    """To the dossier whose history it was asked from, else to what was done now."""
    if what.subject is not None:
        return f"/counterparties/{what.subject}/"
    return f"/operations/{outcome.operation or operation.pk}/"


def _done_words(outcome: Outcome) -> Any:
    words = done_words(outcome)
    if outcome.operation is None:
        return words
    return format_html('{} <a href="/operations/{}/">{}</a>', words, str(outcome.operation), _("What was done"))
