"""Types to tick, laid out as their tree: a subtype stands under its parent, where that is offered too."""

from typing import Any

from django import forms

from counterparties.models import CounterpartyType
from counterparties.pages.facts import visible_path
from desk.pages import filters


def tree_of(types: list[CounterpartyType], decision: Any) -> forms.Widget:
    """The tree, or a text box where there are too many types to show."""
    paths = [(each.code, visible_path(each, decision)) for each in types]
    above = {each.code: [parent.code for parent in decision.tree.lineage(each)[:-1]] for each in types}
    return filters.tree_of(paths, above)
