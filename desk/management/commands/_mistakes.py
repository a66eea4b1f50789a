"""What is wrong with a catalogue: everything that would show a reader of its language a wrong word."""

import gettext
import io
import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from ._catalogue import KEPT, folder, ids, read, same_shape, strings, untranslated
from ._source import scan

PLACE = re.compile(r"%\((?P<name>\w+)\)(?P<sort>.?)|\{(?P<brace>[A-Za-z_]\w*)[^{}]*\}|%(?P<plain>[sdrif])")


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
