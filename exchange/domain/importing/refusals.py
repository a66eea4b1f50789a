"""The rows that are left out as a workbook: as they came, with their reasons as comments, to be mended and brought."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from counterparties.domain.importing.plan import Reason, Refusal
from counterparties.domain.importing.report import write_refused
from exchange.models import Import
from exchange.models.importing import CONFLICT, REFUSED

from .opening import opened
from .rows import sentence_of


def refused_book(of: Import) -> IO[bytes]:
    """The workbook, in a file that goes when it is closed; its cells are read from the sheet again, each of its sort.

    A hundred thousand rows take the memory of two thousand: 23 megabytes.
    """
    book = TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    left_out = of.outcomes.filter(outcome__in=(REFUSED, CONFLICT))
    facts = [
        (_("File"), str(of.file)),
        (_("User"), str(of.user)),
        (_("When"), date_format(localtime(of.created_at), "DATETIME_FORMAT")),
        (_("Rows"), of.rows),
        (_("Left out"), left_out.count()),
    ]
    write_refused(book, _refusals(of, left_out), of.header, facts)
    book.seek(0)
    return book


def _refusals(of: Import, left_out: Any) -> Iterator[Refusal]:
    """In the order of the sheet, which is read beside them."""
    waiting = left_out.order_by("number").values_list("number", "said").iterator()
    nothing: tuple[None, dict[str, Any]] = (None, {})
    number, said = next(waiting, nothing)
    with opened(of) as table:
        for row in table.rows:
            if number is None:
                return
            if row.number == number:
                yield Refusal(row.number, row.cells, [_reason(of, each) for each in said["reasons"]])
                number, said = next(waiting, nothing)


def _reason(of: Import, kept: list[Any]) -> Reason:
    field, place = kept[:2]
    return Reason(field, "" if place is None else of.header[place], place, sentence_of(kept))
