"""Who sees a counterparty, and why: every role with the rights it has on it and the types that give them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Count, Q

from counterparties.models import Counterparty, CounterpartyType
from rights.catalog import ASKED_OF_EACH_TYPE, RIGHTS
from rights.domain.policy import Decision
from rights.models import Grant


@dataclass
class Seeing:
    """One role: how many people, what they may, and by which types they may view."""

    role: Group
    people: int
    is_mine: bool
    rights: list[str] = field(default_factory=list)
    types: list[CounterpartyType] = field(default_factory=list)


def who_sees(counterparty: Counterparty, decision: Decision) -> list[Seeing]:
    """The roles that may view it, by name. Three queries, however many roles and types there are."""
    carried = set(decision.type_sets.get(counterparty.type_set_id, frozenset()))
    granted: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for role_id, right, type_id in Grant.objects.filter(type__in=carried).values_list("role", "right", "type"):
        granted[role_id][right].add(type_id)
    people = Count("user", filter=Q(user__is_active=True))
    mine = set(decision.user.groups.values_list("pk", flat=True))
    found = []
    for role in Group.objects.filter(pk__in=granted).annotate(people=people).order_by("name"):
        rights = granted[role.pk]
        if rights["view"]:
            seeing = Seeing(role, role.people, role.pk in mine)
            seeing.rights = [each.code for each in RIGHTS if _has(each.code, rights, carried)]
            seeing.types = [each for each in decision.tree.types if each.pk in rights["view"]]
            found.append(seeing)
    return found


def _has(right: str, rights: dict[str, set[int]], carried: set[int]) -> bool:
    """By the rules of the policy, asked of one role instead of one user."""
    granted = rights[right] & rights["view"]
    return granted >= carried if right in ASKED_OF_EACH_TYPE else bool(granted)


def superusers() -> int:
    """How many people see everything anyway."""
    return get_user_model().objects.filter(is_superuser=True, is_active=True).count()
