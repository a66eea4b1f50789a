"""What the rows of one sheet have taken so far: the first to say a key has it, the next ones are told so."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from desk.said import gettext as _

from .plan import Column, Draft


class Taken:
    """Keys by their sort, with the number of the row that said each first."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Any, int]] = defaultdict(dict)

    def once(self, draft: Draft, sort: str, key: Any, column: Column | None) -> None:
        """This row takes the key, or is refused because an earlier one has it."""
        earlier = self._rows[sort].setdefault(key, draft.number)
        if earlier != draft.number:
            draft.refuse(_("Row %(number)d of this sheet has the same.") % {"number": earlier}, column)

    def note(self, sort: str, key: Any, number: int) -> None:
        self._rows[sort].setdefault(key, number)

    def has(self, sort: str, key: Any) -> bool:
        return key in self._rows[sort]

    def by(self, sort: str, keys: Iterable[Any]) -> set[int]:
        """The rows that have taken any of these keys."""
        return {self._rows[sort][key] for key in keys if key in self._rows[sort]}

    def forget(self, numbers: Collection[int]) -> None:
        """These rows are judged anew, and take what they take then."""
        for sort, rows in self._rows.items():
            self._rows[sort] = {key: number for key, number in rows.items() if number not in numbers}
