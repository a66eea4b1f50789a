"""In what two counterparties that are one differ, and what the one that stays says afterwards."""

from collections.abc import Iterable, Mapping
from typing import Any

from characteristics.domain import values
from characteristics.domain.limits import MOST_VALUES
from characteristics.models import Characteristic
from counterparties.domain.clients import PERSONAL, SETTINGS, client_of
from counterparties.domain.hidden import Hidden
from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.domain.joining.differences import BOTH, GOES, NAME, OF_CLIENT, SHARED, STAYS, Difference
from counterparties.models import Client, Counterparty
from desk import text


class Compared:
    """Two counterparties beside each other, as one user sees them. A constant number of queries."""

    def __init__(self, stays: Counterparty, goes: Counterparty, decision: Any) -> None:
        self.stays, self.goes, self.decision = stays, goes, decision
        self.allowed = Allowed(decision)
        self.clients = (client_of(stays), client_of(goes))
        self.types = self._offered_types()
        self.hides = False
        self.shared = self._shared()
        self.as_client = self._as_client()
        self.said = self._said()

    @property
    def differences(self) -> list[Difference]:
        return [*self.shared, *self.as_client, *self.said]

    # ---- types

    def _offered_types(self) -> list[Any]:
        """Types of the one that goes which the other one can be given; a subtype stands for its ancestors."""
        held, tree = self.allowed.types_of(self.stays), self.allowed.tree
        more = [tree.by_id[pk] for pk in self.allowed.types_of(self.goes) - held if pk in tree.by_id]
        given = [each for each in more if not held & tree.family(each) and not self.allowed.why_not([each.pk], "edit")]
        return sorted(given, key=lambda each: (each.position, each.name, each.pk))

    def types_after(self, chosen: Iterable[Any]) -> Ids:
        return self.allowed.types_with(self.allowed.types_of(self.stays), chosen)

    def is_client(self, types: Ids, right: str) -> bool:
        """Does one of these types make it a client, and grant the right?"""
        granting = self.decision.type_ids(right)
        return any(pk in granting and self.allowed.tree.by_id[pk].kind.is_client for pk in types)

    # ---- what differs

    def _shared(self) -> list[Difference]:
        found = []
        for name, fields in SHARED.items():
            here, there = _of(self.stays, fields), _of(self.goes, fields)
            options, preset = _options(here, there), ""
            if name == "comment" and options and any(here):
                options, preset = (STAYS, GOES, BOTH), BOTH
            if name == "alias":
                options, preset = self._alias(options, here)
            if options:
                stopped = _stopped(self.goes, fields, self.stays)
                keeps = any(here) or stopped or self._is_of_another_country(name)
                preset = preset or (STAYS if keeps else GOES)
                found.append(
                    Difference(f"fact-{name}", preset, options, here=self.stays, there=self.goes, stopped=stopped)
                )
        return found

    def _is_of_another_country(self, name: str) -> bool:
        """A number of another country is proposed to nobody: it would be refused."""
        one, other = self.stays.country, self.goes.country
        return name in ("registration_number", "vat_number") and bool(one) and one != other

    def _alias(self, options: tuple[str, ...], here: tuple[Any, ...]) -> tuple[tuple[str, ...], str]:
        """Whoever knows it by the name that goes finds it by that, where there is room for an alias."""
        known = {text.key(each) for each in (self.stays.name, self.stays.alias)}
        if text.key(self.goes.name) in known:
            return options, ""
        return (*(options or (STAYS,)), NAME), "" if any(here) or options else NAME

    def _as_client(self) -> list[Difference]:
        """What is kept of it as a client, where the one that stays is a client too, or becomes one."""
        after = self.types_after(self.types)
        types = self.allowed.types_of(self.goes)
        if not (self.is_client(after, "edit") and self.is_client(types, "view")):
            return []
        here, there = self.clients
        found = []
        for name, fields in OF_CLIENT.items():
            if name in PERSONAL and not self.stays.is_person:
                continue
            if set(fields) & set(SETTINGS) and not self.is_client(after, "settings"):
                continue
            if options := _options(_of(here, fields), _of(there, fields)):
                stopped = _stopped(there, fields, here)
                preset = STAYS if any(_of(here, fields)) or stopped else GOES
                found.append(Difference(f"client-{name}", preset, options, here=here, there=there, stopped=stopped))
        return found

    def _said(self) -> list[Difference]:
        """Characteristics the user may edit there and see here; what points at a hidden one is nobody's to move."""
        goes_types, after = self.allowed.types_of(self.goes), self.types_after(self.types)
        seen = self.allowed.characteristics("view", goes_types)
        edited = self.allowed.characteristics("edit", after)
        asked = [each for pk, each in seen.items() if pk in edited]
        here = values.of(self.stays, asked, self.decision)
        there = values.of(self.goes, asked, self.decision)
        found = []
        for each in asked:
            mine, theirs = (self.without_both(said.get(each.pk, [])) for said in (here, there))
            if not theirs or all(value in mine for value in theirs):
                continue
            self.hides = self.hides or any(isinstance(value, Hidden) for value in (*mine, *theirs))
            options: tuple[str, ...] = (STAYS, GOES)
            stopped = _stopped_element(each, theirs, mine)
            preset = STAYS if mine or stopped else GOES
            if each.is_multiple and mine and len(mine) + len([one for one in theirs if one not in mine]) <= MOST_VALUES:
                options, preset = (STAYS, GOES, BOTH), STAYS if stopped else BOTH
            found.append(Difference(each.field_name, preset, options, each, mine, theirs, stopped))
        return found

    def without_both(self, said: Iterable[Any]) -> list[Any]:
        """Neither of them points at the other any more."""
        both = {self.stays.pk, self.goes.pk}
        return [each for each in said if not (isinstance(each, Counterparty | Hidden) and each.pk in both)]

    # ---- what is said afterwards

    def stopped(self, chosen: Mapping[str, str]) -> list[Difference]:
        """Those of which something was chosen that nobody is given any more."""
        return [each for each in self.differences if each.stopped and chosen.get(each.key, STAYS) in (GOES, BOTH)]

    def facts(self, chosen: Mapping[str, str]) -> dict[str, Any]:
        """The shared facts of the one that stays, those alone that become others."""
        found: dict[str, Any] = {}
        for each in self.shared:
            choice = chosen.get(each.key, STAYS)
            if choice == GOES:
                found |= dict(zip(SHARED[each.name], _of(self.goes, SHARED[each.name]), strict=True))
            elif choice == BOTH:
                found["comment"] = f"{self.stays.comment}\n\n{self.goes.comment}"
            elif choice == NAME:
                found["alias"] = self.goes.name
        return found

    def client_facts(self, chosen: Mapping[str, str], types: Ids) -> dict[str, Any]:
        if not self.is_client(types, "edit"):
            return {}
        found: dict[str, Any] = {}
        for each in self.as_client:
            if chosen.get(each.key, STAYS) == GOES:
                names = OF_CLIENT[each.name]
                found |= dict(zip(names, _of(self.clients[1], names), strict=True))
        return found

    def answers(self, chosen: Mapping[str, str], types: Ids) -> dict[Characteristic, Any]:
        edited = self.allowed.characteristics("edit", types)
        found: dict[Characteristic, Any] = {}
        for each in self.said:
            choice, characteristic = chosen.get(each.key, STAYS), each.characteristic
            if choice == STAYS or characteristic is None or characteristic.pk not in edited:
                continue
            mine = each.here if choice == BOTH else []
            found[characteristic] = [*mine, *[value for value in each.there if value not in mine]]
        return found


def _of(record: Counterparty | Client, fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in fields)


def _stopped(there: Any, fields: tuple[str, ...], here: Any) -> Any:
    """The first of these that is stopped, unless the one that stays has it already."""
    said = [(getattr(there, name), getattr(here, name)) for name in fields]
    return next((one for one, mine in said if getattr(one, "is_stopped", False) and one != mine), None)


def _stopped_element(characteristic: Characteristic, theirs: Iterable[Any], mine: Iterable[Any]) -> Any:
    chosen = characteristic.type.chosen
    held = [one for value in mine for one in chosen(value)]
    return next((one for value in theirs for one in chosen(value) if one.is_stopped and one not in held), None)


def _options(here: tuple[Any, ...], there: tuple[Any, ...]) -> tuple[str, ...]:
    """Asked only where the one that goes says something, and something else."""
    return (STAYS, GOES) if any(there) and here != there else ()
