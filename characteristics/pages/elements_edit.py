"""The form of one element: its code, its names, its picture, and the one it stands under."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from characteristics.domain import nomenclatures as trees
from characteristics.domain import shaping_elements
from characteristics.models import Element, Nomenclature
from desk.models import Gone, Stale
from desk.pages import settings
from desk.pages.answers import done, show
from desk.pages.record_form import is_sent, looked_at_again
from desk.pages.settings_form import NAMES, SHOWN_AT_ONCE, SettingsForm
from desk.widgets import Suggested
from files.pages.upload_field import UploadField
from trail.domain.settings import Taken
from trail.pages.conflict import conflict

from .elements import acts, crumbs, find, page_with
from .nomenclatures import LIST


class ElementForm(SettingsForm):
    class Meta:
        model = Element
        fields = ["code", "name", *NAMES]

    def __init__(self, *args: Any, nomenclature: Nomenclature, by: Any = None, parent: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nomenclature = nomenclature
        self.fields["parent"] = self._parent_field()
        kept = [self.instance.picture] if self.instance.picture else []
        self.fields["picture"] = UploadField(
            kept,
            user=by,
            pictures_only=True,
            label=_("Picture"),
            required=False,
            help_text=_("PNG, JPEG, WEBP or GIF."),
        )
        self.initial["picture"] = self.instance.picture
        codes = {each.pk: each.code for each in trees.elements(nomenclature)}
        self.initial["parent"] = codes.get(self.instance.parent_id, "") if self.instance.pk else parent

    def _parent_field(self) -> forms.CharField:
        every = trees.elements(self.nomenclature)
        below = set(trees.families(self.nomenclature, [self.instance])) if self.instance.pk else set()
        self.below = {each.code for each in every if each.pk in below}
        options = [(each.code, "\u2003" * each.depth + each.label) for each in every if each.pk not in below]
        few = len(options) <= SHOWN_AT_ONCE
        widget = forms.Select(choices=[("", "—"), *options]) if few else Suggested(options)
        field = forms.CharField(label=_("Stands under"), required=False, widget=widget)
        field.help_text = _("Empty: on top. Whoever looks for an element finds what stands under it too.")
        field.choices = options
        return field

    def at(self, thing: Any, when: Any = None) -> "ElementForm":
        return ElementForm(instance=thing, nomenclature=self.nomenclature)

    def same_codes(self, code: str) -> QuerySet:
        return self.nomenclature.elements.filter(code=code)

    def clean_parent(self) -> Element | None:
        code = self.cleaned_data["parent"].strip().lower()
        if not code:
            return None
        parent = next((each for each in trees.elements(self.nomenclature) if each.code == code), None)
        if parent is None:
            raise ValidationError(_("There is no element with this code here. Choose one of the list."))
        if code in self.below:  # asked once more when it is saved, somebody may move others meanwhile
            raise ValidationError(_("An element cannot stand under itself."))
        return parent

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"parent": self.cleaned_data["parent"], "picture": self.cleaned_data["picture"]}


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """One more element, behind the others."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    form = _form(request, nomenclature, parent=request.GET.get("parent", "").strip().lower())
    if is_sent(request) and form.is_valid():
        try:
            facts = form.facts()
            picture = facts.pop("picture")
            made = shaping_elements.add(Element(nomenclature=nomenclature, **facts), by=request.user, picture=picture)
        except Taken:
            form = _form(request, nomenclature)  # checked once more, it sees who was faster
        except Gone:
            # The nomenclature knows its elements; asked anew, it misses the one that went.
            form = looked_at_again(_form(request, Nomenclature.objects.get(pk=nomenclature.pk)))
        except ValidationError as error:
            form.add_error("picture", error)
        else:
            return _added(request, made)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New element"))


def _added(request: HttpRequest, made: Element) -> HttpResponse:
    return done(request, page_with(made), _("“%(name)s” is added.") % {"name": made.label})


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str, element: str) -> HttpResponse:
    """What it is called, how it looks, and under which one it stands."""
    thing = find(code, element)
    home = f"{LIST}{code}/"
    form = _form(request, thing.nomenclature, instance=thing)
    if is_sent(request) and form.is_valid():
        if not form.says_something:
            return done(request, page_with(thing), _("Nothing was changed."))
        try:
            kept = shaping_elements.keep(thing, form.facts(), by=request.user, seen=form.seen)
        except Stale:
            return conflict(request, form, Element.objects.get(pk=thing.pk), home)
        except Gone:
            thing = find(code, element)
            form = looked_at_again(_form(request, thing.nomenclature, instance=thing))
        except ValidationError as error:
            form.add_error("picture" if error.code == "no_room" else "parent", error)
        else:
            return done(request, page_with(kept), _("“%(name)s” is saved.") % {"name": kept.label})
    return _page(request, form, form.title, history_url=f"{acts.url(thing)}history/")


def _form(request: HttpRequest, nomenclature: Nomenclature, **facts: Any) -> ElementForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ElementForm(*sent, nomenclature=nomenclature, by=request.user, **facts)
    return form if is_sent(request) else form.without_errors()


def _page(request: HttpRequest, form: ElementForm, title: str, **context: Any) -> HttpResponse:
    fields = [form[name] for name in ("code", "name", "parent", "picture")]
    return show(
        request,
        "desk/settings_form.html",
        title=title,
        form=form,
        with_files=True,
        sections=[{"id": "facts", "title": _("Data"), "hint": "", "fields": fields}],
        cancel_url=f"{LIST}{form.nomenclature.code}/",
        crumbs=crumbs(form.nomenclature, (title, None)),
        **context,
    )
