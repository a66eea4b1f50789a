"""What is told of a run: how many rows came to what, and the notes beside the numbers."""

from collections import Counter
from typing import Any

from counterparties.domain.importing.judging import Verdict
from counterparties.domain.importing.running import NAMED, archived_words
from counterparties.models import Address, Client, Counterparty, Value
from desk.said import ngettext, noted
from exchange.models import Import
from exchange.models.importing import CHANGED, NEW, OUTCOMES
from trail.domain import meanwhile

from .judged import Judged


class Tale:
    """Told of all rows that are done, those of earlier passes among them."""

    def __init__(self, of: Import) -> None:
        self._moment = meanwhile.read(of.looked_at)
        self._counts = Counter({each: of.counts.get(each, 0) for each in OUTCOMES})
        self._told = {"meanwhile": 0, "archived": [], "elements": [], **of.counts.get("told", {})}
        self._elements = list(self._told["elements"])

    def add(self, judged: Judged) -> None:
        self._counts += judged.counts
        self._told["meanwhile"] += judged.meanwhile
        self._told["archived"] = [*self._told["archived"], *judged.archived][: NAMED + 1]

    @property
    def written(self) -> int:
        return self._counts[NEW] + self._counts[CHANGED]

    def facts(self, elements: list[str]) -> dict[str, Any]:
        """What the import keeps of it; ``elements``: the sentences about those that this pass has added."""
        self._told["elements"] = [*self._elements, *noted(elements)]
        counts = {each: self._counts[each] for each in OUTCOMES} | {"told": self._told}
        return {"counts": counts, "notes": self._notes()}

    def _notes(self) -> list[Any]:
        notes = []
        if changed := self._told["meanwhile"]:
            words = ngettext(
                "%(number)s counterparty was changed by somebody after the preview; its row was judged anew.",
                "%(number)s counterparties were changed by somebody after the preview; their rows were judged anew.",
                changed,
            )
            notes.append(words % {"number": changed})
        if self._told["archived"]:
            notes.append(archived_words(self._told["archived"]))
        return [*self._told["elements"], *noted(notes)]

    def changed_meanwhile(self, verdict: Verdict) -> int:
        """How many of those that are changed now somebody changed after the preview."""
        ids = [stored.pk for _draft, stored in verdict.touched]
        if self._moment is None or not ids:
            return 0
        owners = ((Counterparty, "id"), (Value, "counterparty"), (Client, "counterparty"), (Address, "counterparty"))
        changed = [meanwhile.changed_since(self._moment, model, owner, ids) for model, owner in owners]
        return len(set().union(*changed))
