"""Where an element may stand in its nomenclature."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.models import Element, Nomenclature


def check_parent(element: Element, parent: Element, home: Nomenclature) -> None:
    """ValidationError unless the parent is of this nomenclature and not below the element itself."""
    if parent.nomenclature_id != home.pk:
        raise ValidationError(_("The parent must be an element of the same nomenclature."))
    above = dict(home.elements.values_list("pk", "parent"))
    step: int | None = parent.pk
    steps = 0
    while step is not None and steps <= len(above):
        if step == element.pk:
            raise ValidationError(_("An element cannot stand under itself."))
        step, steps = above.get(step), steps + 1
