"""Indexes of SQLite's that hold what each record says, for walks that look into one record after another."""

from django.db import connection, models

from .fulltext import do


class OfEach:
    """What rows of one sort say, record by record: the columns that a model names in ``said_of_each``, index by index.

    A walk in the order of a number looks into 3,700 records for fifty of whom one of forty says a piece of a text. By
    the key of the table each takes a way down two trees that are larger than the processor's cache, this index and the
    row: 12 to 15 ms at a million, and 4.6 to 5.9 by this one alone. That of texts has 175 MB of 4.9 GB, that of
    elements 33 (1,700 records asked for theirs: 7.5 ms, so 3).
    """

    def __init__(self, model: type[models.Model]) -> None:
        self._table = model._meta.db_table
        sorts = [
            [str(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]
            for names in getattr(model, "said_of_each", ())
        ]
        self._columns = {f"{self._table}_{columns[-1]}_of_each": columns for columns in sorts}

    @property
    def names(self) -> list[str]:
        return list(self._columns)

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
            there = {name for (name,) in cursor.fetchall()}
        return [name for name in self._columns if name not in there]

    def prepare(self) -> None:
        """Made where they are missing, as after a migration that rebuilt the table, and counted to be chosen."""
        for name in self.missing():
            *_leading, said = columns = self._columns[name]
            index = f"CREATE INDEX {name} ON {self._table} ({', '.join(columns)}) WHERE {said} IS NOT NULL"
            do([index, f"ANALYZE {name}"])


def known_of_each(rows: models.QuerySet, column: str) -> models.QuerySet:
    """Rows that say something in this column, so that SQLite finds those of one record by the index of it alone."""
    return rows.filter(**{f"{column}__isnull": False}) if connection.vendor == "sqlite" else rows
