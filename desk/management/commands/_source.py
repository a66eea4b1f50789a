"""The words that the source says, in its code and in its templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

#: functions that take words to translate → which of their arguments are words ("c": the context)
WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOT_SOURCE = {"tests", "var", "static", "docs", "locale", "migrations", "tools", "node_modules"}


def source_files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.suffix not in (".py", ".html", ".txt") or any(
            part.startswith(".") or part in NOT_SOURCE for part in parts
        ):
            continue
        if path.suffix == ".py" or "templates" in parts:
            yield path


def words_of(path: Path) -> Iterator[tuple]:
    """(line, message, comments, context) of one file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # A template becomes lines of calls; the indentation that HTML left would be an error in Python.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    yield from extract(
        "python", io.BytesIO(text.encode()), WORDS, comment_tags=["Translators"], strip_comment_tags=True
    )


def scan(root: Path | None = None) -> Catalog:
    """Every message of the source."""
    found = Catalog(charset="utf-8")
    for path in source_files(root or Path(settings.BASE_DIR)):
        for _line, message, comments, context in words_of(path):
            if message and message != ("", ""):
                found.add(message, context=context, auto_comments=comments)
    return found
