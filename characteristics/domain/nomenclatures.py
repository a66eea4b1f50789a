"""Elements of a nomenclature as a tree."""

from collections import defaultdict
from collections.abc import Iterable

from characteristics.models import Element, Nomenclature


def elements(nomenclature: Nomenclature) -> list[Element]:
    """All elements, parents before their children, stopped ones too; read once per object."""
    known = getattr(nomenclature, "_elements_in_order", None)
    if known is not None:
        return known
    children: dict[int | None, list[Element]] = defaultdict(list)
    for each in nomenclature.elements.order_by("position", "name", "pk"):
        children[each.parent_id].append(each)
    found: list[Element] = []
    waiting = [(each, 0) for each in reversed(children[None])]
    while waiting:
        each, depth = waiting.pop()
        each.depth = depth
        each.nomenclature = nomenclature
        found.append(each)
        waiting.extend((child, depth + 1) for child in reversed(children[each.pk]))
    nomenclature._elements_in_order = found
    return found


def families(nomenclature: Nomenclature, chosen: Iterable[Element]) -> list[int]:
    """Ids of the chosen elements and of all that stand under them."""
    found = {each.pk for each in chosen}
    for each in elements(nomenclature):  # parents come first, so one pass reaches every depth
        if each.parent_id in found:
            found.add(each.pk)
    return sorted(found)


def every_name(element: Element) -> tuple[str, str, str, str]:
    """Its names in all languages, for reading sheets."""
    return element.name, element.name_en, element.name_bg, element.name_ru
