"""How history speaks of a counterparty's own facts, and of what is answered about it."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import F, Q
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.domain import known_rows
from counterparties.domain.hidden import HIDDEN
from counterparties.models import Client, Counterparty, Value
from counterparties.pages.links import mobile_words
from desk.places import country_name, language_name
from trail.domain.changes import Change, Part, moved, recorded
from trail.pages.words import Line, Names, Story, Topic, Words, label, words


class OfCounterparty(Words):
    """A record that hangs on one counterparty and is read by whoever may view that."""

    thing = Counterparty
    owner: Any = F("counterparty_id")
    left_out: tuple[str, ...] = ("counterparty",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(counterparty=thing.pk))

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_seen(decision, "counterparty_id")

    def story(self, change: Change, names: Names) -> Story | None:
        was, became = change.was, change.became
        if was is None or became is None or was.counterparty_id == became.counterparty_id:
            return super().story(change, names)
        # With whom it hung before, the line about the joining says.
        told = _("Came along: %(sort)s “%(name)s”") % {"sort": self.sort, "name": self.name(became, names)}
        return Story(told, self.lines(change, names))


@words.register
class Itself(Words):
    """The counterparty's own facts. Archiving and restoring are sentences, not dates."""

    code, position, model = "counterparties.Counterparty", 10, Counterparty
    counted = ngettext_lazy("%(number)s counterparty", "%(number)s counterparties", "count")
    added = gettext_lazy("Added to the office")
    unknown = HIDDEN
    left_out = ("type_set", "created_at", "archived_at")
    said = {"country": country_name, "mobile": mobile_words}

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(id=thing.pk))

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_seen(decision, "id")

    def is_exact(self, decision: Any) -> bool:
        # A change may have been of hidden types alone.
        return bool(decision.has_everything("view"))

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        left_out = {"id", "created_at"}
        fields = [each for each in recorded(self.model) if each.name not in left_out]
        names = {"type_set": _("Types"), "archived_at": _("Archived or restored")}
        return [
            Topic(
                each.name, names.get(each.name) or label(each), _("Facts"), partial(moved, self.model, each), each.name
            )
            for each in fields
        ]

    def named(self, ids: Iterable[Any], decision: Any) -> dict[Any, Any]:
        # Nothing is said of them but the name and that they are archived; reading all of fifty takes twice as long.
        return decision.counterparties("view").only("name", "archived_at").in_bulk(list(ids))

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
        key = f"counterparty-{change.record.pk}-type_set" if change.was and change.became else ""
        return [Line(_("Types"), old, new, key)] if old != new else []

    def _type_names(self, record: Any, decision: Any) -> str:
        ids = decision.type_sets.get(record.type_set_id, frozenset()) if record else frozenset()
        visible = ids & decision.type_ids("view")
        return ", ".join(each.label for each in decision.tree.types if each.pk in visible)


@words.register
class Details(OfCounterparty):
    """What is kept because it is a client: for those who may view it as one."""

    code, position, model = "counterparties.Client", 20, Client
    counted = ngettext_lazy("%(number)s client's details", "%(number)s clients' details", "count")
    said = {"language": language_name, "message_language": language_name}

    def part(self, thing: Any, decision: Any) -> Part | None:
        as_client = any(each.kind.is_client for each in decision.visible_types(thing))
        return super().part(thing, decision) if as_client else None

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_clients(decision, "counterparty_id")

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        fields = [each for each in recorded(self.model) if each.name not in ("id", "counterparty")]
        return [
            Topic(f"client-{each.name}", label(each), _("As a client"), partial(moved, self.model, each), each.name)
            for each in fields
        ]


@words.register
class Said(OfCounterparty):
    """Values of the characteristics the reader may view."""

    code, position, model = "counterparties.Value", 30, Value
    counted = ngettext_lazy("%(number)s value", "%(number)s values", "count")
    left_out = ("counterparty", "characteristic")

    def part(self, thing: Any, decision: Any) -> Part | None:
        visible = decision.characteristics("view", decision.visible_types(thing))
        ids = [each.characteristic.pk for each in visible]
        return Part(self.model, Q(counterparty=thing.pk, characteristic__in=ids)) if ids else None

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_answers(decision, "counterparty_id")

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        types = None if thing is None else decision.visible_types(thing)
        asked = [each.characteristic for each in decision.characteristics("view", types)]
        heading = _("Characteristics")
        return [Topic(each.field_name, each.label, heading, partial(Q, characteristic=each.pk)) for each in asked]

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        """One line per characteristic in the order of the card, several values in it together."""
        known = names.once(self, lambda: self._known(names.decision))
        places = {pk: place for place, pk in enumerate(known)}
        grouped: dict[int, list[Change]] = defaultdict(list)
        for change in sorted(changes, key=lambda each: each.record.place):
            grouped[change.record.characteristic_id].append(change)
        lines = [
            Line(
                known[pk].label,
                self._words(known[pk], [each.was for each in steps], names),
                self._words(known[pk], [each.became for each in steps], names),
                f"value-{steps[0].record.counterparty_id}-{pk}",
            )
            for pk, steps in sorted(grouped.items(), key=lambda each: places[each[0]])
        ]
        changed = [line for line in lines if line.old != line.new]
        return [Story("", changed)] if changed else []

    @staticmethod
    def _known(decision: Any) -> dict[int, Any]:
        return {each.characteristic.pk: each.characteristic for each in decision.characteristics("view")}

    def _words(self, characteristic: Any, rows: list[Any], names: Names) -> SafeString:
        unit = f" {characteristic.unit}" if characteristic.unit else ""
        said = (
            (self._word(characteristic, row, names), unit) for row in rows if row is not None and not row.says_nothing
        )
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
