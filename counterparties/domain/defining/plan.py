"""What an implementers' file says, once it is read; and what became of it."""

from dataclasses import dataclass, field
from typing import Any

from counterparties.models import CounterpartyType


class Refused(Exception):
    """Something in the file is not possible; tells where it stands and what would be right."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path


@dataclass
class Entry:
    """One thing of the file: where it stands, its code, and the facts the file gives; others stay as they are."""

    path: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class NomenclatureEntry(Entry):
    elements: list[Entry] = field(default_factory=list)


@dataclass
class TypeEntry(Entry):
    #: Codes of characteristics to add, or, if ``is_exact``, all that shall hang on the type, in this order.
    characteristics: list[str] = field(default_factory=list)
    is_exact: bool = False


@dataclass
class Plan:
    nomenclatures: list[NomenclatureEntry] = field(default_factory=list)
    characteristics: list[Entry] = field(default_factory=list)
    types: list[TypeEntry] = field(default_factory=list)


@dataclass
class Report:
    """What was made, changed and found as it should be, in words; and the types that are new."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    new_types: list[CounterpartyType] = field(default_factory=list)
