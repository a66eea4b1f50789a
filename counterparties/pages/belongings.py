"""The pages of what hangs on a dossier: each sort of thing is added, edited and deleted in the same way."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import belongings
from counterparties.models import Counterparty
from counterparties.pages.way import Crumb, way
from desk.models import Gone, Stale
from desk.pages.answers import done, show
from desk.pages.record_form import RecordForm, is_sent, looked_at_again
from trail.pages.conflict import conflict


class BelongingForm(RecordForm):
    """The form of one thing of a dossier; ``decision`` is about the user who fills it in."""

    def __init__(self, *args: Any, counterparty: Counterparty, decision: Any, **kwargs: Any) -> None:
        self.counterparty, self.decision = counterparty, decision
        super().__init__(*args, **kwargs)
        self.instance.counterparty = counterparty

    def at(self, thing: Any, when: Any = None) -> "BelongingForm":
        return type(self)(instance=thing, counterparty=self.counterparty, decision=self.decision)

    def made(self) -> Any:
        """The new thing, ready to be kept."""
        return self._meta.model(counterparty=self.counterparty, **self.facts())

    def before(self, thing: Any) -> None:
        """What is settled last, just before the thing is kept, within the same operation."""

    def after(self, thing: Any) -> None:
        """What belongs to the thing and is kept with it, within the same operation."""


class Belonging:
    """One sort of thing that a dossier holds. An heir names its model, its form and its words."""

    code = ""  # its tab, and its part of the address
    name = ""  # its routes: <name>-new, <name>-edit, <name>-delete
    model: Any = None
    form: type[BelongingForm] = BelongingForm
    new_words: Any = ""
    section_words: Any = ""
    with_files = False
    #: What the act asks of the counterparty; seeing it asks for *view*.
    right = "edit"
    #: Said to those who may change such things, but not the one they asked for.
    not_yours: Any = ""

    def things(self, request: HttpRequest, counterparty: Counterparty) -> Any:
        """Those of the counterparty that the reader may know of."""
        return self.model.objects.filter(counterparty=counterparty.pk)

    def may_change(self, decision: Any, counterparty: Counterparty) -> bool:
        return decision.may(self.right, counterparty)

    def may_change_it(self, decision: Any, thing: Any) -> bool:
        """Of those who may change such things, who may change this very one? Everybody, unless an heir says less."""
        return True

    def url(self, counterparty: Counterparty) -> str:
        """The tab in which they stand."""
        return f"{counterparty.get_absolute_url()}?tab={self.code}"

    def new_url(self, counterparty: Counterparty) -> str:
        return f"{counterparty.get_absolute_url()}{self.code}/new/"

    def edit_url(self, thing: Any) -> str:
        return f"{self._address(thing)}edit/"

    def delete_url(self, thing: Any) -> str:
        return f"{self._address(thing)}delete/"

    def _address(self, thing: Any) -> str:
        return f"/counterparties/{thing.counterparty_id}/{self.code}/{thing.pk}/"

    # ---- the pages

    def new(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One more."""
        counterparty = self._counterparty(request, pk)
        form = self._form(request, counterparty)
        if is_sent(request) and form.is_valid():
            try:
                made = self.add(form, request)
            except ValidationError as error:
                form.add_error(None, error)
            except Gone:
                form = looked_at_again(self._form(request, counterparty))
            else:
                return done(request, self.url(counterparty), self.added_words(made))
        return self._page(request, form, str(self.new_words))

    def edit(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """What is said of it."""
        counterparty = self._counterparty(request, pk)
        thing = self._thing(request, counterparty, thing_pk)
        form = self._form(request, counterparty, instance=thing)
        if is_sent(request) and form.is_valid():
            if not form.says_something:
                return done(request, self.url(counterparty), _("Nothing was changed."))
            try:
                kept = self.keep(form, request)
            except Stale:
                now = self.things(request, counterparty).get(pk=thing.pk)
                return conflict(request, form, now, self.url(counterparty))
            except ValidationError as error:
                form.add_error(None, error)
            except Gone:
                form = looked_at_again(self._form(request, counterparty, instance=thing))
            else:
                return done(request, self.url(counterparty), _("“%(name)s” is saved.") % {"name": kept})
        return self._page(request, form, str(thing), delete_url=self.delete_url(thing))

    def delete(self, request: HttpRequest, pk: int, thing_pk: int) -> HttpResponse:
        """Asked first."""
        counterparty = self._counterparty(request, pk)
        thing = self._thing(request, counterparty, thing_pk)
        if request.POST.get("confirmed") != "1":
            return self._asked(request, counterparty, thing)
        self.remove(thing, request)
        return done(request, self.url(counterparty), _("“%(name)s” is deleted.") % {"name": thing})

    # ---- the acts, for heirs who do more

    def add(self, form: BelongingForm, request: HttpRequest) -> Any:
        return belongings.add(
            form.made(), by=request.user, first=form.before, then=form.after, opened_at=form.opened_at
        )

    def keep(self, form: BelongingForm, request: HttpRequest) -> Any:
        return belongings.keep(
            form.instance,
            form.facts(),
            guard=form.guard,
            seen=form.seen,
            by=request.user,
            first=form.before,
            then=form.after,
        )

    def remove(self, thing: Any, request: HttpRequest) -> None:
        belongings.remove(thing, by=request.user)

    def added_words(self, made: Any) -> str:
        """What is told after one was added."""
        return _("“%(name)s” is added.") % {"name": made}

    def question(self, counterparty: Counterparty, thing: Any) -> str:
        """What is asked before deleting."""
        words = {"name": thing, "owner": counterparty.name}
        return _("“%(name)s” is taken off the dossier of %(owner)s.") % words

    def consequences(self, thing: Any) -> list[str]:
        """What the question before deleting tells."""
        return [_("Its history stays.")]

    # ---- their answers

    def _counterparty(self, request: HttpRequest, pk: int) -> Counterparty:
        counterparty = get_object_or_404(request.decision.counterparties("view"), pk=pk)
        if not self.may_change(request.decision, counterparty):
            request.decision.require(self.right, counterparty)
            raise Http404
        return counterparty

    def _thing(self, request: HttpRequest, counterparty: Counterparty, thing_pk: int) -> Any:
        thing = get_object_or_404(self.things(request, counterparty), pk=thing_pk)
        if not self.may_change_it(request.decision, thing):
            raise PermissionDenied(str(self.not_yours))
        return thing

    def _form(self, request: HttpRequest, counterparty: Counterparty, **facts: Any) -> BelongingForm:
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = self.form(data, files, counterparty=counterparty, decision=request.decision, **facts)
        return form if is_sent(request) else form.without_errors()

    def _page(self, request: HttpRequest, form: BelongingForm, title: str, **context: Any) -> HttpResponse:
        return show(
            request,
            "counterparties/belonging.html",
            title=title,
            form=form,
            sections=self.sections(form),
            with_files=self.with_files,
            cancel_url=self.url(form.counterparty),
            crumbs=self._crumbs(request, form.counterparty, title),
            **context,
        )

    def sections(self, form: BelongingForm) -> list[dict[str, Any]]:
        """The form as it is laid out: one section, unless an heir parts it."""
        title = str(self.section_words) or _("Data")
        return [{"id": "facts", "title": title, "hint": "", "fields": [form[name] for name in form.shown]}]

    def _asked(self, request: HttpRequest, counterparty: Counterparty, thing: Any) -> HttpResponse:
        title = _("Delete %(name)s?") % {"name": thing}
        return show(
            request,
            "desk/confirm.html",
            title=title,
            question=self.question(counterparty, thing),
            consequences=self.consequences(thing),
            confirm_label=_("Delete"),
            is_danger=True,
            cancel_url=self.url(counterparty),
            crumbs=self._crumbs(request, counterparty, title),
        )

    def _crumbs(self, request: HttpRequest, counterparty: Counterparty, title: str) -> list[Crumb]:
        return way(request.decision, counterparty, (title, None), url=self.url(counterparty))

    # ---- their addresses

    def paths(self) -> list[URLPattern]:
        """Their routes, named ``<name>-new`` …"""
        under = f"counterparties/<int:pk>/{self.code}/"
        return [
            path(f"{under}new/", self._view(self.new), name=f"{self.name}-new"),
            path(f"{under}<int:thing_pk>/edit/", self._view(self.edit), name=f"{self.name}-edit"),
            path(f"{under}<int:thing_pk>/delete/", self._view(self.delete), name=f"{self.name}-delete"),
        ]

    @staticmethod
    def _view(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, **at: Any) -> HttpResponse:
            try:
                return page(request, **at)
            except ObjectDoesNotExist:
                raise Http404 from None  # taken off by somebody else a moment ago

        return require_http_methods(["GET", "HEAD", "POST"])(view)
