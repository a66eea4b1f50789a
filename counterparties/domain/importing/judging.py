"""What becomes of each row of a chunk: somebody new, a change, nothing to do, or a refusal with its reasons."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain import checking, type_sets
from counterparties.models import Counterparty, Status, TypeSet, Value
from counterparties.models.counterparty import registration_key
from desk import text

from . import keys
from .allowed import Allowed, Ids
from .plan import Column, Draft, Plan
from .readers import FACTS

NOTHING_SAID: dict[str, Any] = {"status": None, "is_person": False, "is_foreign": False, "is_vat_registered": False}
LONGEST = {name: Counterparty._meta.get_field(name).max_length for name in checking.CHECKS}


@dataclass
class Verdict:
    """The rows of one chunk, decided."""

    new: list[tuple[Draft, Counterparty]] = field(default_factory=list)
    changed: list[Counterparty] = field(default_factory=list)
    touched: list[Counterparty] = field(default_factory=list)
    new_values: list[Value] = field(default_factory=list)
    changed_values: list[Value] = field(default_factory=list)
    gone_values: list[Value] = field(default_factory=list)
    same: int = 0
    archived: list[Counterparty] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)


class Judge:
    """Decides rows by one plan for one user, and remembers what earlier rows of the sheet have taken."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.columns: dict[str, Column] = {each.field: each for each in plan.columns}
        self.asked: dict[int, Characteristic] = {
            each.characteristic.pk: each.characteristic for each in plan.columns if each.characteristic
        }
        self.key = keys.key_of(plan)
        self.default_status = Status.objects.filter(is_default=True, stopped_at=None).first()
        self.type_sets: dict[Ids, TypeSet] = {}
        self.rows_by: dict[str, dict[Any, int]] = defaultdict(dict)

    def judge(self, drafts: list[Draft], decision: Any) -> Verdict:
        """Decide the rows of one chunk."""
        self.allowed = Allowed(decision)
        self.members = type_sets.members()
        verdict = Verdict()
        self._find(drafts)
        for draft in drafts:
            self._check(draft)
        self._refuse_taken(drafts)
        self.values = self._stored_values(drafts)
        for draft in drafts:
            self._decide(draft, verdict)
        return verdict

    # ---- who is meant

    def _find(self, drafts: list[Draft]) -> None:
        """Give each row the counterparty it means, if it is in the books already."""
        said = {id(each): self.key(each) for each in drafts}
        found = keys.bearers(self.plan, [key for key in said.values() if key])
        without = [each for each in drafts if not said[id(each)] and self._may_be_found_otherwise(each)]
        numbers = {id(each): keys.number_of(each) for each in without}
        names = {id(each): keys.name_of(each) for each in without}
        by_number = keys.by_number([key for key in numbers.values() if key])
        by_name = keys.by_name([key for key in names.values() if key])
        ids: dict[int, list[int]] = {}
        for each in drafts:
            if said[id(each)]:
                ids[id(each)] = found.get(said[id(each)], [])
                self._once(each, f"key {self.plan.key}", said[id(each)], self.columns.get(self.plan.key))
                self.rows_by["name"].setdefault(keys.name_of(each), each.number)
            elif id(each) in numbers:
                each.is_known_by_key = False
                ids[id(each)] = by_number.get(numbers[id(each)]) or by_name.get(names[id(each)], [])
                self._once(each, "name", names[id(each)], self.columns.get("name"))
        every = {pk for some in ids.values() for pk in some}
        stored = Counterparty.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(list(every))
        for each in drafts:
            self._choose(each, [stored[pk] for pk in ids.get(id(each), []) if pk in stored])

    def _may_be_found_otherwise(self, draft: Draft) -> bool:
        if self.plan.mode == "create":
            return False
        if self.plan.key == "code" and self.plan.mode == "upsert":
            return True
        draft.refuse(keys.missing(self.plan), self.columns.get(self.plan.key))
        return False

    def _once(self, draft: Draft, sort: str, key: Any, column: Column | None) -> None:
        """The first row of the sheet has it; the next ones are told so."""
        earlier = self.rows_by[sort].setdefault(key, draft.number)
        if earlier != draft.number:
            draft.refuse(_("Row %(number)d of this sheet has the same.") % {"number": earlier}, column)

    def _choose(self, draft: Draft, found: list[Counterparty]) -> None:
        column = self.columns.get(self.plan.key if draft.is_known_by_key else "name")
        seen = [each for each in found if self.allowed.may_see(self._types(each))]
        # Of e-mails, characteristics and names a hidden counterparty must not be told of: they need not be unique.
        if found and not seen and draft.is_known_by_key and self.plan.key in ("code", "registration_number"):
            draft.refuse(_("Another counterparty you may not see has this."), column)
        elif len(seen) > 1:
            draft.refuse(_("%(count)d counterparties have this; say which by the code.") % {"count": len(seen)}, column)
        elif seen and self.plan.mode == "create":
            draft.refuse(
                _("%(code)s has this already; rows that change it need the mode update or upsert.")
                % {"code": seen[0].code},
                column,
            )
        elif seen:
            draft.stored = seen[0]
            if not draft.reasons:
                self._once(draft, "counterparty", seen[0].pk, column)
        elif self.plan.mode == "update":
            draft.refuse(_("There is no such counterparty to change."), column)

    def _types(self, counterparty: Counterparty) -> Ids:
        return self.members.get(counterparty.type_set_id, frozenset())

    def _type_set(self, types: Ids) -> TypeSet:
        if types not in self.type_sets:
            self.type_sets[types] = type_sets.type_set_of(types)
        return self.type_sets[types]

    # ---- is it right

    def _check(self, draft: Draft) -> None:
        """The card's checks, on the row's facts together with what is stored."""
        stored, said = draft.stored, draft.facts
        if stored is None:
            before = dict.fromkeys(FACTS, "") | NOTHING_SAID | {"status": self.default_status}
        else:
            before = {fact: getattr(stored, fact) for fact in FACTS if fact != "status"} | {
                "status": said.get("status")
            }
        facts = before | said
        unread = {reason.field for reason in draft.reasons}
        for name, check in checking.CHECKS.items():
            if name in unread or "country" in unread:
                continue
            try:
                facts[name] = checking.within_limit(check(facts, stored), LONGEST[name])
            except ValidationError as error:
                draft.refuse(" ".join(error.messages), self.columns.get(name))
        if not facts["name"] and not any(reason.field == "name" for reason in draft.reasons):
            draft.refuse(_("The name is missing."), self.columns.get("name"))
        status = said.get("status")
        if status is not None and status.is_stopped and (stored is None or stored.status_id != status.pk):
            draft.refuse(
                _("The status “%(status)s” is stopped. Choose another one.") % {"status": status.label},
                self.columns["status"],
            )
        if stored is not None and "status" not in said:
            del facts["status"]
        draft.facts = facts

    def _refuse_taken(self, drafts: list[Draft]) -> None:
        """Codes and company numbers are one counterparty's only, in the books and in the sheet."""
        sorts = {
            "code": (keys.by_code, lambda facts: text.key(facts["code"])),
            "registration_number": (
                keys.by_number,
                lambda facts: registration_key(facts["registration_number"], facts["country"]),
            ),
        }
        for name, (holders_of, key_of) in sorts.items():
            said = {id(each): key_of(each.facts) for each in drafts if not each.reasons}
            holders = holders_of([key for key in said.values() if key])
            for each in drafts:
                key = said.get(id(each))
                if not key:
                    continue
                others = [pk for pk in holders.get(key, []) if each.stored is None or pk != each.stored.pk]
                if others:
                    self._tell_holder(each, name, others[0])
                elif name != self.plan.key:
                    self._once(each, name, key, self.columns.get(name))

    def _tell_holder(self, draft: Draft, name: str, pk: int) -> None:
        other = Counterparty.objects.get(pk=pk)
        if not self.allowed.may_see(self._types(other)):
            draft.refuse(_("Another counterparty you may not see has this."), self.columns.get(name))
        elif other.is_archived:
            draft.refuse(
                _("%(name)s (%(code)s), which is archived, has this already.")
                % {"name": other.name, "code": other.code},
                self.columns.get(name),
            )
        else:
            draft.refuse(
                _("%(name)s (%(code)s) has this already.") % {"name": other.name, "code": other.code},
                self.columns.get(name),
            )

    # ---- what is to be done

    def _stored_values(self, drafts: list[Draft]) -> dict[tuple[int, int], dict[int, Value]]:
        """(counterparty, characteristic) → place → what is stored."""
        ids = [each.stored.pk for each in drafts if each.stored and not each.reasons]
        found: dict[tuple[int, int], dict[int, Value]] = defaultdict(dict)
        if ids and self.asked:
            for row in Value.objects.filter(counterparty__in=ids, characteristic__in=list(self.asked)):
                found[row.counterparty_id, row.characteristic_id][row.place] = row
        return found

    def _decide(self, draft: Draft, verdict: Verdict) -> None:
        if not draft.reasons:
            if draft.stored is None:
                self._decide_new(draft, verdict)
            else:
                self._decide_stored(draft, draft.stored, verdict)
        if draft.reasons:
            verdict.refused.append(draft)

    def _decide_new(self, draft: Draft, verdict: Verdict) -> None:
        types = self.allowed.new_types([*self.plan.types, *draft.types])
        if why_not := self.allowed.why_not(types, "add"):
            draft.refuse(why_not, self.columns.get("types"))
            return
        mine = self.allowed.characteristics("add", types)
        answers = {pk: said for pk, said in draft.answers.items() if said}
        self._refuse_strange(draft, answers, types, mine)
        for pk, characteristic in mine.items():
            if characteristic.is_required and not answers.get(pk):
                message = _("“%(name)s” is required.") % {"name": characteristic.label}
                draft.refuse(message, self.columns.get(characteristic.field_name))
        for pk, said in answers.items():
            self._refuse_stopped(draft, pk, said, {})
        if draft.reasons:
            return
        made = Counterparty(**draft.facts, type_set=self._type_set(types))
        verdict.new.append((draft, made))
        draft.answers = answers

    def _decide_stored(self, draft: Draft, stored: Counterparty, verdict: Verdict) -> None:
        held = self._types(stored)
        types = self.allowed.types_with(held, [*self.plan.types, *draft.types])
        if why_not := self.allowed.why_not(types - held, "edit"):
            draft.refuse(why_not, self.columns.get("types"))
            return
        for fact, value in draft.facts.items():
            if fact != "code" or value:
                setattr(stored, fact, value)
        facts = [name for name in stored.changed_fields() if name != "version"]
        if facts and not self.allowed.may_edit(held):
            draft.refuse(_("You may not edit this counterparty."), self.columns.get(facts[0]))
            return
        new, changed, gone = self._differing(draft, stored, types)
        if draft.reasons:
            return
        if types != held:
            stored.type_set = self._type_set(types)
        if not draft.is_known_by_key and (facts or types != held or new or changed or gone):
            message = _("%(code)s has this name already. Write its code to change it, or another code to add one more.")
            draft.refuse(message % {"code": stored.code}, self.columns.get("name"))
            return
        if facts or types != held:
            verdict.changed.append(stored)
        if facts or types != held or new or changed or gone:
            verdict.touched.append(stored)
            verdict.new_values += new
            verdict.changed_values += changed
            verdict.gone_values += gone
            if stored.is_archived:
                verdict.archived.append(stored)
        else:
            verdict.same += 1

    def _differing(
        self, draft: Draft, stored: Counterparty, types: Ids
    ) -> tuple[list[Value], list[Value], list[Value]]:
        """The values to add, to change and to forget."""
        new: list[Value] = []
        changed: list[Value] = []
        gone: list[Value] = []
        seen, mine = (self.allowed.characteristics(right, types) for right in ("view", "edit"))
        self._refuse_strange(draft, {pk: said for pk, said in draft.answers.items() if said}, types, seen)
        for pk, said in draft.answers.items():
            if draft.reasons or pk not in seen:
                continue
            rows = dict(self.values.get((stored.pk, pk), {}))
            before = len(new) + len(changed) + len(gone)
            self._refuse_stopped(draft, pk, said, rows)
            for place, value in enumerate(said):
                row = rows.pop(place, None)
                if row is None:
                    new.append(value_of(stored, self.asked[pk], place, value))
                elif differs(row, self.asked[pk], value):
                    changed.append(row)
            gone += rows.values()
            if before == len(new) + len(changed) + len(gone):
                continue
            if pk not in mine:
                draft.refuse(_("You may not edit this of this counterparty."), self.columns[self.asked[pk].field_name])
            elif not said and self.asked[pk].is_required:
                draft.refuse(
                    _("“%(name)s” is required.") % {"name": self.asked[pk].label},
                    self.columns[self.asked[pk].field_name],
                )
        return new, changed, gone

    def _refuse_strange(
        self, draft: Draft, answers: dict[int, Any], types: Ids, mine: dict[int, Characteristic]
    ) -> None:
        for pk in answers:
            if pk not in mine:
                message = _("Counterparties of these types are not asked for this, or you may not say it.")
                draft.refuse(message, self.columns[self.asked[pk].field_name])

    def _refuse_stopped(self, draft: Draft, pk: int, said: list[Any], rows: dict[int, Value]) -> None:
        """A stopped element stays where it is and goes nowhere else."""
        held = {each.element_id for each in rows.values()}
        for value in said:
            if getattr(value, "is_stopped", False) and value.pk not in held:
                message = _("“%(value)s” is stopped. Choose another one.") % {"value": value}
                draft.refuse(message, self.columns[self.asked[pk].field_name])


def value_of(counterparty: Counterparty, characteristic: Characteristic, place: int, value: Any) -> Value:
    """One value, ready to be kept."""
    return Value(
        counterparty=counterparty, characteristic=characteristic, place=place, **characteristic.type.stored(value)
    )


def differs(row: Value, characteristic: Characteristic, value: Any) -> bool:
    """Put the value into its row and tell whether it is another one than before."""
    for column, content in characteristic.type.stored(value).items():
        setattr(row, column, content)
    return bool(row.changed_fields())
