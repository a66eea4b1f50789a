"""Every request gets a number, which the reader of a failure page and the reader of the log both see."""

import ipaddress
import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from desk.models import Stale
from desk.pages.errors import bad_request, stale

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class RequestMiddleware:
    """The outermost: numbers the request, and finds who really asks when proxies stand before the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = secrets.token_hex(6)
        request.META["REMOTE_ADDR"] = address_of(request)
        token = current.set(request)
        try:
            response = bad_request(request) if "\x00" in request.path else self.get_response(without_nul(request))
        finally:
            current.reset(token)
        response.headers["X-Request-ID"] = request.number
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return stale(request) if isinstance(exception, Stale) else None


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


class AboutRequest(logging.Filter):
    """Adds to each line of the log: the number of the request, who, from where."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = getattr(record, "request", None)  # Django logs a refusal when the request is over already
        request = said if isinstance(said, HttpRequest) else current.get()
        record.number = getattr(request, "number", "-")
        record.address = request.META.get("REMOTE_ADDR", "-") if request else "-"
        # Only a user already read: a line of the log must not ask the database, which may be what is failing.
        user = getattr(request, "_cached_user", None)
        record.user = getattr(user, "pk", None) or "-"
        if record.levelno < logging.ERROR:
            record.exc_info = None  # a refusal is one line; where it came from is no news
        return True


class OneLine(logging.Formatter):
    """What came from outside cannot forge a line of the log or reach the terminal that shows it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in super().formatMessage(record))
