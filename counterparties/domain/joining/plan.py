"""All that joining two counterparties would do, as one user may do it; read before it is asked, and once more in the
act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.domain import checking, duplicates, log_ins
from counterparties.domain.joining import banked, links, members, moves
from counterparties.domain.joining.differences import EXCHANGED
from counterparties.domain.joining.facts import Compared
from counterparties.domain.joining.refusals import why_not
from counterparties.models import Counterparty

#: What a number is checked by, whichever of them is chosen.
BESIDE = ("is_person", "is_foreign", "is_vat_registered")
#: Checked too where only what they are checked by is chosen.
FOLLOWING = {"registration_number", "vat_number", "mobile"}
#: No comment is longer.
LONGEST = 10_000


@dataclass(frozen=True)
class Choice:
    """What the user chose: of each fact whose it is, and the types that the one that stays is given."""

    facts: Mapping[str, str] = field(default_factory=dict)
    types: Sequence[Any] = ()


class Plan:
    """All that joining these two would do, as one user may do it. A constant number of queries."""

    def __init__(
        self, stays: Counterparty, goes: Counterparty, decision: Any, held: Mapping[int, Counterparty] | None = None
    ) -> None:
        """``held``: both, and all who point at the one that goes, when it is going to be done."""
        self.stays, self.goes, self.decision, self.held = stays, goes, decision, held or {}
        self.compared = Compared(stays, goes, decision)
        things = moves.hanging(goes, is_held=bool(held))
        mine = moves.addresses_of(stays)
        self.things = things | {
            "addresses": moves.moving_addresses(things["addresses"], mine),
            "accounts": moves.moving_accounts(
                things["accounts"], moves.accounts_of(stays) if things["accounts"] else []
            ),
        }
        self.banked = banked.banked_at(goes, self.compared.allowed)
        self.links = links.links_to(goes, self.compared.allowed)
        self.memberships = members.memberships_of(goes, decision)

    @property
    def hides(self) -> bool:
        return self.compared.hides or self.links.hides or self.memberships.hides or self.banked.hides

    @property
    def moved(self) -> int:
        beside = (self.links.rows, self.memberships.rows, self.banked.rows)
        return sum(map(len, (*self.things.values(), *beside)))

    @property
    def others(self) -> int:
        """How many other counterparties are touched."""
        return len(self.links.owners | self.banked.owners) + len(self.memberships.rows)

    @cached_property
    def closes_log_in(self) -> bool:
        """May the one that goes log in? As by archiving, it may do so no more."""
        return self.goes.pk in log_ins.may_log_in([self.goes])

    @cached_property
    def shares_with_client(self) -> bool:
        """Does the one that stays log in, and would it see there what was shared with the other one?"""
        shared = any(each.is_shared and not each.is_deleted for each in self.things["documents"])
        told = any(each.audience == "client" for each in self.things["notes"])
        return (shared or told) and self.stays.pk in log_ins.may_log_in([self.stays])

    @cached_property
    def why_not(self) -> str:
        return why_not(self)

    def facts(self, choice: Choice) -> tuple[dict[str, Any], dict[str, Any]]:
        """What becomes other at the one that stays, and at the one that goes. ValidationError names the fact."""
        types = self.compared.types_after(choice.types)
        if self.memberships.is_holding and not _groups(types, self.compared.allowed.tree):
            sentence = _("Companies belong to it as to a holding, so it stays one. Tick the type.")
            raise ValidationError({"types": sentence})
        if stopped := self.compared.stopped(choice.facts):
            raise ValidationError({each.key: stopped_words(each.stopped) for each in stopped})
        chosen = self.compared.facts(choice.facts)
        facts = {name: getattr(self.stays, name) for name in (*checking.CHECKS, *BESIDE)} | chosen
        for name, check in checking.CHECKS.items():
            if name in chosen or name in FOLLOWING:
                try:
                    facts[name] = check(facts, self.stays)
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from None
        changed = {name: facts.get(name, said) for name, said in chosen.items()}
        if len(changed.get("comment", "")) > LONGEST:
            raise ValidationError({"comment": _("Both comments together are too long. Choose one of them.")})
        given = {name: getattr(self.stays, name) for name in EXCHANGED if name in chosen}
        self._refuse_taken(facts, given)
        return changed, given

    def _refuse_taken(self, facts: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """A number is one's own within its country: after a country was chosen too."""
        both = {self.stays.pk, self.goes.pk}
        theirs = given.get("registration_number", self.goes.registration_number)
        for number, country in ((facts["registration_number"], facts["country"]), (theirs, self.goes.country)):
            holder = duplicates.holder_of_number(number, country)
            if holder and holder.pk not in both:
                sentence = _("The company number %(number)s belongs to another counterparty.") % {"number": number}
                raise ValidationError({"registration_number": sentence})


def stopped_words(stopped: Any) -> str:
    """Whoever has it keeps it, and nobody is given it anew."""
    return _("“%(name)s” is stopped: nobody is given it any more.") % {"name": stopped}


def _groups(types: frozenset[int], tree: Any) -> bool:
    return any(tree.by_id[pk].kind.groups_clients for pk in types if pk in tree.by_id)
