"""The doors of the office: log in, log out, a forgotten password."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import forms as library_forms
from allauth.account import views as library
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desk.pages.acts import done_in_person, open_to_guests
from desk.pages.answers import show
from desk.pages.onward import onward
from staff.domain import demo, passing, people, tries

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class LoginForm(library_forms.LoginForm):
    """User name or e-mail, and the password; both are asked in the same words whoever it is."""

    #: seconds until the next try is taken
    wait = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name or e-mail"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        self.order_fields(["login", "password"])

    def user_credentials(self) -> dict[str, str]:
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def clean(self) -> Any:
        if self.errors:
            return self.cleaned_data
        who = self.cleaned_data["login"], self.request.META.get("REMOTE_ADDR", "")
        self.wait = tries.take(*who)
        if self.wait:
            raise forms.ValidationError(too_many(self.wait), code="too_many")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            passing.was_refused(*who)
            raise
        tries.forgive(*who)
        return cleaned


def too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many wrong passwords. Try again in %(minutes)d minute.",
        "Too many wrong passwords. Try again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


@open_to_guests
@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """The front door; whoever is inside already is led on."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(onward(request))
    form = LoginForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        response = form.login(request, redirect_url=onward(request))
        passing.came_in(form.user, request.META.get("REMOTE_ADDR"))
        response.status_code = 303
        return response
    if form.is_bound:
        log.warning("Log-in refused%s", ", too many tries" if form.wait else "")
    response = show(
        request,
        "account/login.html",
        status=429 if form.wait else None,
        form=form,
        next=onward(request),
        sends_mail=settings.SENDS_MAIL,
        has_anybody=people.has_anybody(),
        demo_logins=[(name, demo.password_of(name), words) for name, words in demo.PEOPLE.items()]
        if settings.DEMO
        else [],
    )
    if form.wait:
        response.headers["Retry-After"] = str(form.wait)
    return response


def as_the_house_answers(view: View) -> View:
    """A page of the library that answers like ours: 422 for a refused form, 303 after a success."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response.status_code = {200: 422, 302: 303}.get(response.status_code, response.status_code)
        return response

    return answer


def noted_as_leaving(view: View) -> View:
    """Whoever leaves by the door is noted; whose session simply ends is not."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        leaving = request.user if request.method == "POST" and request.user.is_authenticated else None
        response = view(request, *args, **kwargs)
        if leaving is not None and not request.user.is_authenticated:
            passing.went_out(leaving, request.META.get("REMOTE_ADDR"))
        return response

    return answer


def where_mail_is_sent(view: View) -> View:
    """A forgotten password needs a letter; an office without mail says whom to ask."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SENDS_MAIL:
            return view(request, *args, **kwargs)
        return render(request, "account/no_mail.html")

    return answer


logged_out = noted_as_leaving(as_the_house_answers(library.logout))
logout = open_to_guests(done_in_person(login_not_required(never_cache(logged_out))))
forgotten = open_to_guests(where_mail_is_sent(as_the_house_answers(library.password_reset)))
forgotten_sent = open_to_guests(library.password_reset_done)
new_password = open_to_guests(as_the_house_answers(library.password_reset_from_key))
new_password_set = open_to_guests(library.password_reset_from_key_done)
