"""Notes who is at the door, so that history can name them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from trail.history import Visitor, visitor


class TrailMiddleware:
    """Notes person and address for the time of one request; opens no transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        token = visitor.set(Visitor(user, request.META.get("REMOTE_ADDR") or None))
        try:
            return self.get_response(request)
        finally:
            visitor.reset(token)
