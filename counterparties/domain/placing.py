"""Where a type may stand in the tree."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType


def check_place(type_: CounterpartyType, parent: CounterpartyType | None) -> None:
    """ValidationError unless the type may become a successor of that parent; asked inside the operation that saves."""
    if parent is None:
        if type_.parent_id is None and type_.pk:
            return
        raise ValidationError(_("Choose of which type this one is a successor; only the six kinds have none."))
    # One lock per kind: two people who move types at the same moment cannot make a ring together.
    list(CounterpartyType.objects.select_for_update().filter(parent=None, kind_code=parent.kind_code))
    if not type_.pk:
        return
    if type_.parent_id is None:
        raise ValidationError(_("%(type)s is one of the six kinds and stays on top.") % {"type": type_})
    if type_.kind_code != parent.kind_code:
        raise ValidationError(
            _("%(type)s can only move within its kind; %(parent)s is of another one.")
            % {"type": type_, "parent": parent}
        )
    if parent.pk in TypeTree().family(type_):
        raise ValidationError(_("%(type)s cannot become a successor of itself.") % {"type": type_})
