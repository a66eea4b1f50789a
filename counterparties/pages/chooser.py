"""The chooser of columns over a list: those that are shown, in their order, then the others by where they come from."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from counterparties.pages.asked import Question
from counterparties.pages.origins import by_origin
from desk.columns import Column
from desk.listing import Listing

#: From so many columns on there is a box that finds one.
MANY = 15


@dataclass(frozen=True)
class Group:
    """Columns that are not shown, under one heading."""

    label: str
    columns: list[Column]


def chooser(question: Question, listing: Listing, path: str, data: Any) -> dict[str, Any]:
    """What ``desk/columns.html`` shows."""
    shown = [question.columns[head.key] for head in listing.columns]
    groups = _others(question, shown)
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


def _others(question: Question, shown: list[Column]) -> list[Group]:
    groups = [(_("Facts of all counterparties"), question.facts)]
    for type_, characteristics in by_origin(question).items():
        groups.append((type_.label, [question.columns[each.field_name] for each in characteristics]))
    left = [Group(label, [each for each in columns if each not in shown]) for label, columns in groups]
    return [group for group in left if group.columns]
