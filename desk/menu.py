"""The side menu. Each app says in its own `menu.py` what it adds; nobody keeps a list of them all."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from desk.registry import Registry

parts = Registry("part of the menu")


@dataclass
class Entry:
    """One line of the menu; a count that is None is not shown."""

    label: Any
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass
class Group:
    """Lines under one heading, which may be silent."""

    label: Any
    entries: list[Entry] = field(default_factory=list)


class Part:
    """What one app adds to the menu. Parts with the same heading stand together."""

    code = ""
    position = 0
    heading: Any = ""

    def entries(self, request: HttpRequest) -> list[Entry]:
        """The lines this reader gets; decided anew for each request."""
        raise NotImplementedError


def menu(request: HttpRequest) -> list[Group]:
    """The whole menu for one reader, with the line marked on whose page they are."""
    groups: dict[str, Group] = {}
    for part in parts:
        group = groups.setdefault(str(part.heading), Group(part.heading))
        group.entries += part.entries(request)
    shown = [group for group in groups.values() if group.entries]
    mark_current(_place(request), [entry for group in shown for entry in group.entries])
    return shown


def _place(request: HttpRequest) -> str:
    """Where the page stands: in the list its crumbs begin at, so that both say the same; else at its own address."""
    beginning = getattr(request, "crumbs_begin_at", None)
    return beginning.partition("?")[0] if beginning else request.path


def mark_current(path: str, entries: list[Entry]) -> None:
    """The line whose address begins the path, the longest one; home only when it is home itself."""
    fitting = [entry for entry in entries if path == entry.url or (entry.url != "/" and path.startswith(entry.url))]
    if fitting:
        max(fitting, key=lambda entry: len(entry.url)).is_current = True
