"""The settings of statuses: their list, and the form of one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from counterparties.domain import counting, headcount, shaping, usage
from counterparties.domain.headcount import Headcount
from counterparties.models import Status
from desk.models import Stale
from desk.ordering import Places
from desk.pages import settings
from desk.pages.answers import done, show
from desk.pages.record_form import is_sent
from desk.pages.settings_form import NAMES, SettingsForm
from trail.domain.settings import Taken
from trail.pages.conflict import conflict
from trail.pages.settings_acts import SettingsActs, Use

LIST = "/settings/statuses/"


class StatusForm(SettingsForm):
    reserved = ()  # the form of a new status stands in its own address, and wins
    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        required=False,
        min_value=1,
        max_value=2**31 - 1,
        help_text=gettext_lazy("Empty: the last place."),
    )
    # Not a field of the model here: two defaults are no mistake of the form, the old one lets go in the same operation.
    is_default = forms.BooleanField(label=gettext_lazy("For new counterparties"), required=False)

    class Meta:
        model = Status
        fields = ["position", "code", "name", *NAMES, "color"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].span = 1
        self.fields["color"].span = 2
        default = self.fields["is_default"]
        self.initial["is_default"] = self.instance.is_default
        default.help_text = _("Offered first on a new card; the status that is offered now lets go.")
        if self.instance.is_default:
            default.disabled = True
            default.help_text = _("To change this, tick it at another status.")

    def clean_is_default(self) -> bool:
        if self.cleaned_data["is_default"] and self.instance.is_stopped:
            raise ValidationError(_("It is stopped; start it before new counterparties begin with it."))
        return self.cleaned_data["is_default"]

    def facts(self) -> dict[str, Any]:
        """Without the position: the list decides about places."""
        said = super().facts() | {"is_default": self.cleaned_data["is_default"]}
        return {name: value for name, value in said.items() if name != "position"}

    def says_same(self, there: Status) -> bool:
        return super().says_same(there) and self.place in (None, there.position)

    @property
    def place(self) -> int | None:
        """The place in the list that was asked for; None when it stays where it is."""
        return self.cleaned_data["position"] if "position" in self.changed_data else None


class StatusActs(SettingsActs):
    tab, model = "statuses", Status

    def places(self, thing: Status) -> Places:
        return shaping.places_of_statuses()

    def is_used(self, thing: Status) -> bool:
        return usage.status_is_used(thing)

    def uses(self, thing: Status) -> list[Use]:
        count = counting.number(status=thing.pk)
        sentence = ngettext("%(count)d counterparty has it.", "%(count)d counterparties have it.", count)
        return [Use(sentence % {"count": count}, f"/counterparties/?status={thing.code}&archived=all")]

    def hindrance(self, thing: Status, act: str) -> str:
        if thing.is_default:
            return _("New counterparties begin as %(status)s. Tick another status for that first.") % {"status": thing}
        return ""


acts = StatusActs()


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    status: Status
    count: Headcount

    @property
    def may_go(self) -> bool:
        return self.count.is_empty and not self.status.is_default


@settings.settings_only
@require_safe
def statuses(request: HttpRequest) -> HttpResponse:
    """All of them in the office's order."""
    frame = settings.frame(request, "statuses")
    counts = headcount.of_statuses(request.decision)
    found = [each for each in Status.objects.all() if _answers(frame["asked"], each)]
    rows = [Row(each, counts.get(each.pk, headcount.NOBODY)) for each in found]
    return show(request, "counterparties/statuses.html", rows=rows, may_move=not frame["asked"], **frame)


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    if is_sent(request) and form.is_valid():
        status = Status(**form.facts())
        try:
            made = shaping.add_status(status, by=request.user, place=form.cleaned_data["position"])
        except Taken:
            form = _form(request)  # checked once more, it sees who was faster
        else:
            return _added(request, made)
    if there := form.sent_before(request.user):
        return _added(request, there)
    return _page(request, form, _("New status"))


def _added(request: HttpRequest, made: Status) -> HttpResponse:
    return done(request, f"{LIST}#{made.code}", _("“%(name)s” is added.") % {"name": made.label})


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    status = get_object_or_404(Status, code=code)
    form = _form(request, instance=status)
    if is_sent(request) and form.is_valid():
        if not form.says_something:
            return done(request, f"{LIST}#{code}", _("Nothing was changed."))
        try:
            kept = shaping.keep_status(status, form.facts(), by=request.user, seen=form.seen, place=form.place)
        except Stale:
            return conflict(request, form, Status.objects.get(code=code), f"{LIST}{code}/edit/")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return done(request, f"{LIST}#{code}", _("“%(name)s” is saved.") % {"name": kept.label})
    return _page(request, form, form.title, history_url=f"{LIST}{code}/history/")


def _form(request: HttpRequest, **facts: Any) -> StatusForm:
    form = StatusForm(request.POST if request.method == "POST" else None, **facts)
    return form if is_sent(request) else form.without_errors()


def _answers(question: str, status: Status) -> bool:
    names = (getattr(status, name) for name in ("code", "name", *NAMES))
    return not question or settings.answers(question, names)


def _page(request: HttpRequest, form: StatusForm, title: str, **context: Any) -> HttpResponse:
    fields = [form[name] for name in ("position", "code", "name", "color", "is_default")]
    return show(
        request,
        "desk/settings_form.html",
        title=title,
        form=form,
        sections=[{"id": "facts", "title": _("Data"), "hint": "", "fields": fields}],
        cancel_url=LIST,
        crumbs=settings.crumbs("statuses", (title, None)),
        **context,
    )
