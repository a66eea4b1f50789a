"""Gives each request the decisions about its user, made once and only when asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from rights.domain import policy


class RightsMiddleware:
    """`request.decision` answers every "may" of this request; the next request decides anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.decision = SimpleLazyObject(lambda: policy.for_user(request.user))
        return self.get_response(request)
