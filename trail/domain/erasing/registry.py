"""Who knows what a table holds of a person. Apps register theirs in `erasing.py`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from desk.registry import Registry
from trail.domain import in_bulk

from .subject import Subject

erasers = Registry("table in which personal data is erased")

#: Where files are kept.
FILES = "files.StoredFile"
#: So many rows are read at a time.
MANY = 500


class Eraser:
    """What one model holds of a counterparty or a user. ``position``: whoever finds stands before whoever is told."""

    code = ""
    position = 100
    model: Any = None
    #: Lookups that lead to the counterparty and to the user it belongs to.
    counterparty = ""
    user = ""
    #: Column → what stands there afterwards.
    blanks: dict[str, Any] = {}
    #: Columns in which it is called afterwards what erased ones are called.
    called: tuple[str, ...] = ()
    #: A column with a code or a number: it stays, unless it holds something of the person itself.
    number = ""
    #: Columns that say what it is called, and those of them that are names.
    says: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    #: Columns that point at files which are its own.
    bears: tuple[str, ...] = ()
    #: Columns of any row in which somebody may have written what it is called.
    mentions: tuple[str, ...] = ()
    #: Its records are facts that are simply not said any more: they go, their history stays, blanked.
    goes = False

    def rows(self, subject: Subject) -> Q | None:
        """The rows that belong to it, in the table and in its history alike; None when there are none."""
        found = Q()
        if self.counterparty and subject.counterparty:
            found |= Q(**{self.counterparty: subject.counterparty})
        if self.user and subject.users:
            found |= Q(**{f"{self.user}__in": sorted(subject.users)})
        if subject.held[self.code]:
            found |= Q(id__in=sorted(subject.held[self.code]))
        return found or None

    @property
    def history(self) -> Any:
        manager = getattr(self.model, "history", None)
        return getattr(manager, "model", None)

    def tables(self) -> Iterable[Any]:
        return [self.model, *([self.history] if self.history else [])]

    # ---- before anything is written

    def look(self, subject: Subject) -> None:
        """Find out what it is called, and what else belongs to it."""
        asked = self.rows(subject)
        wanted = (*self.says, *self.bears)
        if asked is None or not wanted:
            return
        for table in self.tables():
            for row in table._base_manager.filter(asked).order_by().values(*wanted).distinct():
                for name in self.says:
                    subject.phrases.add(row[name], is_name=name in self.names)
                subject.held[FILES] |= {row[name] for name in self.bears} - {None}

    def search(self, subject: Subject) -> None:
        """Find what holds it without belonging to it: a sheet among whose rows it stands."""

    # ---- what happens under history

    def settle(self, subject: Subject) -> None:
        """Changes that are told as such: a log-in closed, an answer taken back."""
        asked = self.rows(subject)
        if self.goes and asked is not None:
            in_bulk.remove(list(self.model._base_manager.filter(asked).order_by("pk")))

    # ---- what happens to the rows and to their history

    def blank(self, subject: Subject) -> None:
        asked = self.rows(subject)
        if asked is not None:
            self._blank_records(subject, asked)
            if self.history:
                self._blank_history(subject, asked)
        for table in self.tables():
            self._take_out(subject, table)

    def facts(self, subject: Subject) -> dict[str, Any]:
        return {**self.blanks, **dict.fromkeys(self.called, subject.called)}

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        """Whatever follows from what is blanked (keys, the search column) follows."""
        for record in self.model._base_manager.filter(asked).order_by("pk").iterator(MANY):
            facts = self.facts(subject)
            if self.number and subject.phrases.tell(getattr(record, self.number) or ""):
                facts[self.number] = nameless(record.pk)
            for name, value in facts.items():
                setattr(record, name, value)
            if hasattr(record, "derive"):
                self.derive(record)
                facts = {name: getattr(record, name) for name in record.changed_fields()}
            if facts:
                self.model._base_manager.filter(pk=record.pk).update(**facts)
            subject.counts[self.model._meta.db_table] += 1

    def derive(self, record: Any) -> None:
        record.derive()

    def _blank_history(self, subject: Subject, asked: Q) -> None:
        table = self.history
        rows = table._base_manager.filter(asked)
        if self.number:
            for pk, said in list(rows.order_by().values_list("id", self.number).distinct()):
                if subject.phrases.tell(said or ""):
                    table._base_manager.filter(**{"id": pk, self.number: said}).update(**{self.number: nameless(pk)})
        known = {field.name for field in table._meta.concrete_fields}
        facts = {name: value for name, value in self.facts(subject).items() if name in known}
        subject.counts[table._meta.db_table] += rows.update(**facts, history_change_reason=None)

    def _take_out(self, subject: Subject, table: Any) -> None:
        known = {field.name for field in table._meta.concrete_fields}
        for name in known.intersection(self.mentions):
            for row in _saying(table, name, subject):
                said = getattr(row, name)
                if (left := subject.phrases.without(said, subject.called)) != said:
                    table._base_manager.filter(pk=row.pk).update(**{name: left})
                    subject.counts[table._meta.db_table] += 1


def _saying(table: Any, name: str, subject: Subject) -> Iterable[Any]:
    rows: QuerySet = table._base_manager.annotate(as_text=Cast(name, TextField()))
    asked = subject.phrases.asked_in("as_text")
    return [] if asked is None else list(rows.filter(asked).only("pk", name).order_by("pk"))


def nameless(pk: int) -> str:
    """A code that says nothing of anybody."""
    return f"erased-{pk}"
