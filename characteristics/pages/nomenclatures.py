"""The settings of nomenclatures: their list, and the form of one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from characteristics.domain import pasting, shaping, usage
from characteristics.domain.usage import Use
from characteristics.models import Characteristic, Nomenclature
from desk.models import Stale
from desk.pages import settings
from desk.pages.answers import done, show
from desk.pages.record_form import is_sent
from desk.pages.settings_form import NAMES, SettingsForm
from trail.domain import settings as kept_acts
from trail.domain.settings import Taken
from trail.pages.conflict import conflict
from trail.pages.settings_acts import SettingsActs

from .pasted import LinesField, told

LIST = "/settings/nomenclatures/"


class NomenclatureForm(SettingsForm):
    class Meta:
        model = Nomenclature
        fields = ["code", "name", *NAMES]


class NewNomenclatureForm(NomenclatureForm):
    """Its first elements can be typed at once."""

    elements = LinesField(label=gettext_lazy("Elements"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["elements"].widget.attrs["rows"] = 8
        self.fields["elements"].span = 6

    def says_same(self, there: Nomenclature) -> bool:
        return super().says_same(there) and pasting.stand(there, self.cleaned_data["elements"])


class NomenclatureActs(SettingsActs):
    tab, model = "nomenclatures", Nomenclature

    def is_used(self, thing: Nomenclature) -> bool:
        return usage.nomenclature_is_used(thing)

    def uses(self, thing: Nomenclature) -> list[Use]:
        uses = []
        if count := thing.characteristics.count():
            sentence = ngettext(
                "%(count)d characteristic is chosen from it.", "%(count)d characteristics are chosen from it.", count
            )
            uses.append(Use(sentence % {"count": count}, f"/settings/characteristics/?q={thing.code}"))
        if usage.nomenclature_is_said(thing):
            uses.append(Use(_("Counterparties say some of its elements."), f"{LIST}{thing.code}/"))
        return uses

    def hindrance(self, thing: Nomenclature, act: str) -> str:
        sentence = _("“%(name)s” is part of the system: the office itself chooses from it.")
        return sentence % {"name": thing.label} if thing.is_system else ""

    def consequences(self, thing: Nomenclature) -> list[str]:
        count = thing.elements.count()
        sentence = ngettext("%(count)d element goes with it.", "%(count)d elements go with it.", count)
        return [*([sentence % {"count": count}] if count else []), *super().consequences(thing)]

    def remove(self, thing: Nomenclature, by: Any) -> None:
        shaping.delete_nomenclature(thing, by=by)


acts = NomenclatureActs()


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    nomenclature: Nomenclature
    elements: int
    characteristics: list[Characteristic]
    is_used: bool

    @property
    def may_go(self) -> bool:
        return not (self.nomenclature.is_system or self.is_used)


@settings.settings_only
@require_safe
def nomenclatures(request: HttpRequest) -> HttpResponse:
    """All of them, with the characteristics that are chosen from them."""
    frame = settings.frame(request, "nomenclatures")
    every = Nomenclature.objects.prefetch_related("characteristics")
    found = [each for each in every if _answers(frame["asked"], each)]
    counted = Nomenclature.objects.order_by().values_list("pk").annotate(number=Count("elements"))
    numbers = dict(counted)
    rows = [
        Row(each, numbers.get(each.pk, 0), (asking := list(each.characteristics.all())), bool(asking)) for each in found
    ]
    return show(request, "characteristics/nomenclatures.html", rows=rows, **frame)


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new list with its first elements."""
    form = _form(request, NewNomenclatureForm)
    if is_sent(request) and form.is_valid():
        lines = form.cleaned_data["elements"]
        try:
            made = shaping.add_nomenclature(Nomenclature(**form.facts()), lines, by=request.user)
        except Taken:
            form = _form(request, NewNomenclatureForm)  # checked once more, it sees who was faster
        except pasting.Refused as refused:
            form.add_error("elements", told(refused))
        else:
            return _added(request, made)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New nomenclature"), ("code", "name", "elements"))


def _added(request: HttpRequest, made: Nomenclature) -> HttpResponse:
    return done(request, f"{LIST}{made.code}/", _("“%(name)s” is added.") % {"name": made.label})


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """What the list is called; its elements have pages of their own."""
    nomenclature = get_object_or_404(Nomenclature, code=code)
    form = _form(request, NomenclatureForm, instance=nomenclature)
    if is_sent(request) and form.is_valid():
        if not form.says_something:
            return done(request, f"{LIST}#{code}", _("Nothing was changed."))
        try:
            kept = kept_acts.keep(nomenclature, form.facts(), by=request.user, seen=form.seen)
        except Stale:
            return conflict(request, form, Nomenclature.objects.get(code=code), LIST)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, f"{LIST}#{code}", _("“%(name)s” is saved.") % {"name": kept.label})
    return _page(request, form, form.title, ("code", "name"), history_url=f"{LIST}{code}/history/")


def _form(request: HttpRequest, form_class: type[NomenclatureForm], **facts: Any) -> Any:
    form = form_class(request.POST if request.method == "POST" else None, **facts)
    return form if is_sent(request) else form.without_errors()


def _answers(question: str, nomenclature: Nomenclature) -> bool:
    names = (getattr(nomenclature, name) for name in ("code", "name", *NAMES))
    return not question or settings.answers(question, names)


def _page(
    request: HttpRequest, form: NomenclatureForm, title: str, shown: tuple[str, ...], **context: Any
) -> HttpResponse:
    return show(
        request,
        "desk/settings_form.html",
        title=title,
        form=form,
        sections=[{"id": "facts", "title": _("Data"), "hint": "", "fields": [form[name] for name in shown]}],
        cancel_url=LIST,
        crumbs=settings.crumbs("nomenclatures", (title, None)),
        **context,
    )
