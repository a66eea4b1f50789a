"""The link of an invitation: the invited chooses a password and is in."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desk.pages.acts import open_to_guests
from desk.pages.answers import done, show
from portal.domain import invitations
from portal.pages.gate import PAGE

TEMPLATE = "portal/welcome.html"


@open_to_guests
@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Once, by whoever holds the link; reading the page spends nothing."""
    access = invitations.invited(pk, token)
    if access is None:
        return _spent(request)
    with translation.override(_language(request, access.user)):
        form = SetPasswordForm(access.user, request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return show(request, TEMPLATE, form=form, email=access.user.email, client=access.counterparty)
        user = invitations.accept(access, token, form.cleaned_data["new_password1"])
        if user is None:
            return _spent(request)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return done(
            request,
            PAGE,
            _("Welcome. From now on you log in with %(email)s and this password.") % {"email": user.email},
        )


def _language(request: HttpRequest, user: Any) -> str:
    """The client's own, until he chooses another one on this browser."""
    return (
        translation.get_language()
        if settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        else user.language or translation.get_language()
    )


def _spent(request: HttpRequest) -> HttpResponse:
    """The same for a link that was used, is too old, or never was one."""
    return render(request, TEMPLATE, {"is_spent": True}, status=410)
