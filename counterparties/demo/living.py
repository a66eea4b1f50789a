"""Three years of work on the demo counterparties: what was corrected, agreed, noted and put away, by whom and why."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.contrib.auth.models import Group

from counterparties.models import Counterparty, Note, NoteReader, Value

from .answers import Answering
from .entering import LAST_IMPORT, working
from .firms import CLIENTS, Draft
from .past import Moment, backdate, happened, make, record_new, save

EDITS, NOTES, ARCHIVED, RESTORED = 420, 180, 0.06, 6
SUPPLIERS = {"raw-materials", "services", "transport"}
PARTNERS = CLIENTS | SUPPLIERS
REASONS = {
    "status": ("Agreed at the meeting", "Monthly review", "Signed today", "Two invoices are overdue"),
    "phone": ("They moved to another office", "Told on the phone"),
    "email": ("Invoices came back",),
    "planned-sales": ("Raised after the yearly review", "Lowered after a weak season", "Agreed with the manager"),
    "segment": ("Yearly review", ""),
    "comment": ("",),
}
#: Characteristics whose answers are corrected now and then.
ASKED_AGAIN = ("planned-sales", "segment")
WHY_ARCHIVED = ("Out of business", "No orders for two years", "Merged into another firm", "Entered twice")


class Life:
    """Acts on the drafts in the order of time, each as its own operation."""

    def __init__(
        self, drafts: list[Draft], people: Mapping[str, Any], statuses: list[Any], now: datetime, random: Random
    ) -> None:
        self.drafts, self.people, self.statuses, self.now, self.random = drafts, people, statuses, now, random
        self.answering = Answering(now.date())
        self.written = 0  # notes

    def lead(self) -> None:
        """Everything that happened, in the order of time."""
        self._read()
        acts: list[tuple[datetime, Callable[[Draft, datetime], None], Draft]] = []
        for often, number in ((self.edit, EDITS), (self.note, NOTES)):
            acts += [(self._later(draft), often, draft) for draft in self.random.choices(self.drafts, k=number)]
        known = [draft for draft in self.drafts if draft.codes & PARTNERS and self._age(draft) > LAST_IMPORT]
        gone = self.random.sample(known, k=round(len(self.drafts) * ARCHIVED) + RESTORED)
        back, away = gone[:RESTORED], gone[RESTORED:]
        acts += [(self._later(draft, recently=True), self.archive, draft) for draft in away]
        for number, draft in enumerate(back, start=1):
            acts.append((self._days_ago(LAST_IMPORT - number), self.archive, draft))
            acts.append((self._days_ago(number * 4), self.restore, draft))
        for at, act, draft in sorted(acts, key=lambda each: each[0]):
            act(draft, at)

    def _read(self) -> None:
        """Take the records as they are stored, so that each act saves only what it changes."""
        counterparties = {each.pk: each for each in Counterparty.objects.select_related("status")}
        told = Value.objects.filter(characteristic__code__in=ASKED_AGAIN, place=0).select_related("characteristic")
        values: dict[int, list[Value]] = {pk: [] for pk in counterparties}
        for value in told:
            values[value.counterparty_id].append(value)
        for draft in self.drafts:
            draft.counterparty = counterparties[draft.counterparty.pk]
            draft.values = values[draft.counterparty.pk]

    def _later(self, draft: Draft, *, recently: bool = False) -> datetime:
        """A moment after the counterparty came, before today."""
        began = draft.counterparty.created_at + timedelta(hours=1)
        if recently:
            began = max(began, self.now - timedelta(days=LAST_IMPORT * 4))
        latest = self.now - timedelta(hours=1)
        if latest <= began:
            return began
        moment = began + (latest - began) * self.random.random()
        return min(max(began, working(moment, self.random)), latest)

    def _days_ago(self, days: int) -> datetime:
        return working(self.now - timedelta(days=days), self.random)

    def _age(self, draft: Draft) -> int:
        """Days since the counterparty came."""
        return (self.now - draft.counterparty.created_at).days

    def _clerk(self, draft: Draft) -> Any:
        """Somebody who may edit counterparties of these types."""
        names = []
        if draft.codes & CLIENTS:
            names += ["anna", "anna", "mila"]
        if draft.codes & (SUPPLIERS | {"bank"}):
            names += ["boris", "mila"]
        return self.people[self.random.choice(names or ["admin"])]

    def edit(self, draft: Draft, at: datetime) -> None:
        """One fact is corrected on the card."""
        values = {value.characteristic.code: value for value in draft.values}
        fact = self.random.choice([*sorted(values), "phone", "email", "comment", "status", "status"])
        changed = self._changed_value(draft, values[fact]) if fact in values else self._changed_fact(draft, fact)
        if not set(changed.changed_fields()) - {"version"}:
            return
        clerk = self._clerk(draft)
        # Bookkeeping edits suppliers; what only clients are asked is not theirs, even on a supplier that is a client.
        if fact in values and clerk == self.people["boris"]:
            clerk = self.people["mila"]
        self._act(draft, Moment(at, clerk, "card", self.random.choice(REASONS[fact])), changed)

    def _changed_value(self, draft: Draft, value: Any) -> Any:
        answer = self.answering.answer(self.random, draft.land, value.characteristic)
        if isinstance(answer, Decimal):
            answer = max(Decimal(500), value.number + self.random.choice((-2_000, 1_500, 5_000)))
        for column, content in value.characteristic.type.stored(answer).items():
            setattr(value, column, content)
        return value

    def _changed_fact(self, draft: Draft, fact: str) -> Any:
        counterparty = draft.counterparty
        if fact == "status":
            counterparty.status = self.random.choice(self.statuses)
        elif fact == "phone":
            counterparty.phone = draft.land.phone(self.random)
        elif fact == "email":
            counterparty.email = f"{self.random.choice(draft.land.boxes)}@{counterparty.email.rpartition('@')[2]}"
        else:
            counterparty.comment = self.random.choice(draft.land.notes)
        return counterparty

    def note(self, draft: Draft, at: datetime) -> None:
        """A colleague writes down what the others should know."""
        clerk = self._clerk(draft)
        note = Note(counterparty=draft.counterparty, text=self.random.choice(draft.land.notes), author=clerk)
        self.written += 1
        note.is_pinned = self.written % 9 == 0
        note.audience = "client" if self.written % 14 == 0 else "roles" if self.written % 11 == 0 else "office"
        moment = Moment(at, clerk, "card")
        make([note])
        backdate([note], at)
        # For the clerk's own colleagues; whoever has no role writes for bookkeeping.
        roles = list(clerk.groups.all()) or Group.objects.filter(name="Bookkeeping")
        readers = [NoteReader(note=note, role=role) for role in roles if note.audience == "roles"]
        make(readers)
        with happened(moment):
            record_new([note, *readers], moment)

    def archive(self, draft: Draft, at: datetime) -> None:
        draft.counterparty.archived_at = at
        self._act(
            draft, Moment(at, self._keeper(draft), "archive", self.random.choice(WHY_ARCHIVED)), draft.counterparty
        )

    def restore(self, draft: Draft, at: datetime) -> None:
        draft.counterparty.archived_at = None
        self._act(draft, Moment(at, self._keeper(draft), "restore", "They ordered again"), draft.counterparty)

    def _keeper(self, draft: Draft) -> Any:
        """Somebody to whom every type of the counterparty grants archiving."""
        return self.people["anna" if draft.codes <= CLIENTS else "admin"]

    def _act(self, draft: Draft, moment: Moment, changed: Any) -> None:
        """One click of Save: the version is claimed, the change is kept with its history."""
        with happened(moment):
            draft.counterparty.claim(draft.counterparty.version)
            save(changed, moment)
