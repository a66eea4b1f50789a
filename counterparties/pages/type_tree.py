"""Types to tick, laid out as their tree: a subtype stands under its parent, where that is offered too."""

from collections.abc import Iterable
from typing import Any

from django import forms

from counterparties.models import CounterpartyType
from counterparties.pages.facts import visible_path
from desk.pages.filters import many_of


class TypeTree(forms.CheckboxSelectMultiple):
    """Any of some types. One whose parent is not among them says its whole path."""

    shape = "tree"

    def __init__(self, types: Iterable[CounterpartyType], decision: Any) -> None:
        self._types = {each.code: each for each in types}
        self._tree = decision.tree
        super().__init__(choices=[(code, visible_path(each, decision)) for code, each in self._types.items()])

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        above = [each.code for each in self._tree.lineage(self._types[str(value)])[:-1] if each.code in self._types]
        option["attrs"]["data-above"] = " ".join(above)
        return option


def tree_of(types: list[CounterpartyType], decision: Any) -> forms.Widget:
    """The tree, or a text box where there are too many types to show."""
    paths = [(each.code, visible_path(each, decision)) for each in types]
    plain = many_of(len(paths), lambda: paths)
    return TypeTree(types, decision) if isinstance(plain, forms.CheckboxSelectMultiple) else plain
