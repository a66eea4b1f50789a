"""What becomes of each row of a chunk: somebody new, a change, nothing to do, or a refusal with its reasons."""

from dataclasses import dataclass, field
from typing import Any

from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.domain.in_bulk.differing import Differences, differing, follow, stored
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Counterparty, TypeSet
from desk.said import gettext as _

from . import keys
from .alike import saying_the_same
from .answers import Answers
from .as_clients import AsClients, Said
from .checks import Checks
from .finding import Finder
from .plan import Draft, Plan
from .taken import Taken
from .telling import Teller
from .unshared import Unshared


@dataclass
class Verdict:
    """The rows of one chunk, decided."""

    new: list[tuple[Draft, Counterparty]] = field(default_factory=list)
    changed: list[Counterparty] = field(default_factory=list)
    touched: list[tuple[Draft, Counterparty]] = field(default_factory=list)
    #: Those that are given other types: what they will have.
    types: list[tuple[Counterparty, Ids]] = field(default_factory=list)
    values: Differences = field(default_factory=Differences)
    as_clients: list[tuple[Counterparty, Said]] = field(default_factory=list)
    same: list[Draft] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)


class Judge:
    """Decides the rows of a sheet by one plan, a chunk at a time."""

    def __init__(self, plan: Plan, *, writes: bool = True, tells: bool = False, taken: Taken | None = None) -> None:
        """``writes``: what is decided is written at once, so counterparties are held. ``tells``: each change in words.

        What is only looked at is neither held nor made. ``taken``: what other rows of the sheet have taken so far.
        """
        self.plan = plan
        self.taken = taken or Taken()
        self.finder, self.checks = Finder(plan, self.taken, holds=writes), Checks(plan, self.taken)
        self.answers, self.as_clients = Answers(plan), AsClients(plan)
        self.unshared, self._writes = Unshared(plan, self.taken), writes
        self.teller = Teller(plan) if tells else None
        self._type_sets: dict[Ids, TypeSet] = {}

    def judge(self, drafts: list[Draft], decision: Any) -> Verdict:
        """Decide one chunk; ``decision`` comes from the policy and is about the user whose import it is."""
        verdict, self.allowed = Verdict(), Allowed(decision)
        self.answers.begin()
        if self._writes:
            self.unshared.hold()
        self.finder.find(drafts, self.allowed)
        for draft in drafts:
            self.checks.check(draft)
        self.checks.refuse_taken(drafts, self.allowed)
        self.checks.refuse_log_ins(drafts)
        known = [(each, each.stored) for each in drafts if each.stored and not each.reasons]
        self.alike = saying_the_same(known, self.answers.asked)
        self.stored = stored([one for each, one in known if each.number not in self.alike], self.answers.asked)
        follow(self.stored, self.answers.asked.values())
        self.as_clients.begin([one for _each, one in known], drafts, self.allowed)
        if self.teller:
            self.teller.begin(self.stored, self.answers.asked, self.allowed)
        for draft in drafts:
            if not draft.reasons:
                self.answers.settle(draft, draft.stored, self.stored, decision)
        self.unshared.refuse(drafts, self.allowed)
        for draft in drafts:
            if not draft.reasons and draft.stored is None:
                self._decide_new(draft, verdict)
            elif not draft.reasons and draft.stored is not None:
                self._decide_stored(draft, draft.stored, verdict)
            if draft.reasons:
                verdict.refused.append(draft)
        return verdict

    def _refuse_another(self, draft: Draft, stored: Counterparty) -> None:
        """Somebody in the books was known by the number or by the name, which is not enough to change them."""
        if keys.number_of(draft) and keys.number_of(draft) == stored.registration_key:
            message = _("%(code)s has this company number already. To change it, let rows be known by that number.")
            draft.refuse(message % {"code": stored.code}, self.plan.column_of("registration_number"))
            return
        message = _("%(code)s has this name already. Write its code to change it, or another code to add one more.")
        draft.refuse(message % {"code": stored.code}, self.plan.column_of("name"))

    def _decide_new(self, draft: Draft, verdict: Verdict) -> None:
        """The right to add each of its types, and an answer to all that is required of them."""
        types = self.allowed.new_types([*self.plan.types, *draft.types])
        if not types:
            draft.refuse(_("A new counterparty needs a type."), self.plan.column_of("types"))
            return
        if why_not := self.allowed.why_not(types, "add"):
            draft.refuse(why_not, self.plan.column_of("types"))
            return
        mine = self.allowed.characteristics("add", types)
        self.answers.refuse_strange(draft, mine)
        draft.presets = self.answers.presets(types, mine, self.allowed.decision)
        for pk, characteristic in mine.items():
            if characteristic.is_required and not draft.answers.get(pk) and pk not in draft.presets:
                message = _("“%(name)s” is required.") % {"name": characteristic.label}
                draft.refuse(message, self.plan.column_of(characteristic.field_name))
        for pk, said in draft.answers.items():
            self.answers.refuse_stopped(draft, pk, said, {})
        as_client = self.as_clients.said(draft, None, types)
        if not draft.reasons:
            made = Counterparty(**draft.facts)
            verdict.types.append((made, types))
            verdict.new.append((draft, made))
            if as_client:
                verdict.as_clients.append((made, as_client))

    def _decide_stored(self, draft: Draft, stored: Counterparty, verdict: Verdict) -> None:
        """The right to edit whatever is another than what is stored; what is the same needs none."""
        held = self.allowed.types_of(stored)
        types = self.allowed.types_with(held, [*self.plan.types, *draft.types])
        facts = self._changed_facts(draft, stored)
        if why_not := self.allowed.why_not(types - held, "edit"):
            draft.refuse(why_not, self.plan.column_of("types"))
        elif facts and not self.allowed.may_edit(held):
            draft.refuse(_("You may not edit this counterparty."), self.plan.column_of(facts[0]))
        values = self._changed_values(draft, stored, types)
        as_client = self.as_clients.said(draft, stored, types, self.teller and self.teller.of_what_hangs_on_it)
        is_another = bool(facts or values or as_client or types != held)
        if is_another and not draft.is_known_by_key:
            self._refuse_another(draft, stored)
        if is_another and self.teller:
            self.teller.of_facts(draft, stored, facts, held, types)
        if draft.reasons:
            return
        if not is_another:
            verdict.same.append(draft)
            return
        if self._is_conflict(draft, stored):
            return
        if types != held:
            verdict.types.append((stored, types))
        if facts or types != held:
            verdict.changed.append(stored)
        verdict.touched.append((draft, stored))
        verdict.values += values
        if as_client:
            verdict.as_clients.append((stored, as_client))

    def _is_conflict(self, draft: Draft, stored: Counterparty) -> bool:
        """Did somebody change it after this sheet was made? Then the row says what it does not know of."""
        seen = self.plan.versions.get(stored.pk, stored.version)
        draft.is_conflict = seen != stored.version and not self.plan.overwrites
        if draft.is_conflict:
            message = _("Somebody changed %(code)s after this sheet was made. Make the sheet anew, or overwrite it.")
            draft.refuse(message % {"code": stored.code}, self.plan.column_of(self.plan.key))
        return draft.is_conflict

    def _changed_facts(self, draft: Draft, stored: Counterparty) -> list[str]:
        for fact, value in draft.facts.items():
            if fact != "code" or value:
                setattr(stored, fact, value)
        return [name for name in stored.changed_fields() if name != "version"]

    def _changed_values(self, draft: Draft, stored: Counterparty, types: Ids) -> Differences:
        found = Differences()
        seen, mine = (self.allowed.characteristics(right, types) for right in ("view", "edit"))
        self.answers.refuse_strange(draft, seen)
        if draft.number in self.alike:
            return found
        for pk in draft.answers.keys() & seen.keys():
            said, rows = draft.answers[pk], self.stored.get((stored.pk, pk), {})
            self.answers.refuse_stopped(draft, pk, said, rows)
            held = Teller.held(seen[pk], rows) if self.teller else []
            differences = differing(seen[pk], said, stored, rows)
            if differences and pk not in mine:
                self.answers.refuse(draft, pk, _("You may not edit this of this counterparty."))
            elif differences and not said and seen[pk].is_required:
                self.answers.refuse(draft, pk, _("“%(name)s” is required.") % {"name": seen[pk].label})
            elif differences and self.teller:
                self.teller.of_answer(draft, seen[pk], held, said)
            found += differences
        return found

    def give_types(self, verdict: Verdict) -> None:
        """A combination that never occurred is made with the first row that is given it."""
        for one, types in verdict.types:
            if types not in self._type_sets:
                self._type_sets[types] = type_set_of(types)
            one.type_set = self._type_sets[types]
