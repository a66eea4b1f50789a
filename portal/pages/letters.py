"""A letter that did not go, once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from desk.pages.answers import done
from portal.domain import as_client, letters
from portal.models import Letter


@require_POST
def again(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """For whoever may edit him as a client."""
    client = get_object_or_404(as_client.clients(request.decision), pk=pk)
    letter = get_object_or_404(Letter, pk=letter_pk, counterparty=client)
    as_client.require(request.decision, "edit", client)
    there = f"{client.get_absolute_url()}?tab=letters"
    if letters.send_again(letter, by=request.user):
        return done(request, there, _("The letter is sent once more."))
    return done(request, there, _("It was sent or cancelled meanwhile."))
