"""Run as a process of its own: reads one workbook from standard input and writes its rows as lines of JSON.

It imports nothing of the office and holds nothing but the file. It takes limits on memory and time upon itself
before it looks at the first byte; when it dies of them, only it dies. Cells travel as they were read: while this
process is busy with the next rows, the other side makes of them what the office knows.
"""

import datetime as dt
import io
import resource
import sys

# What json.dumps writes with, without what json reads with: that takes half of the start of this process (9 of 22 ms).
from _json import encode_basestring, make_encoder

import python_calamine as calamine

BATCH = 200
LONG_LINE, LONGEST_TEXT = 2**20, 2**17


def main(memory: int, seconds: int, wished: str, rows: int, columns: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        names = [one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        candidates = [wished] * (wished in names) if wished else shown_first(book, names)
        # The other side looks into the same sheet, meanwhile, by other means.
        tell({"names": names, "likely": candidates[0] if candidates else ""})
        sheet = first_filled(book, candidates)
        tell({"sheet": sheet.name if sheet else ""})
        if sheet and sheet.end and (sheet.total_height > 5 * rows or sheet.total_width > 4 * columns):
            say({"rows": sheet.total_height, "columns": sheet.total_width})
        elif sheet:
            send(sheet)
    except calamine.PasswordError:
        say({"error": "password"})
    except MemoryError:
        say({"error": "memory"})
    except Exception as error:
        say({"error": "damaged", "why": f"{type(error).__name__}: {error}"[:300]})


def shown_first(book, names: list[str]) -> list[str]:
    """In which order a sheet is looked for that holds anything, the shown ones first."""
    shown = {one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Visible}
    return [*filter(shown.__contains__, names), *names][:20]


def first_filled(book, names: list[str]):
    """The first that holds anything; the cover sheets of some offices hold a picture only."""
    sheet = None
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.end:
            return sheet
    return sheet


def send(sheet) -> None:
    batch = []
    # Its rows begin at the first column that is filled anywhere, ours at A.
    left = [None] * (sheet.start[1] if sheet.start else 0)
    for cells in sheet.iter_rows():
        batch.append(left + cells if left else cells)
        if len(batch) == BATCH:
            say_rows(batch)
            batch = []
    say_rows(batch)
    say({"end": True})


def say_rows(batch: list[list]) -> None:
    line = written(batch)
    if len(line) < LONG_LINE:
        sys.stdout.write(line + "\n")
        return
    # Long texts: the other side gets them one row at a time, and none that is no text of a cell any more.
    for row in batch:
        if any(type(value) is str and len(value) > LONGEST_TEXT for value in row):
            raise MemoryError
        say([row])


def tell(what) -> None:
    """Something the other side waits for."""
    say(what)
    sys.stdout.flush()


def say(what) -> None:
    sys.stdout.write(written(what) + "\n")


def written(what) -> str:
    return "".join(ENCODE(what, 0))


def tagged(value) -> list:
    return TAGS[type(value)](value)


# A list is a date, a moment, a time or a duration: its sort and its words.
TAGS = {
    dt.date: lambda value: ["day", value.isoformat()],
    dt.datetime: lambda value: ["moment", value.isoformat()],
    dt.time: lambda value: ["time", value.isoformat()],
    dt.timedelta: lambda value: ["seconds", value.total_seconds()],
}
#: No marks against circles, no indent; keys stay in their order, none is skipped, and NaN may come.
ENCODE = make_encoder(None, tagged, encode_basestring, None, ":", ",", False, False, True)

if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
