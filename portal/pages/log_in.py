"""What staff does about the log-in of a client: invites again, withdraws. For whoever has the right *settings*."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from counterparties.domain import keeping
from counterparties.models import Counterparty
from counterparties.pages.way import way
from desk.models import Stale
from desk.pages.answers import done, show
from portal.domain import as_client, opening


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Another letter with another link."""
    client = _client(request, pk)
    try:
        if not opening.invite_again(client, by=request.user):
            return _not_now(request, client, _why_not(client))
    except ValidationError as error:
        return _not_now(request, client, " ".join(error.messages))
    said = _("Another invitation goes to %(email)s; links of earlier ones open nothing any more.")
    return done(request, client.get_absolute_url(), said % {"email": client.email})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The tick on the card is taken back, and with it the log-in."""
    client = _client(request, pk)
    if request.method == "POST":
        seen = request.POST.get("version") or client.version
        try:
            keeping.keep(client, {}, None, {}, by=request.user, seen=seen, client={"login_allowed": False})
        except Stale:
            # Whatever was changed meanwhile: the question is asked again, of what stands in the books now.
            client.refresh_from_db()
        else:
            return done(request, client.get_absolute_url(), _("The log-in is withdrawn."))
    return show(
        request,
        "desk/confirm.html",
        status=409 if request.method == "POST" else None,
        title=_("Withdraw the log-in of %(name)s?") % {"name": client.name},
        question=_("%(email)s logs in no more.") % {"email": client.email},
        consequences=[
            _("Whoever is logged in with it is out at once."),
            _("The password and links of earlier invitations are void."),
            _("It can be opened again at any time, with a new invitation."),
        ],
        sent=[("version", client.version)],
        confirm_label=_("Withdraw"),
        cancel_url=client.get_absolute_url(),
        crumbs=way(request.decision, client, (_("Log-in"), None)),
    )


def _client(request: HttpRequest, pk: int) -> Counterparty:
    """A client who has a log-in, or had one; of others there is nothing to do here."""
    found = get_object_or_404(request.decision.counterparties("view").filter(access__isnull=False), pk=pk)
    as_client.require(request.decision, "settings", found)
    return found


def _why_not(client: Counterparty) -> str:
    """The card does not say that he may log in, or the administration disabled him."""
    if opening.is_disabled(opening.access_of(client)):
        return _("This log-in is disabled in the administration; an administrator enables it again.")
    return _("Tick on the card that the client may log in, with an e-mail; the invitation goes out by itself.")


def _not_now(request: HttpRequest, client: Counterparty, sentence: str) -> HttpResponse:
    return show(
        request,
        "desk/message.html",
        status=409,
        title=_("No invitation was sent"),
        sentence=sentence,
        links=[(_("To the dossier"), client.get_absolute_url())],
        crumbs=way(request.decision, client, (_("Log-in"), None)),
    )
