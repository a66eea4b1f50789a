"""The roles every office starts with; it gives, takes and adds its own later."""

from django.contrib.auth.models import Group

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.domain.granting import grant

EVERY = {right.code for right in RIGHTS}
KINDS = ("client", "supplier", "bank", "company", "state-organisation", "holding")

#: role → root type → rights
ROLES: dict[str, dict[str, set[str]]] = {
    "Sales": {"client": EVERY - {"settings", "balance"}, "supplier": {"view"}},
    "Bookkeeping": {
        **{kind: {"view", "export", "balance"} for kind in KINDS},
        "bank": {"view", "export", "balance", "edit"},
        "supplier": {"view", "export", "balance", "edit"},
    },
    "Managers": {kind: EVERY for kind in KINDS},
}


def start_roles() -> None:
    """Make the base roles that are missing, with their rights on the root types; existing roles stay as they are."""
    types = {each.code: each for each in CounterpartyType.objects.filter(parent=None)}
    for name, granted in ROLES.items():
        role, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            for code, rights in granted.items():
                grant(role, types[code], rights)
