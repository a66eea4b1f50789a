"""The panel of filters over a list, in groups: the list's own ones, then those of its characteristics by their types.

Which groups lie open stands in the address, so that the panel comes back as it was left and looks the same to a
colleague. A fresh panel (``filters=open``) opens everything while that is little, else only what is asked.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from counterparties.pages.asked import Question
from counterparties.pages.origins import by_origin
from desk.pages.filters import panel

#: So many filters are shown at once without being asked for.
FEW = 24
#: The panel lies open; with the second word, of its groups only those that are named beside it.
OPEN, NAMED = "open", "groups"


@dataclass
class Section:
    """Some filters of the panel; the list's own ones have no heading and cannot be folded."""

    code: str = ""
    label: str = ""
    is_open: bool = True
    groups: list[tuple[str, list[forms.BoundField]]] = field(default_factory=list)
    number_set: int = 0


def is_open(data: QueryDict) -> bool:
    return "filters" in data


def pairs(data: QueryDict) -> list[tuple[str, str]]:
    """How the panel lies, for the addresses that lead on from here."""
    said = data.getlist("filters")
    if NAMED not in said:
        return [("filters", OPEN)] if said else []
    return [("filters", each) for each in dict.fromkeys(said)]


def sections(question: Question, data: QueryDict) -> list[Section]:
    """The filters this list offers, each with what is asked now."""
    offered = question.filters()
    bound = dict(zip([each.key for each in offered], panel(offered, question.asked), strict=True))
    set_keys = question.asked.answers.keys()
    made, said = [], data.getlist("filters")
    for type_, characteristics in by_origin(question).items():
        keys = [each.field_name for each in characteristics if each.field_name in bound]
        number_set = len(set_keys & set(keys))
        is_open = type_.code in said if NAMED in said else len(offered) <= FEW or bool(number_set)
        if keys:
            made.append(Section(type_.code, type_.label, is_open, [bound.pop(key) for key in keys], number_set))
    return [Section(groups=list(bound.values())), *made]


def context(question: Question, data: QueryDict, address: Any) -> dict[str, Any]:
    """What ``desk/filter.html`` needs; without the panel itself while it is folded, so that lists stay light."""
    open_now = is_open(data)
    made = sections(question, data) if open_now else []
    in_panel = {field.name for section in made for _label, fields in section.groups for field in fields} | {"filters"}
    return {
        "filters_open": open_now,
        "filters_url": str(address.without("filters") if open_now else address.but({"filters": OPEN})),
        "filter_sections": made,
        "filters_named": NAMED,
        "filters_number": sum(len(section.groups) for section in made),
        # The names the panel asks for itself are not to be kept beside it.
        "kept": [(name, value) for name, value in address.pairs if name not in in_panel],
    }
