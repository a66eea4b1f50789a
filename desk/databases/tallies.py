"""Tallies: how many rows a table has by a few facts of theirs, known without counting and never late."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models, transaction

from . import tally_triggers as triggers


@dataclass(frozen=True)
class Tally:
    """Rows of ``counted`` by their facts, ``kept`` in a table that has a column for each fact and the ``number``.

    The database keeps them in step in the same transaction, whoever writes and however many at once.
    """

    counted: type[models.Model]
    kept: type[models.Model]
    facts: triggers.Facts

    def prepare(self, anew: bool = False) -> None:
        """Make or mend it; run after every migrate. What is new, was broken or is asked ``anew`` is counted."""
        if self._kept not in connection.introspection.table_names():
            return  # migrated back to where there was none
        if not anew and not self.missing():
            return
        with transaction.atomic():
            if connection.vendor == "postgresql":
                # Nobody writes between the count and the triggers.
                _do([f"LOCK TABLE {self._counted} IN SHARE ROW EXCLUSIVE MODE"])
            self.forget()
            _do(triggers.made(self._counted, self._kept, self.facts))
            self.count_anew()

    def missing(self) -> list[str]:
        """Names of the triggers that should be there and are not, or were switched off."""
        if connection.vendor == "postgresql":
            asked = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'"
        else:
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
        with connection.cursor() as cursor:
            cursor.execute(asked, [self._counted])
            return sorted(set(triggers.names(self._kept)) - {name for (name,) in cursor.fetchall()})

    def count_anew(self) -> None:
        """Count every row; for whoever wrote past the triggers."""
        keys, read = ", ".join(self.facts), triggers.read(self.facts, "each")
        counted = f"SELECT {read}, COUNT(*) FROM {self._counted} each GROUP BY {read}"
        _do([f"DELETE FROM {self._kept}", f"INSERT INTO {self._kept} ({keys}, number) {counted}"])

    def forget(self) -> None:
        """The counted table goes on without it."""
        _do(triggers.dropped(self._kept))

    @property
    def _counted(self) -> str:
        return self.counted._meta.db_table

    @property
    def _kept(self) -> str:
        return self.kept._meta.db_table


def _do(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
