"""The language of a page: the user's choice, else the one chosen on this browser, else what the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from desk.pages.acts import done_in_person, open_to_guests
from desk.pages.answers import done
from desk.pages.onward import onward
from trail.domain.operations import operation


class LanguageMiddleware:
    """Stands after authentication, because a user's own choice comes first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = getattr(request.user, "language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


@open_to_guests
@done_in_person
@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Another language: kept on this browser, and for a user wherever they log in."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise BadRequest("an unknown language")
    if request.user.is_authenticated and request.user.language != language:
        with operation("profile", by=request.user):
            request.user.language = language
            request.user.save(update_fields=["language"])
    response = done(request, onward(request))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
