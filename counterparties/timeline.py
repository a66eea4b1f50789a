"""How history speaks of a counterparty and of all that hangs on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import holdings, notes
from counterparties.domain.hidden import HIDDEN
from counterparties.models import (
    Address,
    Client,
    Contact,
    Contract,
    Counterparty,
    Document,
    Membership,
    Note,
    NoteReader,
    Project,
    Value,
)
from counterparties.pages.links import mobile_words
from desk.places import country_name, language_name
from files.models import StoredFile
from trail.domain.changes import Change, Part, recorded
from trail.pages.words import Line, Names, Story, Words, words


class OfCounterparty(Words):
    """A record that hangs on one counterparty and is read by whoever may view that."""

    left_out: tuple[str, ...] = ("counterparty",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(counterparty=thing.pk))


@words.register
class Itself(Words):
    """The counterparty's own facts. Archiving and restoring are sentences, not dates."""

    code, position, model = "counterparties.Counterparty", 10, Counterparty
    added = gettext_lazy("Added to the office")
    unknown = HIDDEN
    left_out = ("type_set", "created_at", "archived_at")
    said = {"country": country_name, "mobile": mobile_words}

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(id=thing.pk))

    def named(self, ids: Iterable[Any], decision: Any) -> dict[Any, Any]:
        return decision.counterparties("view").in_bulk(list(ids))

    def story(self, change: Change, names: Names) -> Story | None:
        lines = self._types(change, names.decision) + self.lines(change, names)
        lines = lines if change.was else [line for line in lines if line.new]
        title = self._act(change)
        return Story(title, lines, is_birth=change.was is None) if title or lines else None

    def _act(self, change: Change) -> str:
        was, became = change.was, change.became
        if was is None:
            return str(self.added)
        if became is None or bool(was.archived_at) == bool(became.archived_at):
            return ""
        return _("Archived") if became.archived_at else _("Restored")

    def _types(self, change: Change, decision: Any) -> list[Line]:
        """Types gained and lost, as far as the reader may know them."""
        old, new = (self._type_names(record, decision) for record in (change.was, change.became))
        return [Line(_("Types"), old, new)] if old != new else []

    def _type_names(self, record: Any, decision: Any) -> str:
        ids = decision.type_sets.get(record.type_set_id, frozenset()) if record else frozenset()
        visible = ids & decision.type_ids("view")
        return ", ".join(each.label for each in decision.tree.types if each.pk in visible)


@words.register
class Details(OfCounterparty):
    """What is kept because it is a client: for those who may view it as one."""

    code, position, model = "counterparties.Client", 20, Client
    said = {"language": language_name, "message_language": language_name}

    def part(self, thing: Any, decision: Any) -> Part | None:
        as_client = any(each.kind.is_client for each in decision.visible_types(thing))
        return super().part(thing, decision) if as_client else None


@words.register
class Said(OfCounterparty):
    """Values of the characteristics the reader may view."""

    code, position, model = "counterparties.Value", 30, Value
    left_out = ("counterparty", "characteristic")

    def part(self, thing: Any, decision: Any) -> Part | None:
        visible = decision.characteristics("view", decision.visible_types(thing))
        ids = [each.characteristic.pk for each in visible]
        return Part(self.model, Q(counterparty=thing.pk, characteristic__in=ids)) if ids else None

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        """One line per characteristic, several values in it together."""
        known = {each.characteristic.pk: each.characteristic for each in names.decision.characteristics("view")}
        grouped: dict[int, list[Change]] = defaultdict(list)
        for change in sorted(changes, key=lambda each: each.record.place):
            grouped[change.record.characteristic_id].append(change)
        lines = [
            Line(
                known[pk].label,
                self._words(known[pk], [each.was for each in steps], names),
                self._words(known[pk], [each.became for each in steps], names),
            )
            for pk, steps in grouped.items()
        ]
        changed = [line for line in lines if line.old != line.new]
        return [Story("", changed)] if changed else []

    def _words(self, characteristic: Any, rows: list[Any], names: Names) -> SafeString:
        unit = f" {characteristic.unit}" if characteristic.unit else ""
        said = ((self._word(characteristic, row, names), unit) for row in rows if row is not None)
        return format_html_join("; ", "{}{}", said)

    def _word(self, characteristic: Any, row: Any, names: Names) -> str:
        for each in recorded(self.model):
            pk = getattr(row, each.attname)
            if each.is_relation and each.name not in self.left_out and pk is not None:
                found = names.get(each.related_model, pk)
                if found is None:
                    return names.of(each.related_model, pk)
                setattr(row, each.name, found)
        return characteristic.type.line(characteristic.type.value(row))


@words.register
class Addresses(OfCounterparty):
    code, position, model = "counterparties.Address", 40, Address
    added = gettext_lazy("Address added: %(name)s")
    changed = gettext_lazy("Address changed: %(name)s")
    removed = gettext_lazy("Address removed: %(name)s")
    left_out = ("counterparty", "kind")
    said = {"country": country_name}

    def name(self, record: Any, names: Names) -> str:
        return record.get_kind_display()


@words.register
class Contacts(OfCounterparty):
    code, position, model = "counterparties.Contact", 50, Contact
    added = gettext_lazy("Contact added: %(name)s")
    changed = gettext_lazy("Contact changed: %(name)s")
    removed = gettext_lazy("Contact removed: %(name)s")
    left_out = ("counterparty", "position")


@words.register
class Projects(OfCounterparty):
    code, position, model = "counterparties.Project", 60, Project
    added = gettext_lazy("Project added: %(name)s")
    changed = gettext_lazy("Project changed: %(name)s")
    removed = gettext_lazy("Project removed: %(name)s")


@words.register
class Contracts(OfCounterparty):
    code, position, model = "counterparties.Contract", 70, Contract
    added = gettext_lazy("Contract added: %(name)s")
    changed = gettext_lazy("Contract changed: %(name)s")
    removed = gettext_lazy("Contract removed: %(name)s")


@words.register
class Documents(OfCounterparty):
    code, position, model = "counterparties.Document", 80, Document
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
    added = gettext_lazy("Note added")
    changed = gettext_lazy("Note changed")
    removed = gettext_lazy("Note removed")
    left_out = ("counterparty", "created_at", "author")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, notes.versions_read_by(decision, thing))

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
    left_out = ("note",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(note__in=notes.with_readers_known_to(decision, thing)))

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
    added = gettext_lazy("Joined the holding: %(name)s")
    changed = gettext_lazy("Membership changed: %(name)s")
    removed = gettext_lazy("Left the holding: %(name)s")
    in_name = ("holding", "member")

    def part(self, thing: Any, decision: Any) -> Part | None:
        if decision.has_everything("view"):
            return Part(self.model, Q(holding=thing.pk) | Q(member=thing.pk))
        seen, as_holdings = decision.counterparties("view").values("pk"), holdings.seen_by(decision).values("pk")
        rows = Q(member=thing.pk, holding__in=as_holdings)
        if any(each.kind.groups_clients for each in decision.visible_types(thing)):
            rows |= Q(holding=thing.pk, member__in=seen)
        return Part(self.model, rows)

    def name(self, record: Any, names: Names) -> str:
        member, holding = names.of(Counterparty, record.member_id), names.of(Counterparty, record.holding_id)
        return f"{member} → {holding}"
