"""Gives each request the decisions about its user, and the eyes it looks through; both anew for each request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from rights.domain import looking, policy
from rights.pages.eyes import LOOK, over, refused

#: Methods that change nothing.
READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class RightsMiddleware:
    """`request.decision` answers every "may" of this request; the next request decides anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seat(request, request.user)
        return self.get_response(request)


class LookingMiddleware:
    """While an administrator looks as somebody else, `request.user` is that person and `request.looking` the look.

    It stands behind everything that asks who really sits there: the language they read, the log, the operations.
    Nothing can be changed meanwhile. That is decided here, before any view, so that no page can forget it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.looking = None
        if LOOK not in request.session:
            return self.get_response(request)
        look = looking.of_session(request.session[LOOK], request.user)
        if look is None or not looking.holds(look):
            return over(request, look)
        request.looking = look
        seat(request, look.person)
        response = self.get_response(request)
        if LOOK not in request.session:
            # They logged out, or said that they have seen enough.
            looking.stop(look)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.looking is None:
            return None
        is_reading = request.method in READING
        if not is_reading and getattr(view, "is_done_in_person", False):
            seat(request, request.looking.admin)
            return None
        return None if is_reading and not getattr(view, "takes_along", False) else refused(request)


def seat(request: HttpRequest, person: Any) -> None:
    """The person this request is answered for. Nothing is read about them before the first decision is asked for."""
    # Itself and not behind a proxy that waits: a list asks it a thousand times, a millisecond of its ten.
    request.user, request.decision = person, policy.for_user(person)
