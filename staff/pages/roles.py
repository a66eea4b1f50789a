"""The roles of the office: what they are called, and how many play them. What they may stands in the matrix."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from desk import text
from desk.fields import LineFormField
from desk.models import Stale
from desk.pages.answers import done, show, stale
from desk.pages.record_form import OpenedForm
from staff.domain import people
from staff.domain.role_uses import named_by
from trail.domain.settings import InUse
from trail.pages.settings_acts import Use

from .people import LIST, ROLES, administrators_only, crumbs, frame


class RoleForm(forms.ModelForm, OpenedForm):
    """A role is known by its name."""

    unshared = ("name",)

    name = LineFormField(label=gettext_lazy("Name"), max_length=150)

    seen = forms.CharField(required=False, max_length=150, widget=forms.HiddenInput)

    name.widget.attrs["data-first"] = True

    class Meta:
        model = Group
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.name

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        # They are few, and databases turn none but Latin letters into each other alike.
        others = Group.objects.exclude(pk=self.instance.pk)
        if same := next((each for each in others if text.key(each.name) == text.key(name)), None):
            # The very name: one in other letters was meant to be another role.
            self.holder = same if same.name == name and not self.instance.pk else None
            raise ValidationError(_("There is a role of this name already."))
        return name

    def facts(self) -> dict[str, Any]:
        """Its name alone, which was compared."""
        return {}


@administrators_only
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in the order of names."""
    # The menu has one line for both lists.
    request.crumbs_begin_at = LIST  # type: ignore[attr-defined]
    return show(request, "staff/roles.html", rows=people.roles(), crumbs=[], **frame(ROLES))


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A role that may nothing yet, so the next page is what it may."""
    form = RoleForm(request.POST or None)
    if form.is_valid():
        try:
            role = people.add_role(form.cleaned_data["name"], by=request.user)
        except IntegrityError:
            form = RoleForm(request.POST)  # somebody was faster: now the check sees them
        else:
            return _added(request, role)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New role"))


def _added(request: HttpRequest, role: Group) -> HttpResponse:
    said = _("The role “%(name)s” is added. Tick what it may, then give it to people.") % {"name": role.name}
    return done(request, f"/settings/rights/?role={role.pk}", said)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, role: int) -> HttpResponse:
    found = get_object_or_404(Group, pk=role)
    was, form = found.name, RoleForm(request.POST or None, instance=found)
    if form.is_valid():
        told = form.cleaned_data
        try:
            people.rename_role(role, told["name"], by=request.user, seen=told["seen"])
        except Stale:
            return _page(request, form, was, is_stale=True)
        except IntegrityError:
            form = RoleForm(request.POST, instance=found)
        else:
            return done(request, ROLES, _("“%(name)s” is saved.") % told)
    return _page(request, form, was)


@administrators_only
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, role: int) -> HttpResponse:
    """Only of a role that nobody plays and that has no rights."""
    found = get_object_or_404(Group, pk=role)
    if request.POST.get("confirmed"):
        try:
            people.remove_role(found, by=request.user)
        except InUse:
            return _in_use(request, found)
        return done(request, ROLES, _("“%(name)s” is deleted.") % {"name": found.name})
    if _uses(found):
        return _in_use(request, found)
    title = _("Delete %(name)s?") % {"name": found.name}
    return show(
        request,
        "desk/confirm.html",
        title=title,
        question=_("Nobody plays the role “%(name)s”, and it has no rights.") % {"name": found.name},
        confirm_label=_("Delete"),
        is_danger=True,
        cancel_url=ROLES,
        crumbs=_crumbs(title),
    )


def _in_use(request: HttpRequest, role: Group) -> HttpResponse:
    title = _("%(name)s cannot be deleted") % {"name": role.name}
    return show(
        request,
        "desk/settings_in_use.html",
        status=422 if request.method == "POST" else 200,
        title=title,
        uses=_uses(role),
        cancel_url=ROLES,
        crumbs=_crumbs(title),
    )


def _uses(role: Group) -> list[Use]:
    """Why it stays. People who log in no more play it too."""
    people_of, rights = role.user_set.count(), role.grants.count()  # type: ignore[attr-defined]
    uses = []
    if people_of:
        said = ngettext("%(count)d person plays it.", "%(count)d people play it.", people_of)
        uses.append(Use(said % {"count": people_of}, LIST))
    if rights:
        said = ngettext("It has %(count)d right.", "It has %(count)d rights.", rights)
        uses.append(Use(said % {"count": rights}, f"/settings/rights/?role={role.pk}"))
    for sort, count in named_by(role, but="grants").items():
        told = {"sort": capfirst(sort), "count": count}
        uses.append(Use(_("%(sort)s that name it: %(count)d.") % told))
    return uses


def _page(request: HttpRequest, form: RoleForm, title: str, is_stale: bool = False) -> HttpResponse:
    further: dict[str, Any] = {}
    role = form.instance
    if role.pk and people.roles_that_manage_settings().filter(pk=role.pk).exists():
        further |= {"manages_settings": True, "role": role}
    section = {"id": "role", "title": _("Role"), "fields": [form["name"]]}
    told: dict[str, Any] = {
        "form": form,
        "title": title,
        "sections": [section],
        "crumbs": _crumbs(title),
        "is_stale": is_stale,
        **further,
    }
    return (stale if is_stale else show)(request, "staff/role.html", **told)


def _crumbs(title: Any) -> list[tuple[str, str | None]]:
    return crumbs((_("Roles"), ROLES), (str(title), None))
