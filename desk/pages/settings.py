"""The settings: one screen of tabs. Each app says in its own `settings_tabs.py` which tabs it brings."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from desk import text
from desk.registry import Registry

tabs = Registry("tab of the settings")


class Tab:
    """One list of the settings. With an ``add_label`` its button stands in the head of every tab."""

    code = ""
    label: Any = ""
    position = 0
    add_label: Any = ""

    @property
    def url(self) -> str:
        return f"/settings/{self.code}/"

    @property
    def add_url(self) -> str:
        return f"{self.url}new/"

    def count(self) -> int:
        """The number beside the label, stopped ones included."""
        raise NotImplementedError


def settings_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For superusers and those who manage the settings; to everybody else there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.decision.may_manage_settings:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@settings_only
def settings(request: HttpRequest) -> HttpResponse:
    """The first tab."""
    return HttpResponseRedirect(next(iter(tabs)).url)


def frame(request: HttpRequest, code: str) -> dict[str, Any]:
    """What the template of a tab needs for its head: buttons, tabs and what was searched for."""
    current = tabs.get(code)
    return {
        "tab": current,
        "tabs": [{"label": t.label, "url": t.url, "count": t.count(), "is_current": t is current} for t in tabs],
        "adds": [{"label": t.add_label, "url": t.add_url} for t in tabs if t.add_label],
        "asked": asked(request),
    }


def crumbs(code: str, *further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a page below a tab; the last one is the page itself."""
    tab = tabs.get(code)
    return [(_("Settings"), "/settings/"), (str(tab.label), tab.url), *further]


def asked(request: HttpRequest) -> str:
    """What the search box of the list was asked for."""
    return text.clean(request.GET.get("q", "").replace("\x00", ""))[:200]


def answers(question: str, words: Iterable[str]) -> bool:
    """Is every word of the question somewhere in these words, in any case and alphabet?"""
    searched = " ".join(spelling for each in words if each for spelling in text.spellings(each))
    return all(word in searched for word in text.key(question).split())
