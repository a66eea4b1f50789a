"""Sheets going out: the writer, the whole way, its memory."""

import io
import re
import resource
import time
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.pages.sheet import CHUNK, Sheet
from desk.sheets import Tab, xlsx
from tools.bench.asking import Person
from tools.bench.figures.register import ALL_TWELVE
from tools.bench.turns import timed, typical
from tools.bench.watch import Watch

#: Twenty-five columns: thirteen facts and the twelve characteristics.
FACTS = ["code", "name", "alias", "types", "status", "is_person", "country", "is_foreign"]
FACTS += ["registration_number", "vat_number", "email", "phone", "created"]
WIDE = "&".join([*(f"columns={fact}" for fact in FACTS), ALL_TWELVE])
ROWS, COMPARED = 100_000, 10_000
#: What the floor looks for in each text, as no sheet can do without: signs of XML, impossible ones, spaces at the ends.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NEEDS_CARE = re.compile(rf"[&<>]|{IMPOSSIBLE.pattern}|^\s|\s\Z")
EPOCH = date(1899, 12, 30).toordinal()


def measure(watch: Watch, size: int, database: str) -> None:
    reader = Person("reader")
    if size <= ROWS:
        out(watch, reader, size)
    if size >= ROWS:
        memory(watch, reader, size)


def out(watch: Watch, reader: Person, size: int) -> None:
    """The whole list at 25 columns; the floor has the same cells in its hands already."""
    sheet = Sheet(reader.question(WIDE), reader.user)
    rows = list(sheet.rows())
    # From here on the process knows the settings of the office, as every server does after its first page.
    again = Person("reader")
    with CaptureQueriesContext(connection) as sent:
        used_up(Sheet(again.question(WIDE), again.user).written("csv")[0])
    chunks = -(-len(rows) // CHUNK)
    asked = len(sent.captured_queries)
    header = [str(column.title) for column in sheet.columns]
    bare = typical(lambda: used_up(bare_writer(header, rows)))
    own = typical(lambda: used_up(xlsx([Tab("Rows", header, rows)])))
    clock = timed if size > COMPARED else typical
    whole = clock(lambda: used_up(Sheet(reader.question(WIDE), reader.user).written("xlsx")[0]))
    told = f"{len(rows):,} rows of {len(header)} columns"
    floor = "texts joined and deflated"
    watch.note("sheet writer alone", own, bare, against=floor, target="T11", at_most=1.1, note=told)
    watch.note("export, end to end", whole, bare, against=floor, target="T12", at_most=1.6, note=told)
    some = rows[:COMPARED]
    library = typical(lambda: by_library(header, some))
    share = whole * len(some) / len(rows)
    watch.note("export against openpyxl", share, library, against="openpyxl write-only", target="T13", at_most=0.25)
    watch.note(
        "statements of an export",
        statements=asked,
        target="T15",
        note=f"{asked} for {chunks} portions of {CHUNK}; at most {chunks + 5} wished for",
    )


def used_up(parts: Iterable[bytes]) -> int:
    return sum(map(len, parts))


def bare_writer(header: list[str], rows: list[Any]) -> Iterator[bytes]:
    """The least that a sheet can cost: each value as its own sort of cell, joined, deflated and summed up."""
    packer, checksum = zlib.compressobj(6, zlib.DEFLATED, -15), 0
    waiting = chain([header], rows)
    while batch := list(islice(waiting, 250)):
        part = "".join([f"<row>{''.join(map(bare_cell, row))}</row>" for row in batch]).encode()
        checksum = zlib.crc32(part, checksum)
        yield packer.compress(part)
    yield packer.flush()


def bare_cell(value: Any) -> str:
    sort = type(value)
    if sort is str:
        if NEEDS_CARE.search(value):
            return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(IMPOSSIBLE.sub("", value))}</t></is></c>'
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    if value is None:
        return "<c/>"
    if sort is bool:
        return f'<c t="b"><v>{int(value)}</v></c>'
    if sort is date:
        return f'<c s="1"><v>{value.toordinal() - EPOCH}</v></c>'
    if sort is datetime:
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return f'<c s="2"><v>{value.toordinal() - EPOCH + seconds / 86_400}</v></c>'
    return f"<c><v>{value}</v></c>"


def by_library(header: list[str], rows: list[Any]) -> None:
    book = openpyxl.Workbook(write_only=True)
    tab = book.create_sheet("Rows")
    tab.append(header)
    for row in rows:
        tab.append([each.replace(tzinfo=None) if hasattr(each, "tzinfo") else each for each in row])
    book.save(io.BytesIO())


def memory(watch: Watch, reader: Person, size: int) -> None:
    """How much more memory the last row of a sheet needs than the ten thousandth."""
    sheet = Sheet(reader.question("columns=name&columns=code&columns=c-town&columns=c-turnover"), reader.user)
    began, start, early, most = time.perf_counter(), resident(), 0, 0
    for number, part in enumerate(sheet.written("xlsx")[0]):
        del part
        if number % 20 == 0:
            most = max(most, resident())
        if not early and sheet.rows_written >= COMPARED:
            early = resident()
    seconds = time.perf_counter() - began
    watch.note(
        "memory of an export of all, 4 columns",
        seconds * 1000,
        target="T14",
        note=f"{sheet.rows_written:,} rows; +{early - start} MB after {COMPARED:,}, +{most - start} MB at most",
    )


def resident() -> int:
    """Megabytes of its own that this process holds now, mapped files left out; else the most it ever held."""
    told = Path("/proc/self/statm")
    if told.exists():
        _whole, held, mapped, *_rest = map(int, told.read_text().split())
        return (held - mapped) * resource.getpagesize() // 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
