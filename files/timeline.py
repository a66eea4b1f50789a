"""How history speaks of files: what points at one shows it."""

from typing import Any

from django.utils.safestring import SafeString

from files.models import StoredFile
from files.pages.links import shown
from trail.domain.changes import Part
from trail.pages.words import Words, words


@words.register
class Files(Words):
    """A file has no timeline of its own: it never changes, and is told where it was put and taken away."""

    code, position, model = "files.StoredFile", 900, StoredFile

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def shown(self, record: StoredFile) -> SafeString:
        return shown(record)
