"""What is told of the use of characteristics, nomenclatures and elements."""

from dataclasses import dataclass

from django.utils.formats import number_format

#: So many users are counted; that there are more is all one has to know before looking at them.
COUNTED = 1_000


def number(count: int) -> str:
    """How many, as it is told where no more than so many are counted: “12”, “1,000+”."""
    return f"{number_format(min(count, COUNTED))}{'+' if count > COUNTED else ''}"


@dataclass(frozen=True)
class Use:
    """Why something cannot go: a sentence with the number of its users, and where they are listed."""

    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Filled:
    """How many have said something: those the reader may view, and whether there are others."""

    seen: int = 0
    others: bool = False

    @property
    def words(self) -> str:
        return number(self.seen)


@dataclass(frozen=True)
class Carrier:
    """A type of records that asks for characteristics; its ``path`` tells whose subtype it is, ``above`` by codes."""

    code: str
    label: str
    path: str
    url: str
    is_stopped: bool = False
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Foreseen:
    """What a change of ties or of *required* would do to records; nothing that was said is lost."""

    hidden: int = 0  # records that would no longer show it
    hidden_filled: int = 0  # of them, those that have said something
    appearing: int = 0  # records that would be asked for it
    lacking: int = 0  # current records that would need an answer at their next save


@dataclass(frozen=True)
class Found:
    """What lies beyond a limit: how much, counted no further than is told, and whose the first of it is."""

    count: int = 0
    owners: tuple[int, ...] = ()
