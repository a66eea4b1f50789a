"""A CSV file, written while it is being sent."""

import csv as dialects
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from .cells import local

CSV_CONTENT_TYPE = "text/csv; charset=utf-8"
BATCH = 500
# By the mark at its beginning Excel knows that the file is UTF-8.
MARK = "\ufeff"


def csv(header: Sequence[str], rows: Iterable[Sequence]) -> Iterator[bytes]:
    """The bytes of a CSV file: commas, CRLF, every value as it is (no apostrophe before =, + or @)."""
    page = io.StringIO()
    page.write(MARK)
    writer = dialects.writer(page, lineterminator="\r\n")
    writer.writerow([str(name) for name in header])
    for number, row in enumerate(rows, 1):
        writer.writerow([value if type(value) is str else _written(value) for value in row])
        if number % BATCH == 0:
            yield _taken(page)
    yield _taken(page)


def _taken(page: io.StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    # Half a character (a lone surrogate) has no UTF-8.
    return text.encode("utf-8", "replace")


def _written(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return local(value).isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
