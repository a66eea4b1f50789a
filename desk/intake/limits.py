"""How much of a sheet the office takes in, and the one error that says why not."""

from dataclasses import dataclass

MEGABYTE = 2**20


class SheetError(ValueError):
    """A sheet that cannot be read; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Limits:
    """What one sheet may cost. The defaults take a register of 100,000 rows and 25 columns as we write it."""

    bytes: int = 25 * MEGABYTE
    unpacked: int = 400 * MEGABYTE
    members: int = 2_000
    # Text of a sheet packs 5 to 60 times; small members may pack better, they cost nothing.
    ratio: int = 200
    rows: int = 200_000
    columns: int = 500
    seconds: int = 10
    memory: int = 900 * MEGABYTE


DEFAULT = Limits()
