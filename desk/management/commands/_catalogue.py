"""The catalogue of one language: what the source says, what is translated, and what is wrong with it."""

import gettext
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po
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
#: a comment in the .po: the message is a library's, translated here by hand, and stays though our source has it not
KEPT = "kept"

PLACE = re.compile(r"%\((?P<name>\w+)\)(?P<sort>.?)|\{(?P<brace>[A-Za-z_]\w*)[^{}]*\}|%(?P<plain>[sdrif])")


class PlainCatalog(Catalog):
    """A catalogue whose head holds nothing that changes from day to day, so that files differ only by words."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        self._set_mime_headers(headers)


def empty(language: str) -> PlainCatalog:
    return PlainCatalog(
        locale=language, charset="utf-8", header_comment=f"# Words of the office: {language}", fuzzy=False
    )


def languages() -> list[str]:
    """Those the office speaks beside the language of its source."""
    return [code for code, _name in settings.LANGUAGES if code != "en"]


def folder(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"


# ---- reading and writing


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


def read(language: str) -> PlainCatalog:
    catalog = empty(language)
    path = folder(language) / "django.po"
    if path.exists():
        with path.open("rb") as file:
            PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(file)
    return catalog


def save(catalog: Catalog, language: str) -> None:
    """Write the .po for people and the .mo for Django."""
    folder(language).mkdir(parents=True, exist_ok=True)
    with (folder(language) / "django.po").open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    compile_(catalog, language)


def compile_(catalog: Catalog, language: str) -> None:
    with (folder(language) / "django.mo").open("wb") as file:
        write_mo(file, catalog)


# ---- what a catalogue holds


def merged(source: Catalog, old: Catalog, language: str) -> PlainCatalog:
    """The messages of the source with the translations there are, and the kept ones; the rest is forgotten."""
    fresh = empty(language)
    for message in source:
        if message.id:
            known = old.get(message.id, message.context)
            string = known.string if known and same_shape(known, message) else blank(message, fresh)
            flags = {"fuzzy"} if known and known.fuzzy else ()
            comments = [comment for comment in (known.user_comments if known else []) if comment != KEPT]
            fresh.add(
                message.id,
                string,
                flags=flags,
                context=message.context,
                auto_comments=message.auto_comments,
                user_comments=comments,
            )
    for message in old:
        if message.id and KEPT in message.user_comments and not fresh.get(message.id, message.context):
            fresh.add(message.id, message.string, context=message.context, user_comments=message.user_comments)
    return fresh


def same_shape(known: Message, message: Message) -> bool:
    return known.id == message.id


def blank(message: Message, catalog: Catalog) -> str | tuple[str, ...]:
    return ("",) * catalog.num_plurals if message.pluralizable else ""


def strings(message: Message) -> list[str]:
    """The translations of a message: one, or one for each plural form."""
    if isinstance(message.string, list | tuple):
        return [str(text or "") for text in message.string]
    return [str(message.string or "")]


def ids(message: Message) -> list[str]:
    return [str(text) for text in message.id] if isinstance(message.id, list | tuple) else [str(message.id)]


def untranslated(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and not all(strings(message))]


# ---- what is wrong


def problems(language: str, source: Catalog | None = None) -> list[str]:
    """Everything that would show a reader of the language a wrong word, as sentences."""
    catalog = read(language)
    source = scan() if source is None else source
    return [
        *(f"{language}: not in the .po yet, run extract: {name(message)}" for message in not_in(catalog, source)),
        *(
            f"{language}: no longer in the source, run extract: {name(message)}"
            for message in forgotten(catalog, source)
        ),
        *(f"{language}: not translated: {name(message)}" for message in untranslated(catalog)),
        *(f"{language}: fuzzy: {name(message)}" for message in catalog if message.id and message.fuzzy),
        *(f"{language}: {wrong}: {name(message)}" for message in catalog for wrong in wrong_places(message, catalog)),
        *([f"{language}: the .mo is older than the .po, run compile"] if is_stale(catalog, language) else []),
    ]


def name(message: Message) -> str:
    return repr(ids(message)[0])


def not_in(catalog: Catalog, source: Catalog) -> list[Message]:
    return [message for message in source if message.id and not has(catalog, message)]


def forgotten(catalog: Catalog, source: Catalog) -> list[Message]:
    return [
        message for message in catalog if message.id and KEPT not in message.user_comments and not has(source, message)
    ]


def has(catalog: Catalog, message: Message) -> bool:
    known = catalog.get(message.id, message.context)
    return known is not None and same_shape(known, message)


def wrong_places(message: Message, catalog: Catalog) -> Iterator[str]:
    """A translation names the same places as its English: a missing one hides a fact, a strange one breaks the page."""
    if not message.id:
        return
    asked = [places(text) for text in ids(message)]
    allowed = set().union(*asked)
    for form, text in enumerate(strings(message)):
        if not text:
            continue
        # "One counterparty" may leave the number out where the form means one alone, as in English.
        needed = asked[0] & asked[-1] if form == 0 and catalog.num_plurals == len(asked) else asked[-1]
        given = places(text)
        if lost := needed - given:
            yield f"form {form} lacks {', '.join(sorted(lost))}"
        if strange := given - allowed:
            yield f"form {form} has the strange {', '.join(sorted(strange))}"
        if text.startswith("\n") != ids(message)[0].startswith("\n") or text.endswith("\n") != ids(message)[0].endswith(
            "\n"
        ):
            yield f"form {form} begins or ends with another line break"


def places(text: str) -> set[str]:
    """The named places of a sentence; plain ones are numbered, since their order counts."""
    found, plain = set(), 0
    for match in PLACE.finditer(text.replace("%%", "")):
        if match["plain"]:
            plain += 1
            found.add(f"%{match['plain']} ({plain})")
        elif match["brace"]:
            found.add(f"{{{match['brace']}}}")
        else:
            found.add(f"%({match['name']}){match['sort']}")
    return found


def is_stale(catalog: Catalog, language: str) -> bool:
    path = folder(language) / "django.mo"
    if not path.exists():
        return True
    fresh = io.BytesIO()
    write_mo(fresh, catalog)
    fresh.seek(0)
    with path.open("rb") as file:
        return messages_of(file) != messages_of(fresh)


def messages_of(file: io.BufferedIOBase) -> dict:
    return dict(gettext.GNUTranslations(file)._catalog)
