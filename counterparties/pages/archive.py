"""Archiving and restoring: asked once, in words that say what stays."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import archiving
from counterparties.models import BankAccount, Contact, Contract, Counterparty, Document, Project
from counterparties.pages.way import way
from desk.models import Stale
from desk.pages.answers import done, show
from trail.domain import reasons
from trail.pages.words import words

#: What is done on which page.
KINDS = {"counterparties/archive.html": "archive", "counterparties/restore.html": "restore"}


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of daily work."""
    counterparty = _mine_to_archive(request, pk)
    if request.method == "POST":
        said = _("“%(name)s” is archived. It can be restored at any time.")
        return _act(
            request, counterparty, archiving.archive, "counterparties/archive.html", said, _("It was archived already.")
        )
    return _ask(request, counterparty, "counterparties/archive.html")


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Back into daily work."""
    counterparty = _mine_to_archive(request, pk)
    if request.method == "POST":
        said = _("“%(name)s” is restored.")
        return _act(
            request, counterparty, archiving.restore, "counterparties/restore.html", said, _("It was not archived.")
        )
    return _ask(request, counterparty, "counterparties/restore.html")


def _mine_to_archive(request: HttpRequest, pk: int) -> Counterparty:
    """Every type of it must grant the right to archive; restoring asks for the same one."""
    counterparty = get_object_or_404(request.decision.counterparties("view"), pk=pk)
    request.decision.require("archive", counterparty)
    return counterparty


def _act(
    request: HttpRequest, counterparty: Counterparty, act: Any, template: str, said: str, already: str
) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        reason = reasons.said(KINDS[template], reason)
    except ValidationError as error:
        return _ask(request, counterparty, template, status=422, reason_wrong=error.messages[0], reason=reason)
    # A script may archive without having read the page; a page that was read says which version it showed.
    seen = request.POST.get("version") or counterparty.version
    try:
        moved = act(counterparty, by=request.user, seen=seen, reason=reason)
    except (Stale, ValidationError):
        wrong = _("Somebody changed this counterparty while the page was open. Look at it once more, then decide.")
        counterparty.refresh_from_db()
        return _ask(request, counterparty, template, status=409, wrong=wrong, reason=reason)
    to = counterparty.get_absolute_url()
    return done(request, to, said % {"name": counterparty.name} if moved else already)


def _ask(request: HttpRequest, counterparty: Counterparty, template: str, **context: Any) -> HttpResponse:
    status = context.pop("status", None)
    here = _("Archive") if KINDS[template] == "archive" else _("Restore")
    return show(
        request,
        template,
        status=status,
        counterparty=counterparty,
        stays=_stays(counterparty),
        longest=reasons.LONGEST,
        must_say_why=reasons.is_required(KINDS[template]),
        crumbs=way(request.decision, counterparty, (here, None)),
        **context,
    )


def _stays(counterparty: Counterparty) -> str:
    """*3 contacts, 1 contract*: what is kept with an archived one."""
    kept = {
        BankAccount: counterparty.bank_accounts.count(),
        Contact: counterparty.contacts.count(),
        Contract: counterparty.contracts.count(),
        Document: counterparty.documents.current().count(),
        Project: counterparty.projects.count(),
    }
    counts = [(each, kept.get(each.model)) for each in words]
    return ", ".join(each.counted % {"count": count, "number": count} for each, count in counts if count)
