"""Whose eyes a session looks through: put on, taken off, and what is said meanwhile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import gettext as _

from desk.pages.answers import done
from rights.domain import looking
from rights.models import Look

#: Where the session keeps the id of the look.
LOOK = "look"


def put_on(request: HttpRequest, look: Look) -> None:
    request.session[LOOK] = look.pk


def take_off(request: HttpRequest) -> None:
    """Forms that were opened through other eyes are not taken any more: they held what those eyes saw."""
    request.session.pop(LOOK, None)
    rotate_token(request)


def over(request: HttpRequest, look: Look | None) -> HttpResponse:
    """The look ended by itself; whatever was asked in its name is not done, the reader begins on the first page."""
    take_off(request)
    if look:
        looking.stop(look)
        sentence = _("You see the office with your own eyes again: %(person)s cannot be looked through any longer.")
        messages.warning(request, sentence % {"person": look.person})
    return done(request, "/")


def refused(request: HttpRequest) -> HttpResponse:
    """Nothing is changed and nothing taken along through somebody else's eyes."""
    return render(request, "rights/look_refused.html", status=403)
