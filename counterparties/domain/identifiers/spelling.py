"""How a number is written, apart from what it says."""

import unicodedata

from desk import text

#: Cyrillic capitals that look like Latin ones: ВG and BG are the same to the eye.
LOOKALIKES = str.maketrans("АВЕКМНОРСТУХІЈЅ", "ABEKMHOPCTYXIJS")
#: Signs that belong to some countries' numbers (old Irish ones, Mexican names) and do not merely separate.
MEANINGFUL = frozenset("&+*")

#: The most of a wrong number that a message repeats; the longest right one (an IBAN) has 34 characters.
ECHOED = 40


def as_written(number: str) -> str:
    """The number as its owner writes it, with single spaces."""
    return " ".join(text.clean(number).split())


def compact(number: str) -> str:
    """Only the letters and digits, in Latin capitals: what two spellings of one number have in common."""
    capitals = unicodedata.normalize("NFKC", text.clean(number)).upper().translate(LOOKALIKES)
    return "".join(sign for sign in capitals if sign.isalnum() or sign in MEANINGFUL)


def all_digits(number: str) -> bool:
    """Digits 0–9 alone; other scripts have digits too, which no register uses."""
    return number.isascii() and number.isdigit()


def shortened(number: str) -> str:
    """A number as a message repeats it: whole if it is one, the beginning if somebody pasted a page."""
    return number if len(number) <= ECHOED else number[: ECHOED - 1] + "…"
