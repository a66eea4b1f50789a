"""Looking for words in files that the office keeps, whatever sort they are of."""

import zipfile
from collections.abc import Iterator
from typing import IO

from django.core.files.storage import default_storage

from files.models import StoredFile

#: So much of a file is looked at in one go.
PIECE = 1 << 20


def holds(stored: StoredFile, words: list[bytes]) -> bool:
    """Does one of these words stand in the file? Of a workbook or another packed file all parts are read.

    False too when the file is not there any more.
    """
    try:
        with default_storage.open(stored.storage_name) as kept:
            return any(_stands_in(part, words) for part in _parts(kept))
    except FileNotFoundError:
        return False


def _parts(kept: IO[bytes]) -> Iterator[IO[bytes]]:
    if not zipfile.is_zipfile(kept):
        kept.seek(0)
        yield kept
        return
    kept.seek(0)
    with zipfile.ZipFile(kept) as packed:
        for name in packed.namelist():
            with packed.open(name) as part:
                yield part


def _stands_in(part: IO[bytes], words: list[bytes]) -> bool:
    overlap, tail = max(map(len, words), default=1) - 1, b""
    while piece := part.read(PIECE):
        seen = tail + piece
        if any(word in seen for word in words):
            return True
        tail = seen[-overlap:] if overlap else b""
    return False
