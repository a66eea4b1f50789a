"""A sheet that is brought: looked through once, kept as it is, its columns put to fields as far as they are known."""

import hashlib
from collections.abc import Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from django.conf import settings

from counterparties.domain.importing.examples import is_example
from desk import text
from desk.databases import attempt
from desk.intake import Table, open_sheet
from exchange.models import Import
from exchange.models.importing import RECEIVED
from files.domain.intake import Found, keep, kept_name, leaving_nothing_behind
from files.domain.kinds import sniffed
from trail.domain.operations import operation

from .cells import shown
from .mapping import guess, remembered
from .opening import limits, opened

#: So many filled cells of each column are shown beside its head.
EXAMPLES = 3
#: What a mapping is remembered with.
HABITS = ("key", "mode", "month_first", "empty_clears", "is_whole")


def receive(upload: Any, *, by: Any, types: Sequence[str] = ()) -> Import:
    """Keep a sheet that was brought; SheetError says why it cannot be read.

    ``types``: codes of the types that new counterparties are to have, where that is known already.
    """
    name = upload.name or ""
    with open_sheet(upload, name, limits=limits()) as table:
        facts = _looked_through(table)
    found = _found(upload, name, table.digest)

    def act() -> Import:
        of = Import(user=by, types=list(types), **facts)
        if habit := remembered(of):
            for each in HABITS:
                setattr(of, each, getattr(habit, each))
            of.types = of.types or habit.types
        of.mapping = guess(of)
        with leaving_nothing_behind(), operation("upload", by=by, reason=found.name):
            of.file = keep(found)
            of.save()
        return of

    return attempt(act)


def choose_sheet(of: Import, sheet: str) -> None:
    """Another sheet of the workbook is meant; SheetError says why it cannot be read."""
    with opened(of, sheet) as table:
        facts = _looked_through(table)
    for name, said in facts.items():
        setattr(of, name, said)
    of.mapping, of.month_first, of.state = guess(of), [], RECEIVED
    of.save()


def _looked_through(table: Table) -> dict[str, Any]:
    """The whole sheet is read, so that one that breaks off is refused at the door."""
    examples: list[list[str]] = [[] for _name in table.header]
    rows = 0
    for row in table.rows:
        if is_example(row.cells):
            continue
        rows += 1
        for place, cell in enumerate(row.cells):
            if len(examples[place]) < EXAMPLES and (said := shown(cell)) and said not in examples[place]:
                examples[place].append(said)
    header = [text.clean(each) for each in table.header]
    return {
        "sheets": [text.clean(each) for each in table.sheet_names],
        "sheet": table.sheet,
        "encoding": table.encoding,
        "header": header,
        "examples": examples,
        "rows": rows,
        "fingerprint": hashlib.sha256("\x1f".join(map(text.key, header)).encode()).hexdigest(),
    }


def _found(upload: Any, name: str, digest: str) -> Found:
    """The file as it was brought: what a sheet truly is has been found out by reading it."""
    upload.seek(0)
    content = upload.read()
    spool = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 -- lives as long as Found
    spool.write(content)
    content_type = sniffed(content) or "application/octet-stream"
    return Found(kept_name(name, ()), content_type, len(content), digest, spool)
