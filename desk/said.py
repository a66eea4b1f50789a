"""Sentences that remember how they were made, so that whoever reads them later reads their own language.

    from desk.said import gettext as _

gives a text like any other, in the language of the moment. ``kept`` makes of it what a JSON column holds, and ``words``
says that again in the language of its reader. What was kept as a plain text stays what it was.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation


class Said(str):
    """A translated sentence: its message, what stands in its places, and for counted things the plural and how many."""

    __slots__ = ("counted", "message", "places")

    message: str
    places: Mapping[str, Any] | None
    counted: tuple[str, int] | None

    def __mod__(self, places: Any) -> str:
        words = super().__mod__(places)
        return _said(words, self.message, places, self.counted) if isinstance(places, Mapping) else words


def _said(words: str, message: str, places: Any = None, counted: tuple[str, int] | None = None) -> Said:
    made = Said(words)
    made.message, made.places, made.counted = message, places, counted
    return made


def gettext(message: str) -> str:
    return _said(translation.gettext(message), message)


def ngettext(message: str, plural: str, number: int) -> str:
    return _said(translation.ngettext(message, plural, number), message, counted=(plural, number))


def label(say: Callable[[], Any]) -> str:
    """A word of a list, as *new documents*, for a place in a sentence: it too is read in the reader's language.

    One whose message alone does not tell which word is meant stays as it was written.
    """
    with translation.override("en"):
        message = str(say())
    words, again = str(say()), gettext(message)
    return again if again == words else words


def kept(said: Any) -> list[Any] | None:
    """The sentences of a text or of an error as [message, places, plural, how many]; None where nobody knows them.

    Among several, one that is only known as it was written stays a text.
    """
    if isinstance(said, ValidationError):
        parts = [_part(each.message, each.params) for each in said.error_list]
    else:
        parts = [_part(said, None)]
    return parts if any(isinstance(each, list) for each in parts) else None


def _part(words: Any, params: Mapping[str, Any] | None) -> Any:
    if not isinstance(words, Said):
        return str(words) % params if params else str(words)
    places = words.places or params
    told = places and {name: each if isinstance(each, int) else _part(each, None) for name, each in places.items()}
    return [words.message, told, *(words.counted or ())]


def noted(sentences: Iterable[str]) -> list[Any]:
    """Several sentences for a JSON column, each as it is kept or else as it was written."""
    return [kept(each) or str(each) for each in sentences]


def read(noted: Iterable[Any]) -> list[str]:
    """What was noted, in the language of the moment."""
    return [each if isinstance(each, str) else words(each) for each in noted]


def words(kept: list[Any]) -> str:
    """What was kept, in the language of the moment."""
    return " ".join(each if isinstance(each, str) else _again(*each) for each in kept)


def _again(message: str, places: Mapping[str, Any] | None, plural: str = "", number: int = 0) -> str:
    said = translation.ngettext(message, plural, number) if plural else translation.gettext(message)
    if not places:
        return said
    return said % {name: _again(*each) if isinstance(each, list) else each for name, each in places.items()}
