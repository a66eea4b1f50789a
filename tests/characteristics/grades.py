"""The nomenclature *grade*, at its pages."""

from characteristics.models import Element

HOME = "/settings/nomenclatures/grade/"


def listed(nomenclature):
    """Codes in the order of their places, which must be 1, 2, 3 …"""
    found = list(nomenclature.elements.order_by("position").values_list("code", "position"))
    assert [place for _code, place in found] == list(range(1, len(found) + 1))
    return [code for code, _place in found]


def under(parent, *codes):
    """Elements that stand under another one."""
    home = parent.nomenclature
    for code in codes:
        place = home.elements.count() + 1
        Element.objects.create(nomenclature=home, parent=parent, code=code, name=code.upper(), position=place)


def form_of(element, **facts):
    parent = element.parent.code if element.parent else ""
    return {"name": element.name, "parent": parent, "version": element.version, **facts}
