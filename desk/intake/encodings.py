"""In which encoding a text file was written.

A mark at its beginning and valid UTF-8 are certain. One byte for one letter can only be guessed, by how much the text
then looks like one: whole words of one alphabet, small letters after small ones. A guess is always told as a guess.
"""

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .limits import SheetError

PORTION = 2**18
SAMPLE = 2**16
# Longer marks first: UTF-32 begins with the mark of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ONE_BYTE = ("cp1251", "cp1252", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
BINARY = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
# A word of one alphabet: small, capitalised or all capitals. Ё, ѓ and the like stand outside а-я.
CYRILLIC_WORD = re.compile(r"\b[А-Яа-яЀ-Џѐ-џҐґ][а-яѐ-џґ]+\b|\b[А-ЯЀ-ЏҐ]{2,}\b")
WESTERN_LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüýŒœŠšŽž"
# Beside a Latin letter, or one of those that are words by themselves.
WESTERN_PART = re.compile(rf"(?<=[A-Za-z])[{WESTERN_LETTERS}]+|[{WESTERN_LETTERS}](?=[a-z])|\b[àéèêôùóíáåöÀÉÓÅÖ]\b")
HARMLESS = set("«»“”„‘’–—…№€£§©®°·\u00a0")


@dataclass(frozen=True)
class Guess:
    encoding: str
    is_guessed: bool


def encoding_of(file) -> Guess:
    """Read the whole file once, in portions, and leave it at its beginning."""
    beginning = file.read(4)
    file.seek(0)
    for mark, encoding in MARKS:
        if beginning.startswith(mark):
            _check(file, encoding)
            return Guess(encoding, is_guessed=False)
    sample = file.read(SAMPLE)
    file.seek(0)
    if wide := _without_mark(sample):
        return Guess(wide, is_guessed=True)
    if BINARY.search(sample):
        raise SheetError(_("The file is no text. Save the sheet as .xlsx or .csv and send that."))
    if _is_utf8(file):
        return Guess("utf-8", is_guessed=False)
    return Guess(_most_like_text(_high_lines(file)), is_guessed=True)


def _is_utf8(file) -> bool:
    try:
        _check(file, "utf-8")
    except SheetError:
        return False
    return True


def _check(file, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while portion := file.read(PORTION):
            decoder.decode(portion)
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise SheetError(
            _("The text is damaged: it begins as %(encoding)s and goes on as something else.") % {"encoding": encoding}
        ) from error
    finally:
        file.seek(0)


def _without_mark(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of the separators and line ends is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Cyrillic has no zero bytes, its spaces and separators have: a twentieth of a text at the least.
    enough = max(3, len(sample) / 40)
    if odd > enough and even == 0:
        return "utf-16-le"
    if even > enough and odd == 0:
        return "utf-16-be"
    return ""


def _high_lines(file) -> bytes:
    """The lines that hold more than ASCII, as they alone tell the encoding."""
    found, size = [], 0
    for line in file:
        if not line.isascii():
            found.append(line[:PORTION])
            size += len(line)
            if size > SAMPLE:
                break
    file.seek(0)
    return b"".join(found)[: 2 * SAMPLE]


def _most_like_text(sample: bytes) -> str:
    # The first wins a draw: the commonest stand first.
    return max(ONE_BYTE, key=lambda encoding: _likeness(sample, encoding))


def _likeness(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    words, pattern = 0, WESTERN_PART if encoding == "cp1252" else CYRILLIC_WORD
    for word in pattern.findall(text):
        words += sum(not letter.isascii() for letter in word)
    letters = [letter for letter in text if not letter.isascii() and letter not in HARMLESS]
    strange = sum(not letter.isalpha() for letter in letters)
    # Cyrillic text is mostly small letters; KOI8 read as Windows turns them into capitals.
    small = sum(letter.islower() for letter in letters)
    return (words - 2 * strange + small / 2) / (len(letters) or 1)
