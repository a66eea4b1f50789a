"""The chooser of columns over a list: those that are shown, in their order, then the others by where they come from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from counterparties.pages.asked import Question
from counterparties.pages.origins import by_origin
from desk.columns import Column
from desk.listing import Listing
from desk.pages.question import ListQuestion

#: From so many columns on there is a box that finds one.
MANY = 15


@dataclass(frozen=True)
class Group:
    """Columns under one heading."""

    label: str
    columns: list[Column]

    def without(self, shown: Collection[Column]) -> "Group":
        return Group(self.label, [each for each in self.columns if each not in shown])


def chooser(question: ListQuestion, listing: Listing, path: str, data: Any, groups: Iterable[Group]) -> dict[str, Any]:
    """What ``desk/columns.html`` shows; ``groups`` are all the columns of the list."""
    shown = [question.columns[head.key] for head in listing.columns]
    groups = [left for each in groups if (left := each.without(shown)).columns]
    address = listing.address
    is_named = "columns" in dict(address.pairs)
    return {
        "shown": shown,
        "groups": groups,
        "is_long": len(shown) + sum(len(group.columns) for group in groups) > MANY,
        "is_open": "up" in data or "down" in data,
        "kept": address.without("columns").pairs,
        "remember_url": f"{reverse('view-columns')}?{urlencode({'list': path})}",
        "is_remembered": bool(question.remembered),
        "before_url": str(address.without("columns")) if is_named else "",
    }


def of_counterparties(question: Question) -> list[Group]:
    """The columns of a list of counterparties, by the type they come from."""
    groups = [
        Group(_("Facts of all counterparties"), question.facts),
        *_of_clients(question),
        Group(_("Addresses"), question.addresses),
        Group(_("Bank accounts"), question.accounts),
    ]
    for type_, characteristics in by_origin(question).items():
        groups.append(Group(type_.label, [question.columns[each.field_name] for each in characteristics]))
    return groups


def _of_clients(question: Question) -> list[Group]:
    """Where the list is about clients too."""
    types = question.scope.types
    if types is None or any(each.kind.is_client for each in types):
        return [Group(_("Client details"), question.as_clients)]
    return []
