"""Files that the office made itself: a large sheet, a report."""

from dataclasses import dataclass
from typing import IO

from django.core.files.base import File


@dataclass(frozen=True)
class Made:
    """What ``intake.keep`` keeps. It comes through no upload door, and is never read into memory as a whole."""

    name: str
    content_type: str
    size: int
    sha256: str
    _file: IO[bytes]

    def content(self) -> File:
        self._file.seek(0)
        return File(self._file)
