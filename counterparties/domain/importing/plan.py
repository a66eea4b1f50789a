"""What an import is asked to do, what becomes of each row, and what is told at the end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.models import Characteristic
from counterparties.domain import account_words, address_words, client_words
from counterparties.models import Counterparty, CounterpartyType
from desk.said import kept

MODES = ("create", "update", "upsert")
#: Facts by which a row may be told to mean a counterparty; besides them any text characteristic, as ``c-CODE``.
KEYS = ("code", "registration_number", "email")


class ImportRefused(ValueError):
    """The import as a whole cannot be done as it was asked for; the message says what to change."""


@dataclass(frozen=True)
class Column:
    """One column of the sheet and the field it fills. A constant for all rows has no place."""

    place: int | None
    header: str
    field: str
    read: Callable[[Any], Any]
    characteristic: Characteristic | None = None
    constant: Any = None
    is_month_first: bool = False


@dataclass(frozen=True)
class Plan:
    """How a sheet is to be taken in."""

    types: list[CounterpartyType]
    columns: list[Column]
    key: str = "code"
    mode: str = "upsert"
    empty_clears: bool = False
    #: Which version of a counterparty the sheet was made of, where it says so; what changed since is a conflict …
    versions: Mapping[int, int] = field(default_factory=dict)
    #: … unless it is to be overwritten.
    overwrites: bool = False
    #: Elements that a cell names and the nomenclature lacks; None: such a cell is refused.
    missing: Any = None

    def column_of(self, name: str) -> Column | None:
        """The column that fills a field, if there is one."""
        return next((each for each in self.columns if each.field == name), None)


def fact_field(name: str) -> Any:
    """The model's field of a fact: its words and its limits."""
    if name in client_words.FACTS:
        return client_words.field(name)
    if name in address_words.PLACES:
        return address_words.field(name)
    if name in account_words.PARTS:
        return account_words.field(name)
    return Counterparty._meta.get_field(name)


@dataclass(frozen=True)
class Reason:
    """Why a row is refused: at which column, and what would be right."""

    field: str
    header: str
    place: int | None
    sentence: str
    #: How it is said in every language, where that is known.
    told: list[Any] | None = None

    def __str__(self) -> str:
        return f"{self.header}: {self.sentence}" if self.header else self.sentence


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken in; everything else of the sheet is."""

    number: int
    cells: list[Any]
    reasons: list[Reason]


@dataclass
class Draft:
    """What one row says, on its way to a decision."""

    number: int
    cells: list[Any]
    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[int, list[Any]] = field(default_factory=dict)
    #: With which answers somebody new begins, where the sheet has no column for them.
    presets: Mapping[int, list[Any]] = field(default_factory=dict)
    types: list[CounterpartyType] = field(default_factory=list)
    #: What is said of it as a client; of its addresses, by their kind; of its main account.
    client: dict[str, Any] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    account: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    stored: Counterparty | None = None
    is_known_by_key: bool = True
    #: Somebody changed the counterparty after the sheet was made.
    is_conflict: bool = False
    #: Field → what stands in the books and what would stand there, in words; only where somebody asks for it.
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def refuse(self, why: str | ValidationError, column: Column | None = None) -> None:
        sentence = " ".join(why.messages) if isinstance(why, ValidationError) else str(why)
        field, header, place = (column.field, column.header, column.place) if column else ("", "", None)
        self.reasons.append(Reason(field, header, place, sentence, kept(why)))


@dataclass
class Outcome:
    """What came of an import."""

    created: int = 0
    updated: int = 0
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0
    seconds: float = 0.0
    operation: int | None = None
    is_kept: bool = True

    def __str__(self) -> str:
        return f"created={self.created} updated={self.updated} same={self.same} refused={len(self.refused)}"
