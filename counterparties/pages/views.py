"""Saved views: all of mine and those shared with me, and the form that keeps one."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from counterparties.domain import views as acts
from counterparties.models import SavedView
from counterparties.pages import every_list
from counterparties.pages.every_list import AnyList
from counterparties.pages.list_views import address_of
from desk import text
from desk.fields import LineFormField
from desk.pages.addresses import Address
from desk.pages.answers import done, show
from desk.pages.question import ListQuestion
from desk.pages.record_form import OpenedForm


class ViewForm(OpenedForm):
    """What a view is called, who sees it, and whether its list opens with it."""

    name = LineFormField(label=gettext_lazy("Name"), max_length=100)
    role = forms.ModelChoiceField(
        label=gettext_lazy("Shared with"),
        queryset=Group.objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody, it is mine alone"),
        help_text=gettext_lazy("Everybody in the role finds it in their menu; each sees in it what they may view."),
    )
    is_default = forms.BooleanField(
        label=gettext_lazy("The list opens with it"),
        required=False,
        help_text=gettext_lazy("For me alone, whenever I come to the list without asking for anything."),
    )

    def __init__(self, user: Any, view: SavedView | None = None, **kwargs: Any) -> None:
        facts = {"name": view.name, "role": view.role_id, "is_default": view.is_default} if view else {}
        super().__init__(initial=facts, **kwargs)
        # A role I have left stays with the view that was shared with it, until I choose another.
        mine = user.groups.all() | Group.objects.filter(pk=view.role_id if view else None)
        self.fields["is_default"].span = 6
        self.fields["role"].queryset = (Group.objects.all() if user.is_superuser else mine.distinct()).order_by("name")

    def section(self, question: ListQuestion) -> dict[str, Any]:
        return {"id": "view", "title": _("View"), "hint": shown_by(question), "fields": self.visible_fields()}


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """All the views I may open, list by list."""
    found = list(acts.seen_by(request.user).exclude(name=""))
    groups = []
    for path, its in every_list.every().items():
        here = [each for each in found if each.path == path]
        mine = [each for each in here if each.user_id == request.user.pk]
        others = sorted((each for each in here if each not in mine), key=lambda each: text.key(each.name))
        if here:
            question = its.question(QueryDict(), request.decision) if others else None
            rows = {"mine": _rows(mine), "others": _rows(others, question)}
            groups.append({"title": its.title, "path": path, **rows})
    return show(request, "counterparties/views.html", groups=groups)


def _rows(found: list[SavedView], question: ListQuestion | None = None) -> list[dict[str, Any]]:
    return [{"view": each, "url": address_of(each, question)} for each in found]


@require_safe
def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    """An address for a view that stays good when the view is changed."""
    view = _found(request, pk)
    if view.user_id == request.user.pk:
        return HttpResponseRedirect(address_of(view))
    question = every_list.every()[view.path].question(QueryDict(), request.decision)
    return HttpResponseRedirect(address_of(view, question))


def new(request: HttpRequest) -> HttpResponse:
    """Keep a list as it is asked now under a name."""
    its, question = asked(request, request.GET.get("list") or reverse("register"))
    form = ViewForm(request.user, data=request.POST or None)
    if form.is_valid():
        try:
            view = acts.add(request.user, its.path, question.whole, form.facts(), form.opened_at)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return done(request, address_of(view), _("The view “%(name)s” is saved.") % {"name": view.name})
    title = _("New view of: %(list)s") % {"list": its.title}
    return _form(request, form, question, title, cancel_url=str(Address(its.path, question.whole)))


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, another role; what it shows is changed in the list itself."""
    view = mine(request, pk)
    _its, question = asked(request, address_of(view))
    form = ViewForm(request.user, view, data=request.POST or None)
    if form.is_valid():
        try:
            kept = acts.change(view, form.facts())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return done(request, reverse("views"), _("The view “%(name)s” is saved.") % {"name": kept.name})
    return _form(request, form, question, view.name, cancel_url=reverse("views"))


def _form(request: HttpRequest, form: ViewForm, question: ListQuestion, title: str, cancel_url: str) -> HttpResponse:
    return show(
        request,
        "counterparties/view.html",
        form=form,
        title=title,
        sections=[form.section(question)],
        notes=question.notes,
        cancel_url=cancel_url,
        crumbs=[(_("Saved views"), reverse("views")), (title, None)],
    )


def asked(request: HttpRequest, address: str) -> tuple[AnyList, ListQuestion]:
    """The list an address names and what it asks of it, as far as it is understood today."""
    found = every_list.read(address)
    if found is None:
        raise Http404
    its, data = found
    return its, its.question(data, request.decision)


def shown_by(question: ListQuestion) -> str:
    """What a view shows, in one line."""
    order, descending = question.order
    said = [f"{label}: {words}" for label, words, _names in question.asked.chips()]
    said.append(_("columns: %(columns)s") % {"columns": ", ".join(str(each.title) for each in question.chosen)})
    said.append(_("sorted by: %(column)s") % {"column": f"{order.title} {'↓' if descending else '↑'}"})
    return " · ".join(said)


def _found(request: HttpRequest, pk: int) -> SavedView:
    return get_object_or_404(acts.seen_by(request.user).exclude(name=""), pk=pk)


def mine(request: HttpRequest, pk: int) -> SavedView:
    """Only its owner changes a view; to anybody else there is no such page."""
    return get_object_or_404(SavedView.objects.select_related("user").exclude(name=""), pk=pk, user=request.user)
