"""How history speaks of what hangs on a counterparty: addresses, people, work, papers, notes, holdings."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.domain import holdings, known_rows, notes
from counterparties.models import (
    Address,
    BankAccount,
    Contact,
    Contract,
    Counterparty,
    Document,
    Membership,
    Note,
    NoteReader,
    Project,
)
from counterparties.models.bank_account import account_words
from counterparties.pages.own_words import OfCounterparty
from desk.places import country_name
from files.models import StoredFile
from trail.domain.changes import Change, Part
from trail.pages.words import Line, Names, Story, Topic, Words, words


@words.register
class Addresses(OfCounterparty):
    code, position, model = "counterparties.Address", 40, Address
    counted = ngettext_lazy("%(number)s address", "%(number)s addresses", "count")
    added = gettext_lazy("Address added: %(name)s")
    changed = gettext_lazy("Address changed: %(name)s")
    removed = gettext_lazy("Address removed: %(name)s")
    left_out = ("counterparty", "kind")
    said = {"country": country_name}

    def name(self, record: Any, names: Names) -> str:
        return record.get_kind_display()


@words.register
class BankAccounts(OfCounterparty):
    """An account that is closed, or opened again, is told in a sentence."""

    code, position, model = "counterparties.BankAccount", 45, BankAccount
    counted = ngettext_lazy("%(number)s bank account", "%(number)s bank accounts", "count")
    added = gettext_lazy("Bank account added: %(name)s")
    changed = gettext_lazy("Bank account changed: %(name)s")
    removed = gettext_lazy("Bank account removed: %(name)s")
    said = {"number": account_words}

    def story(self, change: Change, names: Names) -> Story | None:
        was, became = change.was, change.became
        if was is None or became is None or was.is_closed == became.is_closed:
            return super().story(change, names)
        sentence = _("Bank account closed: %(name)s") if became.is_closed else _("Bank account opened again: %(name)s")
        return Story(self._titled(sentence, change, names), self.lines(change, names))


@words.register
class Contacts(OfCounterparty):
    code, position, model = "counterparties.Contact", 50, Contact
    counted = ngettext_lazy("%(number)s contact", "%(number)s contacts", "count")
    added = gettext_lazy("Contact added: %(name)s")
    changed = gettext_lazy("Contact changed: %(name)s")
    removed = gettext_lazy("Contact removed: %(name)s")
    left_out = ("counterparty", "position")


@words.register
class Projects(OfCounterparty):
    code, position, model = "counterparties.Project", 60, Project
    counted = ngettext_lazy("%(number)s project", "%(number)s projects", "count")
    added = gettext_lazy("Project added: %(name)s")
    changed = gettext_lazy("Project changed: %(name)s")
    removed = gettext_lazy("Project removed: %(name)s")


@words.register
class Contracts(OfCounterparty):
    code, position, model = "counterparties.Contract", 70, Contract
    counted = ngettext_lazy("%(number)s contract", "%(number)s contracts", "count")
    added = gettext_lazy("Contract added: %(name)s")
    changed = gettext_lazy("Contract changed: %(name)s")
    removed = gettext_lazy("Contract removed: %(name)s")


@words.register
class Documents(OfCounterparty):
    code, position, model = "counterparties.Document", 80, Document
    counted = ngettext_lazy("%(number)s document", "%(number)s documents", "count")
    added = gettext_lazy("Document added: %(name)s")
    changed = gettext_lazy("Document changed: %(name)s")
    removed = gettext_lazy("Document removed: %(name)s")
    left_out = ("counterparty", "created_at", "uploaded_by", "deleted_at")

    def name(self, record: Any, names: Names) -> str:
        return record.title or self._file(record, names)

    def story(self, change: Change, names: Names) -> Story | None:
        was, became = change.was, change.became
        if was is None or became is None or was.is_deleted == became.is_deleted:
            return super().story(change, names)
        sentence = _("Document deleted: %(name)s") if became.is_deleted else _("Document restored: %(name)s")
        return Story(self._titled(sentence, change, names), self.lines(change, names))

    def say(self, each: Any, record: Any, names: Names) -> str:
        # By its name alone: of a document that was deleted later, the file opens to few.
        return self._file(record, names) if each.name == "file" and record else super().say(each, record, names)

    @staticmethod
    def _file(record: Any, names: Names) -> str:
        return str(names.get(StoredFile, record.file_id) or "")


@words.register
class Notes(OfCounterparty):
    """A note for chosen roles is told of to them, to its author and to superusers."""

    code, position, model = "counterparties.Note", 90, Note
    counted = ngettext_lazy("%(number)s note", "%(number)s notes", "count")
    added = gettext_lazy("Note added")
    changed = gettext_lazy("Note changed")
    removed = gettext_lazy("Note removed")
    left_out = ("counterparty", "created_at", "author")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, notes.versions_read_by(decision, thing))

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_notes(decision)

    def story(self, change: Change, names: Names) -> Story | None:
        was, became = change.was, change.became
        if was and became and became.audience != "roles" and not notes.knows_version(names.decision, was):
            # To whoever may not know what it said before, it begins when it was opened.
            change = replace(change, was=None)
        return super().story(change, names)


@words.register
class NoteReaders(Words):
    """For which roles a note was chosen, in one line with the note."""

    code, position, model = "counterparties.NoteReader", 95, NoteReader
    counted = ngettext_lazy("%(number)s reader of a note", "%(number)s readers of notes", "count")
    thing, owner = Counterparty, notes.owner("note_id")
    left_out = ("note",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(note__in=notes.with_readers_known_to(decision, thing)))

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_note_readers(decision)

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        return []

    def whose(self, records: Iterable[Any]) -> list[int]:
        of_notes = [each.note_id for each in records]
        owners = notes.owners(of_notes)
        return [owners.get(note, 0) for note in of_notes]

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        gone, come = (
            ", ".join(sorted(names.of(Group, row.role_id) for row in rows if row))
            for rows in ([each.was for each in changes], [each.became for each in changes])
        )
        return [Story("", [Line(_("Roles that read the note"), gone, come)])]


@words.register
class Memberships(Words):
    """A company joins or leaves a holding; told at both, to whoever may view the other, and the holding as one."""

    code, position, model = "counterparties.Membership", 100, Membership
    counted = ngettext_lazy("%(number)s membership", "%(number)s memberships", "count")
    added = gettext_lazy("Joined the holding: %(name)s")
    changed = gettext_lazy("Membership changed: %(name)s")
    removed = gettext_lazy("Left the holding: %(name)s")
    thing, owner = Counterparty, F("member_id")
    in_name = ("holding", "member")

    def part(self, thing: Any, decision: Any) -> Part | None:
        if decision.has_everything("view"):
            return Part(self.model, Q(holding=thing.pk) | Q(member=thing.pk))
        seen, as_holdings = decision.counterparties("view").values("pk"), holdings.seen_by(decision).values("pk")
        rows = Q(member=thing.pk, holding__in=as_holdings)
        if any(each.kind.groups_clients for each in decision.visible_types(thing)):
            rows |= Q(holding=thing.pk, member__in=seen)
        return Part(self.model, rows)

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_members(decision)

    def story(self, change: Change, names: Names) -> Story | None:
        told = super().story(change, names)
        is_of_another = told is None and any(each.name in self.in_name for each in change.fields())
        return Story(self._titled(self.changed, change, names)) if is_of_another else told

    def name(self, record: Any, names: Names) -> str:
        member, holding = names.of(Counterparty, record.member_id), names.of(Counterparty, record.holding_id)
        return f"{member} → {holding}"
