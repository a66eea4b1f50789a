"""What the counterparties of a list are parted by: one fact, which says of each of them where it belongs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Case, Field, Q, Value, When
from django.db.models.functions import Cast

from desk.databases.beside import Beside

#: Parts that every cut may have besides its own: nothing is said; it is not asked of them, as far as the reader may
#: know; what is said he may not see.
NOTHING, NOT_ASKED, HIDDEN = "nothing", -1, -2
#: What the database says for the last two.
UNASKED, UNSEEN = Value(NOT_ASKED, BigIntegerField()), Value(HIDDEN, BigIntegerField())


@dataclass(frozen=True)
class Part:
    """One part, as a row or a column shows it. ``asked``: what a list is asked to show it; None where it cannot be."""

    key: Any
    label: str
    depth: int = 0
    color: str = ""
    asked: Mapping[str, str] | None = None
    #: The counterparty it names, if any.
    names: int | None = None


@dataclass
class Cut:
    """One way to part a list."""

    key: str
    label: str
    #: The filter of the lists that asks for one of its parts.
    filter_key: str = ""
    #: A counterparty may stand in several parts side by side.
    is_multiple: bool = field(default=False, kw_only=True)
    #: A part holds those of the parts under it too.
    is_tree = False
    #: Its parts have no order of their own, so the largest come first.
    is_by_size = False
    #: Its parts follow each other in time.
    is_time = False
    #: Its filter asks by a lower and an upper end.
    is_bounded = False
    #: The column of the tallies that knows it.
    tallied = ""

    def prepare(self, beside: Beside) -> None:
        """Read what must be known before anything is parted."""

    def put(self, beside: Beside, name: str) -> None:
        """Beside each record the answer it gives, under this name."""
        answer = self.answer(beside, name)
        beside.records = beside.records.annotate(**{name: answer})

    def answer(self, beside: Beside, name: str) -> Any:
        """What the database says of a record; what lies beside it is named after ``name``."""
        raise NotImplementedError

    def parts_of(self, answer: Any) -> Collection[Any]:
        """Keys of all parts to which whoever gives this answer belongs."""
        return (NOTHING,) if answer is None or answer == "" else (answer,)

    def parts(self, keys: Collection[Any]) -> list[Part]:
        """These parts, and those between them where nobody stands, in their order."""
        raise NotImplementedError

    def family(self, asked: str) -> Collection[str]:
        """What an answer to the filter asks for, the answers under it included."""
        return (asked,)

    def nothing_words(self) -> Any:
        """What the part is called of which nothing is said."""
        return None


def seen(condition: Q, answer: Any, kept_as: type[Field] = BigIntegerField) -> Any:
    """The answer of those of whom the reader may see it; the others are not asked, as far as he may know."""
    if not condition:
        return answer
    unasked = Cast(UNASKED, kept_as())
    return Case(When(condition, then=answer), default=unasked, output_field=kept_as())


def lines(answer: Any) -> Iterable[str]:
    """What was gathered of one counterparty."""
    return str(answer).split("\n")
