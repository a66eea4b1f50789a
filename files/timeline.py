"""How history speaks of files: what points at one shows it."""

from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import ngettext_lazy

from files.models import StoredFile
from files.pages.links import shown
from trail.domain.changes import Part
from trail.pages.words import Topic, Words, words


@words.register
class Files(Words):
    """A file has no timeline of its own: it never changes, and is told where it was put and taken away."""

    code, position, model = "files.StoredFile", 900, StoredFile
    counted = ngettext_lazy("%(number)s file", "%(number)s files", "count")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def rows(self, decision: Any) -> Q | None:
        return None

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        return []

    def shown(self, record: StoredFile) -> SafeString:
        return shown(record)
