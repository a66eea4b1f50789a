"""Nomenclatures of the file, each with its elements."""

from typing import Any

from characteristics.models import Element, Nomenclature

from .keeping import after, keep, parents_first, refuse_circle
from .plan import Entry, NomenclatureEntry, Report


def define(entry: NomenclatureEntry, report: Report) -> None:
    """Make or change a nomenclature; elements the file does not name stay as they are."""
    nomenclature = Nomenclature.objects.filter(code=entry.code).first()
    if nomenclature is None:
        nomenclature = Nomenclature(code=entry.code, position=after(Nomenclature.objects.all()))
    keep(nomenclature, entry, entry.facts, f"nomenclature {entry.code}", report)
    known = {each.code: each for each in nomenclature.elements.select_related("parent")}
    for element in parents_first(entry.elements, known.__contains__):
        known[element.code] = _element(nomenclature, element, known, report)


def _element(nomenclature: Nomenclature, entry: Entry, known: dict[str, Element], report: Report) -> Element:
    element = known.get(entry.code)
    if element is None:
        element = Element(nomenclature=nomenclature, code=entry.code, position=after(nomenclature.elements.all()))
    facts: dict[str, Any] = dict(entry.facts)
    if "parent" in facts:
        facts["parent"] = known[facts["parent"]] if facts["parent"] else None
        refuse_circle(element, facts["parent"], entry) if element.pk else None
    keep(element, entry, facts, f"element {nomenclature.code}/{entry.code}", report)
    return element
