"""Of which operations a reader may know, and of what in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.formats import number_format

from trail.domain import changes as history
from trail.domain import touched
from trail.domain.changes import Change, Part
from trail.domain.gathered import Gathered
from trail.domain.touched import Held
from trail.models import Operation
from trail.pages.words import Names, Words, words

#: Where rows alone do not tell, so many records of an operation are read at a time for one that does.
READ = 50


class Knowing:
    """What one reader may know of operations: superusers all of them; others their own, and those that changed
    something they may see."""

    def __init__(self, decision: Any) -> None:
        self.decision = decision
        self.knows_all = bool(decision.is_superuser)
        self.me = getattr(decision.user, "pk", None)
        self._parts: dict[Words, Part | None] = {}
        #: Of each operation that was looked at, the models it touched of which the reader may be told.
        self._models: dict[int, set[Any]] = {}

    @property
    def parts(self) -> dict[Words, Part]:
        """Every model's rows that the reader may see."""
        return self.told({each.model for each in words})

    def told(self, models: Collection[Any]) -> dict[Words, Part]:
        """The rows of these models that the reader may see, in the order in which models are told of."""
        parts = {each: self._part(each) for each in words if each.model in models}
        return {each: part for each, part in parts.items() if part is not None}

    def _part(self, speaker: Words) -> Part | None:
        if speaker not in self._parts:
            rows = speaker.rows(self.decision)
            self._parts[speaker] = None if rows is None else Part(speaker.model, rows)
        return self._parts[speaker]

    def _touched(self, operations: Collection[int]) -> dict[Words, Part]:
        """Of the models that these operations touched at all, the rows the reader may see."""
        if new := set(operations) - self._models.keys():
            # Of some it was found before that the reader is told nothing: half of all, for whoever sets nothing.
            untold = {each for each, part in self._parts.items() if part is None}
            self._models |= touched.models_of([each.model for each in words if each not in untold], new)
        return self.told(set().union(*(self._models.get(pk, ()) for pk in operations)))

    @cached_property
    def asked(self) -> Any:
        """Who answers what operations touched: whoever sees few records has theirs gathered."""
        return touched if self.knows_all or self.decision.few is None else Gathered()

    def known(self, operations: Collection[Operation]) -> set[int]:
        """Those of these operations that the reader may know of, by their ids."""
        if self.knows_all:
            return {each.pk for each in operations}
        found = {each.pk for each in operations if each.user_id and each.user_id == self.me}
        left = {each.pk for each in operations} - found
        parts = self._touched(left)
        held = self._held(parts)
        found |= self.asked.touching(held.values(), left)
        for speaker, its in held.items():
            if not its.is_exact:
                found |= self._telling(speaker, its, left - found)
        return found

    def _held(self, parts: dict[Words, Part]) -> dict[Words, Held]:
        return {each: Held(part, each.owner, each.is_exact(self.decision)) for each, part in parts.items()}

    def _telling(self, speaker: Words, its: Held, operations: Collection[int]) -> set[int]:
        """Those in which at least one change has something to say to the reader."""
        part, counts = its.part, self.asked.counted([its], operations, most=READ)
        sizes = {pk: each[part.model] for pk, each in counts.items() if part.model in each}
        small = {pk for pk, size in sizes.items() if size <= READ}
        found = self._said(speaker, part, small)
        return found | {pk for pk in sizes.keys() - small if self._is_told(speaker, part, pk)}

    def _is_told(self, speaker: Words, part: Part, operation: int) -> bool:
        """Has a change of a large operation anything to say? Read on until one has."""
        rows = touched.rows_of(part).filter(operation=operation).order_by("id").values_list("id", flat=True).distinct()
        after = 0
        while ids := list(rows.filter(id__gt=after)[:READ]):
            if self._said(speaker, Part(part.model, part.rows & Q(id__in=ids)), {operation}):
                return True
            after = ids[-1]
        return False

    def _said(self, speaker: Words, part: Part, operations: set[int]) -> set[int]:
        found = history.changes(part, operations) if operations else []
        names = Names(found, self.decision)
        by_operation: dict[int, list[Change]] = defaultdict(list)
        for change in found:
            by_operation[change.operation].append(change)
        return {pk for pk, those in by_operation.items() if any(speaker.stories([change], names) for change in those)}

    # ---- counts

    def counted(self, operations: Collection[int], *, most: int) -> dict[int, dict[Any, int]]:
        """How many records of each model these operations changed. One query, or two."""
        held = self._held(self._touched(operations))
        return self.asked.counted(list(held.values()), operations, most=most)

    def counts_in_words(self, counts: dict[Any, int], *, most: int) -> Iterable[str]:
        """*3 counterparties*, *12 values*; in the order of the registry."""
        for speaker in words:
            if number := counts.get(speaker.model):
                said = number_format(min(number, most), force_grouping=True) + ("+" if number > most else "")
                yield str(speaker.counted % {"count": number, "number": said})
