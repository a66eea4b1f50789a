"""A decision with its reasons: which roles give a right, and by which types. The policy decides; this tells why."""

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from counterparties.models import Counterparty, CounterpartyType
from rights.catalog import ASKED_OF_EACH_TYPE
from rights.models import Grant


@dataclass(frozen=True)
class Explanation:
    """A decision with its reasons: for the 403 page and for "who sees this and why"."""

    right: str
    allowed: bool
    is_superuser: bool = False
    #: role → the types by which that role of the user grants the right
    by: dict[str, list[CounterpartyType]] = field(default_factory=dict)
    #: names of all roles that have the right on this thing
    roles: list[str] = field(default_factory=list)


class Refused(PermissionDenied):
    """An act the user lacks the right for; the 403 page names the right and the roles that have it."""

    def __init__(self, explanation: Explanation, thing: Counterparty | CounterpartyType | None = None) -> None:
        super().__init__(explanation.right)
        self.explanation = explanation
        self.thing = thing


def explained(decision: Any, right: str, types: Set[int], allowed: bool) -> Explanation:
    """By which of their roles somebody has a right on a thing of these types, and which roles of the office have it."""
    user = decision.user
    mine = set(user.groups.values_list("pk", flat=True)) if user and user.pk else set()
    granted: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Grant.objects.filter(type__in=types, right__in={right, "view"}).values_list("role", "right", "type")
    for role, code, type_id in rows:
        granted[role][code].add(type_id)
    names = dict(Group.objects.filter(pk__in=granted).values_list("pk", "name"))
    able = {
        role: sorted(rights[right] & rights["view"])
        for role, rights in granted.items()
        if (rights[right] & rights["view"])
        and (right not in ASKED_OF_EACH_TYPE or types <= (rights[right] & rights["view"]))
    }
    return Explanation(
        right=right,
        allowed=allowed,
        is_superuser=decision.is_superuser,
        by={names[role]: [decision.tree.by_id[pk] for pk in ids] for role, ids in able.items() if role in mine},
        roles=sorted(names[role] for role in able),
    )
