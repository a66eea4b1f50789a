"""The people of the office: who works here, with which roles, and how somebody new is taken in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from desk.models import Stale
from desk.pages.answers import done, show, stale
from desk.pages.settings import answers, asked
from staff.domain import people
from staff.models import User

from .people_form import PersonForm
from .people_told import person_told

LIST, ROLES = "/people/", "/roles/"


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For superusers, who alone give roles to people."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.decision.is_superuser:
            raise PermissionDenied(_("Only administrators look after the people and roles of the office."))
        return view(request, *args, **kwargs)

    return guarded


def frame(current: str) -> dict[str, Any]:
    """The two lists beside each other."""
    counts = {LIST: people.colleagues().count(), ROLES: people.roles().count()}
    labels = {LIST: _("People"), ROLES: _("Roles")}
    tabs = [{"label": labels[url], "url": url, "count": counts[url], "is_current": url == current} for url in labels]
    return {"tabs": tabs, "tabs_label": _("People and roles")}


@administrators_only
@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody who works here or did, whoever still does first."""
    question = asked(request)
    found = [each for each in people.colleagues() if not question or answers(question, _words(each))]
    return show(request, "staff/people.html", rows=found, asked=question, crumbs=[], **frame(LIST))


def _words(person: User) -> list[str]:
    roles = [each.name for each in person.groups.all()]
    return [person.username, person.first_name, person.last_name, person.email, *roles]


@sensitive_post_parameters("password")
@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            made = people.add_person(form.said, by=request.user)
        except IntegrityError:
            form = PersonForm(request.POST, by=request.user)  # somebody was faster: now the check sees them
        else:
            return _added(request, made)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New person"))


def _added(request: HttpRequest, made: User) -> HttpResponse:
    return done(request, LIST, _("%(name)s is one of the people of the office now.") % {"name": made})


@sensitive_post_parameters("password")
@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, person: str) -> HttpResponse:
    found = get_object_or_404(people.colleagues(), username=person)
    form = PersonForm(request.POST or None, instance=found, by=request.user)
    if form.is_valid():
        try:
            kept = people.keep_person(found, form.said, by=request.user, seen=form.cleaned_data["seen"])
        except Stale:
            return _page(request, form, str(found), person=found, is_stale=True)
        except people.LastAdministrator:
            form.say_nobody_is_left()
        except IntegrityError:
            form = PersonForm(request.POST, instance=found, by=request.user)
        else:
            if kept.pk == request.user.pk:
                # My own new password ends my other sessions, and not this one.
                update_session_auth_hash(request, kept)
            return done(request, LIST, _("“%(name)s” is saved.") % {"name": kept})
    return _page(request, form, str(found), person=found)


def _page(request: HttpRequest, form: PersonForm, title: str, **context: Any) -> HttpResponse:
    if person := context.get("person"):
        context |= person_told(request, person)
    told = {"form": form, "title": title, "sections": form.sections(), "crumbs": crumbs((title, None)), **context}
    return (stale if context.get("is_stale") else show)(request, "staff/person.html", **told)


def crumbs(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("People"), LIST), *further]
