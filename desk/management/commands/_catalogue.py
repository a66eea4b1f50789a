"""The catalogue of one language: how it is read, brought up to the source, and written."""

from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileParser, write_po
from django.conf import settings

#: a comment in the .po: the message is a library's, translated here by hand, and stays though our source has it not
KEPT = "kept"


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
