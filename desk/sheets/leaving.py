"""A file on its way out: made while it is taken, measured as it goes, its receipt written at both ends."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, override

from . import receipts
from .sheet import Sheet


class Leaving:
    """The bytes of one sheet. Whoever takes them takes them once, and closes it when they stop before the end."""

    def __init__(self, sheet: Sheet, ending: str) -> None:
        self.sheet, self.size = sheet, 0
        # The number of the receipt stands in the sheet, so it is written before the first byte is made.
        sheet.receipt = receipts.begin(sheet, ending)
        self._content, self.content_type = sheet.written(ending)
        self._digest = hashlib.sha256()
        self._language = get_language()
        self._is_over = False

    def __iter__(self) -> "Leaving":
        return self

    def __next__(self) -> bytes:
        try:
            # It is made after the page has been answered, and still in the language of its reader.
            with override(self._language):
                part = next(self._content)
        except StopIteration:
            self._complete()
            raise
        except BaseException:
            self.close()
            raise
        self._digest.update(part)
        self.size += len(part)
        return part

    def into(self, out: Path) -> None:
        """Into a file of the office's machine; a killed command leaves no half of it under the name it was to have."""
        half = out.with_name(f"{out.name}.part")
        try:
            with half.open("wb") as file:
                file.writelines(self)
            os.replace(half, out)
        finally:
            self.close()
            half.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """By this the file is known again."""
        return self._digest.hexdigest()

    def _complete(self) -> None:
        if not self._is_over:
            self._is_over = True
            self.sheet.receipt.complete(self.sheet, size=self.size, sha256=self.sha256)

    def close(self) -> None:
        """Nobody takes any more of it."""
        if self._is_over:
            return
        self._is_over = True
        close: Any = getattr(self._content, "close", None)
        if close:
            close()
        self.sheet.receipt.break_off(self.sheet, size=self.size)
