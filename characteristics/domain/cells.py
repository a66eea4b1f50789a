"""Several values in one cell of a sheet: how they are written, and how they are read back as the same.

Each value stands on a line of its own; people who write one line may part it by semicolons. A value that would be read
otherwise stands in quotation marks, which are doubled inside it, as in a CSV file.
"""

import re
from collections.abc import Sequence

MARKED = re.compile(r'\s*"((?:[^"]|"")*)"[^\S\n]*')
#: A value that has none of these inside needs no quotation marks, so its own are left alone.
REASONS = re.compile('[;\n"]')


def joined(values: Sequence[str]) -> str:
    """The cell that says these values."""
    cell = "\n".join(values)
    if '"' not in cell and cell.count("\n") == len(values) - 1 and (len(values) > 1 or ";" not in cell):
        return cell
    if parted(cell) == list(values):
        return cell
    return "\n".join(_marked(each) if REASONS.search(each) else each for each in values)


def parted(cell: str) -> list[str]:
    """The values that a cell says."""
    lines = _by("\n", cell)
    is_one_plain_line = len(lines) == 1 and not lines[0][1]
    return [value for value, _is_marked in (_by(";", cell) if is_one_plain_line else lines)]


def _by(sign: str, cell: str) -> list[tuple[str, bool]]:
    """The values between the signs, and of each whether it stood in quotation marks."""
    found, place = [], 0
    while place <= len(cell):
        marked = MARKED.match(cell, place)
        if marked and cell[marked.end() : marked.end() + 1] in ("", sign) and REASONS.search(marked[1]):
            found.append((marked[1].replace('""', '"'), True))
            place = marked.end() + 1
            continue
        end = cell.find(sign, place)
        end = len(cell) if end < 0 else end
        if value := cell[place:end].strip():
            found.append((value, False))
        place = end + 1
    return found


def _marked(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
