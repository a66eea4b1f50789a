"""Every request gets a number, which the reader of a failure page and the reader of the log both see."""

import ipaddress
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from desk.models import Gone, Stale
from desk.pages.errors import bad_request, not_allowed, stale
from desk.pages.log import current


class RequestMiddleware:
    """The outermost: numbers the request, and finds who really asks when proxies stand before the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)
        request.META["REMOTE_ADDR"] = address_of(request)
        token = current.set(request)
        try:
            response = self.get_response(without_nul(request))
        finally:
            current.reset(token)
        response.headers["X-Request-ID"] = request.number
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return stale(request) if isinstance(exception, Stale | Gone) else None


class AddressMiddleware:
    """An address with a NUL is nobody's, and no database is asked for it. Answered like any other page, in the reader's
    language and with all headers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return bad_request(request) if "\x00" in request.path else self.get_response(request)


class MethodMiddleware:
    """A page that is only read, or only sent to, says so in words to whoever asks it otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_silent = response.status_code == 405 and not response.streaming and not response.content
        return not_allowed(request, response.headers.get("Allow", "")) if is_silent else response


def address_of(request: HttpRequest) -> str:
    """The address that asks. What X-Forwarded-For says counts only as far as our own proxies wrote it."""
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if 0 < settings.PROXIES <= len(said) and is_address(said[-settings.PROXIES]):
        return said[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def without_nul(request: HttpRequest) -> HttpRequest:
    """PostgreSQL refuses the NUL character where SQLite takes it; nobody ever means one in an address or a cookie."""
    request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "").replace("%00", "").replace("\x00", "")
    for name in [name for name, value in request.COOKIES.items() if "\x00" in value]:
        del request.COOKIES[name]
    return request
