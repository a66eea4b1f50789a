"""Workbooks: .xlsx, .xlsm, .xlsb, .xls, .ods. Read by a process of its own, which this module starts and listens to."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _

from . import archives
from .limits import MEGABYTE, Limits, SheetError
from .table import BrokenCell, Table, table

READER = Path(__file__).with_name("reader.py")
#: Where it finds calamine by itself: looking through all that is installed takes a sixth of its start.
PACKAGES = {"PYTHONPATH": str(Path(str(find_spec("python_calamine").origin)).parent.parent)}  # type: ignore[union-attr]
# The reader itself takes 60 MB of addresses; a cell of a few letters takes 64 bytes, and 20 to 40 in the file.
READER_MEMORY = 160 * MEGABYTE
MEMORY_PER_UNPACKED_BYTE = 4
MEMORY_PER_BYTE_OF_OLD_BOOK = 20
UNSURE = 10**15


def read(file, sheet: str | None, limits: Limits, digest: str, unpacked: int | None = None) -> Table:
    """Open one sheet of a workbook: the one asked for, else the first that is shown."""
    process = _start(file, sheet or "", limits, _memory(file, limits, unpacked))
    said = _said(process, limits)
    try:
        facts = next(said)
        names, likely = facts["names"], facts["likely"]
        # The reader holds the whole file by now: while it unpacks the sheet, this looks for its failed formulas.
        broken = _broken(file, likely, unpacked)
        chosen = next(said)["sheet"]
        _check_choice(names, chosen, sheet)
        if chosen != likely:
            broken = _broken(file, chosen, unpacked)
        rows = _rows(said, broken, file)
        return table(rows, limits, sheet_names=names, sheet=chosen, digest=digest)
    except BaseException:
        said.close()
        raise


def _broken(file, sheet: str, unpacked: int | None) -> dict:
    return archives.errors(file, sheet) if unpacked is not None and sheet else {}


def _memory(file, limits: Limits, unpacked: int | None) -> int:
    """Small files get little memory, so that a small bomb is a small one."""
    size = file.seek(0, 2)
    file.seek(0)
    needed = size * MEMORY_PER_BYTE_OF_OLD_BOOK if unpacked is None else unpacked * MEMORY_PER_UNPACKED_BYTE
    return min(READER_MEMORY + needed, limits.memory)


def _start(file, sheet: str, limits: Limits, memory: int) -> subprocess.Popen:
    wanted = [str(memory), str(limits.seconds), sheet, str(limits.rows), str(limits.columns)]
    return subprocess.Popen(  # noqa: S603 -- our own reader; the sheet's name is one argument, not a command
        [sys.executable, "-P", "-S", str(READER), *wanted],
        env=os.environ | PACKAGES,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _said(process: subprocess.Popen, limits: Limits) -> Generator:
    """What the reader says, line by line, until it is done or dead."""
    done, lines = False, process.stdout or ()
    try:
        for line in lines:
            try:
                message = json.loads(line, parse_float=_number, parse_constant=str)
            except ValueError:
                # It died in the middle of a line.
                break
            if isinstance(message, dict):
                _check_message(message, limits)
                done = message.get("end", False)
            yield message
        if not done and process.wait() != 0:
            raise SheetError(_cause_of_death(process.returncode, limits))
    finally:
        process.kill()
        if process.stdout:
            process.stdout.close()
        process.wait()


def _check_message(message: dict, limits: Limits) -> None:
    if "columns" in message:
        raise SheetError(
            _(
                "The sheet reaches to row %(rows)d and column %(columns)d; at most %(row_limit)d rows and "
                "%(column_limit)d columns can be read. Delete what stands far below or to the right."
            )
            % {
                "rows": message["rows"],
                "columns": message["columns"],
                "row_limit": limits.rows,
                "column_limit": limits.columns,
            }
        )
    if message.get("error") == "password":
        raise SheetError(archives.encrypted())
    if message.get("error") == "memory":
        raise SheetError(_too_much())
    if message.get("error"):
        raise SheetError(
            _("The workbook is damaged, or older than Excel 97. Save it as .xlsx and send it again.")
        ) from ValueError(message["why"])


def _check_choice(names: list[str], chosen: str, wished: str | None) -> None:
    if not names:
        raise SheetError(_("The workbook has no sheet with rows in it."))
    if wished and wished != chosen:
        raise SheetError(
            _("The workbook has no sheet “%(wished)s”. Its sheets: %(names)s.")
            % {"wished": wished, "names": ", ".join(names)}
        )


def _cause_of_death(code: int, limits: Limits) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return _("Reading the workbook took longer than %(limit)d seconds. Split it into several files.") % {
            "limit": limits.seconds
        }
    return _too_much()


def _too_much() -> str:
    return _(
        "Reading the workbook takes too much memory. Delete the rows and columns that are not needed, "
        "also the empty ones far below and to the right, save it and send it again."
    )


def _rows(said: Generator, broken: dict, file) -> Iterator[tuple[int, list]]:
    number = 0
    try:
        for batch in said:
            if isinstance(batch, dict):
                continue
            for cells in batch:
                number += 1
                # An empty text is an empty cell; a list is a moment.
                cells = [
                    (cell or None) if type(cell) is str else _moment(cell) if type(cell) is list else cell
                    for cell in cells
                ]
                if number in broken:
                    cells += [None] * (max(broken[number]) + 1 - len(cells))
                    for place, error in broken[number].items():
                        cells[place] = BrokenCell(error)
                yield number, cells
    finally:
        said.close()
        file.close()


def _number(digits: str) -> int | Decimal:
    """An exact number of the shortest digits by which it came; beyond 15 of them it has no exact whole value."""
    if digits.endswith(".0") and abs(whole := int(digits[:-2])) < UNSURE:
        return whole
    return Decimal(digits)


def _moment(tagged: list):
    sort, words = tagged
    return MOMENTS[sort](words)


MOMENTS = {
    "day": dt.date.fromisoformat,
    "moment": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda words: dt.timedelta(seconds=float(words)),
}
