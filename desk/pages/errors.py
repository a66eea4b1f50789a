"""Pages for what went wrong: in the reader's language, with the number that stands in the log, never with a trace."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came cannot be read, or is too much at once."""
    too_large = isinstance(exception, TOO_LARGE)
    return _alone(request, "413.html", 413) if too_large else _alone(request, "400.html", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """The page is there, but not for what was to be done with it; ``Allow`` says what it is there for."""
    response = render(request, "405.html", status=405)
    response.headers["Allow"] = allowed
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke. When it was the way to the database, the office is only out for a moment."""
    exception = sys.exc_info()[1]
    if isinstance(exception, (OperationalError, InterfaceError)):
        response = _alone(request, "503.html", 503)
        response.headers["Retry-After"] = "30"
        return response
    return _alone(request, "500.html", 500)


def stale(request: HttpRequest) -> HttpResponse:
    """Somebody was faster, and the page that was asked has no better answer of its own."""
    return _alone(request, "409.html", 409)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: an old page, or cookies switched off."""
    return _alone(request, "403_csrf.html", 403)


def number_of(request: HttpRequest) -> str:
    return getattr(request, "number", "")


def _alone(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """A page that asks nobody: neither the session nor the user, for they may be what failed."""
    told = {"error_id": number_of(request), "office_name": settings.OFFICE_NAME}
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    with translation.override(language):
        return HttpResponse(render_to_string(template, told), status=status)
