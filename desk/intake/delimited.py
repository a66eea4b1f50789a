"""Text files: .csv, .tsv, .txt. The separator is found out by which of them makes a table of the first rows."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from .encodings import Guess, encoding_of
from .limits import Limits, SheetError
from .table import Table, table

SEPARATORS = ",;\t|"
LOOKED_AT = 50
SAMPLE = 2**17
ANNOUNCED = "sep="


def read(file, name: str, limits: Limits, digest: str, encoding: str | None = None) -> Table:
    """Open a text file as a table; every value stays the text it is."""
    guess = _named(encoding) if encoding else encoding_of(file)
    text = io.TextIOWrapper(file, guess.encoding, newline="")
    sample = _sample(text, guess)
    separator = _separator(sample, name)
    if sample[:4].lower() == ANNOUNCED:
        # Excel's own first line, which Excel does not count as a row.
        text.readline()
    return table(
        _rows(text, separator),
        limits,
        sheet_names=[],
        sheet="",
        digest=digest,
        encoding=guess.encoding,
        is_guessed=guess.is_guessed,
        separator=separator,
    )


def _named(encoding: str) -> Guess:
    try:
        return Guess(codecs.lookup(encoding).name, is_guessed=False)
    except LookupError as error:
        raise SheetError(_("There is no encoding “%(encoding)s”.") % {"encoding": encoding}) from error


def _sample(text: io.TextIOWrapper, guess: Guess) -> str:
    try:
        sample = text.read(SAMPLE)
    except UnicodeError as error:
        raise SheetError(_undecodable(guess.encoding)) from error
    text.seek(0)
    return sample


def _separator(sample: str, name: str) -> str:
    if sample[:4].lower() == ANNOUNCED and sample[4:5] in SEPARATORS:
        return sample[4:5] or ","
    if name.lower().endswith((".tsv", ".tab")) and "\t" in sample:
        return "\t"
    # The first wins a draw, and a table of one column has none at all.
    return max(SEPARATORS, key=lambda separator: _tidiness(sample, separator))


def _tidiness(sample: str, separator: str) -> tuple[float, int]:
    """How many of the first rows agree in their number of columns, and on how many."""
    lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        counts = Counter(len(row) for row in islice(lines, LOOKED_AT) if row)
    except csv.Error:
        return 0, 0
    # A header alone, or a last row cut by the end of the sample, decides nothing against the rest.
    columns, agreeing = max(counts.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
    if columns < 2:
        return 0, 0
    return round(agreeing / counts.total(), 1), columns


class _Lines:
    """The lines of the text, counting the quotation marks of the record in hand."""

    def __init__(self, text: io.TextIOWrapper):
        self.text, self.marks = text, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.text:
            self.marks += line.count('"')
            yield line


def _rows(text: io.TextIOWrapper, separator: str) -> Iterator[tuple[int, list]]:
    lines = _Lines(text)
    records = csv.reader(lines, delimiter=separator)
    number = began = 0
    try:
        for number, record in enumerate(records, 1):
            is_unclosed = lines.marks % 2 and records.line_num > began + 1
            began, lines.marks = records.line_num, 0
            # Only the last record can be open: it has swallowed the rest of the file.
            if is_unclosed and _is_at_end(text):
                raise SheetError(_unclosed(number))
            yield number, [value or None for value in record]
    except csv.Error as error:
        raise SheetError(_unclosed(number + 1)) from error
    except UnicodeError as error:
        raise SheetError(_undecodable(text.encoding)) from error
    finally:
        text.close()


def _is_at_end(text: io.TextIOWrapper) -> bool:
    return not next(text, "")


def _unclosed(number: int) -> str:
    return _(
        "Row %(number)d cannot be read: a quotation mark opens there and is not closed, or a value is longer than "
        "131,072 characters."
    ) % {"number": number}


def _undecodable(encoding: str) -> str:
    return _("The text is not written in the encoding %(encoding)s. Choose another one.") % {"encoding": encoding}
