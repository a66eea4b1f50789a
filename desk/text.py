"""Text as the office keeps it: one cleaner for what is stored, one key for what is compared, one way to Latin letters.

SQLite folds ASCII only, PostgreSQL folds by its locale; so whatever is searched, filtered or sorted goes through
``key``, and both databases give the same answers.
"""

import re
import unicodedata
from collections.abc import Mapping

#: Control characters, lone surrogates, invisible marks and the marks that turn the direction of writing round.
#: The joiners U+200C and U+200D stay behind what is joined: emoji, and words of Persian or Hindi, need them.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
    "|(?<![\u0590-\u1fff\u2190-\u2bff\u3030\u303d\ua800-\uabff\ufb1d-\ufdff\ufe0f"
    "\ufe70-\ufefc\U00010800-\U0001faff])[\u200c\u200d]"
)
#: They take room and show nothing: a text of nothing else says nothing.
BLANK = re.compile("[\\s\u115f\u1160\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0020-\U000e007f]*")
NEWLINES = re.compile("\r\n|[\r\x85\u2028\u2029]")
#: Most texts hold nothing but these: they are small letters or have one, and nothing is to be taken apart.
PLAIN = re.compile("[\x01-\x7fа-яА-Я]*")

#: Of an id.
MOST_DIGITS = 18

#: Parts a search column: what stands behind it is not for every reader. Nobody can type it, ``clean`` takes it out.
PART = "\x1f"

#: Streamlined System of Bulgaria's Transliteration Act (2009), and the usual Russian one for the letters it lacks.
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъьюяыэёђѓєіїјљњћќўџґ"
IN_LATIN = "a b v g d e zh z i y k l m n o p r s t u f h ts ch sh sht a y yu ya y e e dj g ye i yi j lj nj c k u dz g"
LATIN = str.maketrans(dict(zip(CYRILLIC, IN_LATIN.split(), strict=True)))
#: Where the usual Russian spelling differs.
RUSSIAN = LATIN | str.maketrans({"щ": "shch", "х": "kh", "ъ": "", "ь": "", "ё": "yo"})


def clean(text: str, *, lines: bool = False) -> str:
    """Text as it is stored: composed, without control characters, trimmed; line breaks only where ``lines`` allows."""
    if text.isprintable():
        # All that is unwanted, breaks and tabs included, cannot be printed.
        return text.strip() if text.isascii() else _seen(unicodedata.normalize("NFC", text))
    text = NEWLINES.sub("\n", unicodedata.normalize("NFC", text))
    if not lines:
        text = text.replace("\n", " ").replace("\t", " ")
    return _seen(UNWANTED.sub("", text))


def _seen(text: str) -> str:
    """Nothing, where nothing would be seen."""
    return "" if BLANK.fullmatch(text) else text.strip()


def key(text: str) -> str:
    """The form under which texts are equal to a reader: case-blind, without accents; й stays apart from и, ё is е."""
    if text.isascii() or PLAIN.fullmatch(text):
        return " ".join(text.lower().split())
    kept = unicodedata.normalize("NFC", text).casefold().replace("й", "\x00")
    kept = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c)).casefold()
    return " ".join(kept.replace("\x00", "й").split())


def number(text: str) -> int | None:
    """A whole number as addresses and forms carry it: an id, a page. None for any other word, and for more digits than
    an id has: no database holds such a number, and Python does not even read one of thousands of digits."""
    return int(text) if len(text) <= MOST_DIGITS and text.isascii() and text.isdecimal() else None


def latin(text: str, table: Mapping[int, str] = LATIN) -> str:
    """A Cyrillic text in small Latin letters; other letters stay as they are."""
    return text.lower().translate(table)


def spellings(text: str) -> list[str]:
    """The key of a text and the keys of its Latin spellings, each once: what it may be found by."""
    found = [key(text)]
    if not text.isascii():
        composed = unicodedata.normalize("NFC", text)
        found += [key(latin(composed)), key(latin(composed, RUSSIAN))]
    return list(dict.fromkeys(found))


def code_from(text: str) -> str:
    """A proposal for a settings code: *Ключов клиент* → ``klyuchov-klient``."""
    return re.sub(r"[^a-z0-9_]+", "-", key(latin(text))).strip("-_").lstrip("0123456789-_")[:32]
