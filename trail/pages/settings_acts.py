"""The pages every list of the settings has beside its form: stop, start, arrows, drag, delete, history."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.ordering import Places
from desk.pages import settings
from desk.pages.answers import done, show
from trail.domain import settings as acts
from trail.pages.settings_history import history_page


@dataclass(frozen=True)
class Use:
    """Why something cannot be deleted: a sentence with the number of its users, and where they are listed."""

    sentence: str
    url: str = ""


class SettingsActs:
    """One list of the settings. An heir says what an address finds, what uses it and what stands in its way."""

    tab = ""
    model: Any = None

    def find(self, request: HttpRequest, **at: str) -> Any:
        """The object of this address."""
        return get_object_or_404(self.model, **at)

    def list_url(self, thing: Any) -> str:
        """The list it stands in."""
        return settings.tabs.get(self.tab).url

    def url(self, thing: Any) -> str:
        """The address its pages begin with."""
        return f"{self.list_url(thing)}{thing.code}/"

    def crumbs(self, thing: Any, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
        return settings.crumbs(self.tab, *further)

    def places(self, thing: Any) -> Places | None:
        """The list in which it is moved; None where the order is not moved by arrows."""
        return None

    def is_used(self, thing: Any) -> bool:
        """Does anything depend on it? Asked cheaply, before anything is counted."""
        raise NotImplementedError

    def uses(self, thing: Any) -> list[Use]:
        """What depends on it."""
        raise NotImplementedError

    def hindrance(self, thing: Any, act: str) -> str:
        """Why it cannot be stopped or deleted at all (``act``: "stop", "delete"); empty when it can."""
        return ""

    def consequences(self, thing: Any) -> list[str]:
        """What goes when it is deleted."""
        return [_("Its history stays.")]

    def remove(self, thing: Any, by: Any) -> None:
        """Delete it; InUse when something depends on it."""
        acts.delete(thing, by=by, is_used=self.is_used, places=self.places(thing))

    # ---- the pages

    def stop(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Offered to no new record from now on."""
        thing = self.find(request, **at)
        if why := self.hindrance(thing, "stop"):
            return self._cannot(request, thing, _("%(name)s cannot be stopped") % {"name": thing.label}, why)
        said = _("“%(name)s” is stopped. What has it keeps it; nothing new is offered it.")
        return self._acted(
            request, thing, said if acts.stop(thing, by=request.user) else _("“%(name)s” was stopped already.")
        )

    def start(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Offered again."""
        thing = self.find(request, **at)
        said = _("“%(name)s” is offered again.")
        return self._acted(
            request, thing, said if acts.start(thing, by=request.user) else _("“%(name)s” was not stopped.")
        )

    def up(self, request: HttpRequest, **at: str) -> HttpResponse:
        return self._stepped(request, -1, **at)

    def down(self, request: HttpRequest, **at: str) -> HttpResponse:
        return self._stepped(request, 1, **at)

    def move(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Dragged: field ``before`` is the code of the one it now stands before; empty means the end of the list."""
        thing = self.find(request, **at)
        places, code = self.places(thing), request.POST.get("before", "")
        if places is None or "\x00" in code:
            raise Http404
        before = get_object_or_404(places.siblings, code=code) if code else None
        return self._placed(request, thing, acts.move(thing, places, before, by=request.user))

    def delete(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Asked first; refused with the number of users and the offer to stop it."""
        thing = self.find(request, **at)
        if why := self.hindrance(thing, "delete"):
            return self._cannot(request, thing, _("%(name)s cannot be deleted") % {"name": thing.label}, why)
        if self.is_used(thing):
            return self._in_use(request, thing)
        if request.POST.get("confirmed") != "1":
            return self._asked(request, thing)
        try:
            self.remove(thing, request.user)
        except acts.InUse:
            return self._in_use(request, thing)
        return done(request, self.list_url(thing), _("“%(name)s” is deleted.") % {"name": thing.label})

    def history(self, request: HttpRequest, **at: str) -> HttpResponse:
        """Who changed what about it."""
        thing = self.find(request, **at)
        way = self.crumbs(thing, (thing.label, f"{self.url(thing)}edit/"), (_("History"), None))
        return history_page(request, thing, way)

    # ---- their answers

    def _stepped(self, request: HttpRequest, by_places: int, **at: str) -> HttpResponse:
        thing = self.find(request, **at)
        places = self.places(thing)
        if places is None:
            raise Http404
        return self._placed(request, thing, acts.step(thing, places, by_places, by=request.user))

    def _placed(self, request: HttpRequest, thing: Any, place: int) -> HttpResponse:
        return self._acted(request, thing, _("“%(name)s” is in place %(place)d now."), place=place)

    def _acted(self, request: HttpRequest, thing: Any, said: str, **named: Any) -> HttpResponse:
        return done(request, f"{self.list_url(thing)}#{thing.code}", said % {"name": thing.label, **named})

    def _cannot(self, request: HttpRequest, thing: Any, title: str, why: str) -> HttpResponse:
        back = [(_("Back to the list"), self.list_url(thing))]
        status = 422 if request.method == "POST" else 200
        way = self.crumbs(thing, (title, None))
        return show(request, "desk/message.html", status=status, title=title, sentence=why, links=back, crumbs=way)

    def _in_use(self, request: HttpRequest, thing: Any) -> HttpResponse:
        title = _("%(name)s cannot be deleted") % {"name": thing.label}
        may_stop = hasattr(thing, "stopped_at") and not thing.is_stopped and not self.hindrance(thing, "stop")
        return show(
            request,
            "desk/settings_in_use.html",
            status=422 if request.method == "POST" else 200,
            title=title,
            uses=self.uses(thing),
            stop_url=f"{self.url(thing)}stop/" if may_stop else "",
            is_stopped=getattr(thing, "is_stopped", False),
            cancel_url=self.list_url(thing),
            crumbs=self.crumbs(thing, (title, None)),
        )

    def _asked(self, request: HttpRequest, thing: Any) -> HttpResponse:
        title = _("Delete %(name)s?") % {"name": thing.label}
        return show(
            request,
            "desk/confirm.html",
            title=title,
            question=_("“%(name)s” (%(code)s) is used nowhere and can be deleted for good.")
            % {"name": thing.label, "code": thing.code},
            consequences=self.consequences(thing),
            confirm_label=_("Delete"),
            is_danger=True,
            cancel_url=self.list_url(thing),
            crumbs=self.crumbs(thing, (title, None)),
        )

    # ---- their addresses

    def paths(self, prefix: str, name: str, *left_out: str) -> list[URLPattern]:
        """Routes under ``prefix`` (which holds the code), named ``<name>-stop`` …; some may be ``left_out``."""
        taking = {
            **{act: ["POST"] for act in ("stop", "start", "up", "down", "move")},
            "delete": ["GET", "HEAD", "POST"],
            "history": ["GET", "HEAD"],
        }
        return [
            path(f"{prefix}{act}/", self._view(act, methods), name=f"{name}-{act}")
            for act, methods in taking.items()
            if act not in left_out
        ]

    def _view(self, act: str, methods: list[str]) -> Callable[..., HttpResponse]:
        def view(request: HttpRequest, **at: str) -> HttpResponse:
            try:
                return getattr(self, act)(request, **at)
            except ObjectDoesNotExist:
                raise Http404 from None  # deleted by somebody else a moment ago

        return settings.settings_only(require_http_methods(methods)(view))
