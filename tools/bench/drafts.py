"""A draft: the rows of an office, invented once for both databases and kept only until the office is built.

A plain file with a table for each that is filled, under the same name; without keys, indexes or any order but that in
which the rows were made up. What stands in a cell is what SQLite would keep; PostgreSQL reads it as text.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import models

from counterparties.models import Counterparty
from tools.bench.filling import Filler, Table
from tools.bench.furnishing import BANKS, Furnisher

#: So many lines go to PostgreSQL at once.
LINES = 5_000


class Draft:
    """The rows of one office in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = sqlite3.connect(path, isolation_level=None)
        for haste in ("journal_mode = OFF", "synchronous = OFF", "mmap_size = 268435456"):
            self._file.execute(f"PRAGMA {haste}")

    def write(self, filler: Filler, furnisher: Furnisher) -> None:
        """Everything that these two make up."""
        for _last in filler.portions():
            self.take(filler.tables)
        furnisher.banks = self._of(furnisher.type_sets("bank"))[:BANKS]
        for _last in furnisher.portions(self._of(furnisher.type_sets("client"))):
            self.take(furnisher.tables)

    def _of(self, type_sets: list[int]) -> list[int]:
        """Whom these sets make what they are."""
        sets = ", ".join(map(str, type_sets))
        found = self._file.execute(f"SELECT id FROM {Counterparty._meta.db_table} WHERE type_set_id IN ({sets})")
        return [pk for (pk,) in found]

    def take(self, tables: Iterable[Table]) -> None:
        """What waits in these tables is written down."""
        self._file.execute("BEGIN")
        for table in tables:
            columns = ", ".join(table.columns)
            places = ", ".join("?" * len(table.columns))
            self._file.execute(f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})")
            self._file.executemany(f"INSERT INTO {table.name} VALUES ({places})", table.rows)
            table.rows.clear()
        self._file.execute("COMMIT")

    def columns(self, model: type[models.Model]) -> list[str]:
        """The columns of a table as they stand here; none when it has no rows at all."""
        return [row[1] for row in self._file.execute(f"PRAGMA table_info({model._meta.db_table})")]

    def lines(self, model: type[models.Model]) -> Iterator[str]:
        """The rows of a table as COPY of PostgreSQL wants them; SQLite puts them together, several at once."""
        fields = {each.column: each for each in model._meta.concrete_fields}
        cells = [f"COALESCE({_plain(fields[name])}, '\\N')" for name in self.columns(model)]
        line = "\t".join(["%s"] * len(cells)) + "\n"
        rows = self._file.execute(f"SELECT printf(?, {', '.join(cells)}) FROM {model._meta.db_table}", [line])
        while some := rows.fetchmany(LINES):
            yield "".join([line for (line,) in some])


def _plain(field: models.Field[Any, Any]) -> str:
    """A cell without signs that would end it; only texts can hold any."""
    if not isinstance(field, models.CharField | models.TextField):
        return field.column
    said = field.column
    for sign, written in (("'\\'", "'\\\\'"), ("char(9)", "'\\t'"), ("char(10)", "'\\n'"), ("char(13)", "'\\r'")):
        said = f"REPLACE({said}, {sign}, {written})"
    return said
