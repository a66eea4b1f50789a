"""Adding a subtype and changing a type, asked first where fields of counterparties would go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import shaping
from counterparties.domain.foreseeing import foresee
from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from desk.models import Gone, Stale
from desk.pages import settings
from desk.pages.answers import done, show
from desk.pages.record_form import is_sent, looked_at_again
from rights.domain.granting import copy_rights
from trail.domain.settings import Taken
from trail.pages.conflict import conflict

from .types import LIST
from .types_form import TypeForm


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A subtype. It starts with a copy of its parent's rights."""
    form = _form(request, parent=_parent_asked_for(request))
    if is_sent(request) and form.is_valid():
        parent = form.cleaned_data["parent"]
        type_ = CounterpartyType(**form.facts(), kind_code=parent.kind_code)
        try:
            made = shaping.add_type(type_, form.chosen, by=request.user, then=lambda made: copy_rights(parent, made))
        except Taken:
            form = _form(request)  # checked once more, it sees who was faster
        except Gone:
            form = looked_at_again(_form(request))
        except ValidationError as error:
            form.add_error("parent", error)
        else:
            return _added(request, made)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New type"))


def _added(request: HttpRequest, made: CounterpartyType) -> HttpResponse:
    said = _("“%(name)s” is added, with a copy of the rights of %(parent)s.")
    return done(request, f"{LIST}#{made.code}", said % {"name": made.label, "parent": made.parent})


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What a form says about a type; moving it or taking characteristics off is asked first."""
    type_ = get_object_or_404(CounterpartyType, code=code)
    form = _form(request, instance=type_)
    if is_sent(request) and form.is_valid():
        if not form.says_something:
            return done(request, f"{LIST}#{code}", _("Nothing was changed."))
        if form.seen.isdecimal() and int(form.seen) != form.tree.by_id[type_.pk].version:
            return _conflict(request, form)
        if form.must_be_asked and request.POST.get("confirmed") != "1":
            return _preview(request, form)
        try:
            kept = shaping.keep_type(type_, form.facts(), form.chosen, by=request.user, seen=form.seen)
        except Stale:
            return _conflict(request, form)
        except Gone:
            form = looked_at_again(_form(request, instance=type_))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, f"{LIST}#{code}", _("“%(name)s” is saved.") % {"name": kept.label})
    return _page(request, form, form.title, history_url=f"{LIST}{code}/history/")


def _parent_asked_for(request: HttpRequest) -> str:
    """The code in the address, as far as a subtype may be added there."""
    code = request.GET.get("parent", "").strip().lower()
    if not code or CounterpartyType.objects.filter(code=code.replace("\x00", ""), stopped_at=None).exists():
        return code
    said = _("There is no type “%(code)s” that a subtype can be added to. Choose one below.")
    messages.warning(request, said % {"code": code[:40]})
    return ""


def _form(request: HttpRequest, **facts: Any) -> TypeForm:
    form = TypeForm(request.POST if request.method == "POST" else None, tree=TypeTree(), **facts)
    return form if is_sent(request) else form.without_errors()


def _page(request: HttpRequest, form: TypeForm, title: str, **context: Any) -> HttpResponse:
    placing = [form[name] for name in ("position", "parent") if name in form.fields]
    return show(
        request,
        "counterparties/type.html",
        title=title,
        form=form,
        sections=[{"id": "facts", "title": _("Data"), "hint": "", "fields": [*placing, form["code"], form["name"]]}],
        cancel_url=LIST,
        crumbs=settings.crumbs("types", (title, None)),
        **context,
    )


def _conflict(request: HttpRequest, form: TypeForm) -> HttpResponse:
    return conflict(
        request, form, CounterpartyType.objects.get(pk=form.instance.pk), f"{LIST}{form.instance.code}/edit/"
    )


def _preview(request: HttpRequest, form: TypeForm) -> HttpResponse:
    """What would hide, appear and become required, before anything is done."""
    parent = None if form.is_root else form.parent
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "confirmed")
        for value in values
    ]
    return show(
        request,
        "counterparties/type_preview.html",
        title=form.title,
        foreseen=foresee(form.tree.by_id[form.instance.pk], parent, form.chosen),
        moved_to=form.tree.path(parent) if parent and "parent" in form.changed_data else "",
        sent=sent,
        cancel_url=f"{LIST}{form.instance.code}/edit/",
        crumbs=settings.crumbs("types", (form.title, f"{LIST}{form.instance.code}/edit/"), (_("Confirm"), None)),
    )
