"""What a bulk edit is to change. Whatever is not named stays as it is, whatever stands in the boxes of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType


@dataclass(frozen=True)
class Change:
    """The same for every counterparty: facts, types to add and to remove, answers (an empty list forgets)."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    added: Sequence[CounterpartyType] = ()
    removed: Sequence[CounterpartyType] = ()
    answers: Mapping[Characteristic, list[Any]] = field(default_factory=dict)
    #: Out of daily work (True), back into it (False), or neither.
    archives: bool | None = None

    @property
    def is_about_types(self) -> bool:
        return bool(self.added or self.removed)
