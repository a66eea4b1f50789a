"""Whether the facts of a row are right: the card's checks, and codes and numbers that are nobody else's."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.domain import checking, log_ins
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import Counterparty, Status
from counterparties.models.counterparty import registration_key
from desk import text
from desk.said import gettext as _

from . import keys
from .plan import Draft, Plan, fact_field
from .readers import FACTS
from .taken import Taken

NOTHING_SAID: dict[str, Any] = {"status": None, "is_person": False, "is_foreign": False, "is_vat_registered": False}
LONGEST = {name: fact_field(name).max_length for name in checking.CHECKS}

#: What only one counterparty may have: how it is told who has it, and how a row says it.
Unique = tuple[Callable[[list[str]], keys.Found], Callable[[dict[str, Any]], str]]
UNIQUE: dict[str, Unique] = {
    "code": (keys.by_code, lambda facts: text.key(facts["code"])),
    "registration_number": (
        keys.by_number,
        lambda facts: registration_key(facts["registration_number"], facts["country"]),
    ),
}
#: The column of each that is unique in the books.
KEYS = {"code": "code_key", "registration_number": "registration_key"}


class Checks:
    """Checks the facts of rows, those that are stored already taken as they are."""

    def __init__(self, plan: Plan, taken: Taken) -> None:
        self.plan, self.taken = plan, taken
        self.default_status = Status.objects.filter(is_default=True, stopped_at=None).first()

    def check(self, draft: Draft) -> None:
        """Complete the row's facts by what is stored, and refuse it with every reason there is."""
        stored, said = draft.stored, draft.facts
        facts = self._before(stored) | said
        unread = {reason.field for reason in draft.reasons}
        for name, check in checking.CHECKS.items():
            # Without its country no number can be judged.
            if name in unread or "country" in unread:
                continue
            try:
                facts[name] = checking.within_limit(check(facts, stored), LONGEST[name])
            except ValidationError as error:
                draft.refuse(error, self.plan.column_of(name))
        if not facts["name"] and "name" not in unread:
            draft.refuse(_("The name is missing."), self.plan.column_of("name"))
        status = said.get("status")
        if status is not None and status.is_stopped and (stored is None or stored.status_id != status.pk):
            message = _("The status “%(status)s” is stopped. Choose another one.") % {"status": status.label}
            draft.refuse(message, self.plan.column_of("status"))
        draft.facts = facts

    def _before(self, stored: Counterparty | None) -> dict[str, Any]:
        if stored is None:
            return dict.fromkeys(FACTS, "") | NOTHING_SAID | {"status": self.default_status}
        # The status is left out: reading it would ask the database once for every row.
        return {fact: getattr(stored, fact) for fact in FACTS if fact != "status"}

    def refuse_taken(self, drafts: list[Draft], allowed: Allowed) -> None:
        """Codes and company numbers are one counterparty's only, in the books and in the sheet."""
        for name, (holders_of, key_of) in UNIQUE.items():
            said = {each.number: key for each in drafts if not each.reasons and (key := key_of(each.facts))}
            # Who keeps the key it has is not looked up: no other has it, as the books themselves see to.
            kept = {each.number: getattr(each.stored, KEYS[name], None) for each in drafts}
            holders = holders_of([key for number, key in said.items() if key != kept[number]])
            for each in drafts:
                if each.number not in said:
                    continue
                key, own = said[each.number], each.stored.pk if each.stored else None
                others = [pk for pk in holders.get(key, []) if pk != own]
                if others:
                    self._tell_holder(each, name, others[0], allowed)
                elif name != self.plan.key:
                    self.taken.once(each, name, key, self.plan.column_of(name))

    def refuse_log_ins(self, drafts: list[Draft]) -> None:
        """Who logs in needs an e-mail to do so, and no other log-in has it: in the books and in the sheet."""
        known = [(each, each.stored) for each in drafts if each.stored and not each.reasons]
        changed = [(each, stored) for each, stored in known if each.facts["email"] != stored.email]
        allowed, column = log_ins.may_log_in([stored for _each, stored in changed]), self.plan.column_of("email")
        for each, stored in changed:
            if stored.pk in allowed:
                try:
                    log_ins.check_email(each.facts["email"], stored)
                    self.taken.once(each, "log-in", each.facts["email"].lower(), column)
                except ValidationError as error:
                    each.refuse(error, column)

    def _tell_holder(self, draft: Draft, name: str, pk: int, allowed: Allowed) -> None:
        draft.refuse(holder_words(Counterparty.objects.get(pk=pk), allowed), self.plan.column_of(name))


def holder_words(other: Counterparty, allowed: Allowed) -> str:
    """Who has it already, to those who may know of them."""
    told = {"name": other.name, "code": other.code}
    if not allowed.may_see(allowed.types_of(other)):
        return _("Another counterparty you may not see has this.")
    if other.is_archived:
        return _("%(name)s (%(code)s), which is archived, has this already.") % told
    return _("%(name)s (%(code)s) has this already.") % told
