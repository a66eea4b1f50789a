"""The page for an act without the right: which right is missing, and which roles have it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from desk.pages.errors import number_of
from rights.catalog import BY_CODE
from rights.domain.policy import Refused


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal of the policy is explained; another refusal says its own sentence."""
    told: dict[str, Any] = {"error_id": number_of(request)}
    if isinstance(exception, Refused):
        told |= {"right": BY_CODE[exception.explanation.right].label, "roles": exception.explanation.roles}
    elif exception is not None:
        told["exception"] = str(exception)
    return render(request, "403.html", told, status=403)
