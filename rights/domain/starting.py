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
    "Managers": dict.fromkeys(KINDS, EVERY),
}


def start_roles() -> list[Group]:
    """Make the base roles the office never had, with their rights on the root types; tells which.

    Existing roles stay as they are, deleted or renamed ones do not come back.
    """
    made = []
    types = {each.code: each for each in CounterpartyType.objects.filter(parent=None)}
    for name, granted in ROLES.items():
        if Group.objects.filter(name=name).exists() or Group.history.filter(name=name).exists():
            continue
        role = Group.objects.create(name=name)
        made.append(role)
        for code, rights in granted.items():
            grant(role, types[code], rights)
    return made
