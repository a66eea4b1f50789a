"""Notes who is at the door, so that history can name them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trail.domain.undoing import kinds
from trail.history import Visitor, finished, visitor


class TrailMiddleware:
    """Notes person and address for the time of one request; opens no transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        request.way_back = way_back
        token, before = visitor.set(Visitor(user, request.META.get("REMOTE_ADDR") or None)), finished.set(None)
        try:
            return self.get_response(request)
        finally:
            visitor.reset(token)
            finished.reset(before)


def way_back() -> str:
    """Where what this request did is taken back; empty when it did nothing that one would want back."""
    act = finished.get()
    return f"/operations/{act.row}/undo/" if act is not None and act.kind in kinds.OFFERED else ""
