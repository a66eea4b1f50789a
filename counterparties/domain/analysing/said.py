"""Characteristics by which a list is parted: what each counterparty says there, where the reader may see it."""

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, TextField, Value, When
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from characteristics.models import Characteristic
from desk.databases.beside import Beside

from .cuts import NOTHING, UNSEEN, Cut, Part, lines, seen
from .facts import named


class BySaid(Cut):
    """One characteristic. Its answer is a whole number: an id, a place among bounds; of several values all of them."""

    def __init__(self, characteristic: Characteristic, scope: Any, ending: str = "") -> None:
        name = characteristic.field_name
        label = f"{characteristic.label}, {characteristic.unit}" if characteristic.unit else characteristic.label
        super().__init__(f"{name}{ending}", label, name, is_multiple=characteristic.is_multiple)
        self.characteristic, self.scope = characteristic, scope
        self.column = characteristic.type.storage

    def answer(self, beside: Beside, name: str) -> Any:
        where = self.scope.where(self.characteristic)
        said = {"characteristic": self.characteristic.pk, f"{self.column}__isnull": False}
        if self.is_gathered:
            gathered = beside.all(f"{name}_said", "values", self.column, self.content(""), **said)
            return seen(where, gathered, TextField)
        return seen(where, self.content(beside.one(f"{name}_said", "values", self.column, **said)))

    @property
    def is_gathered(self) -> bool:
        """All that one says is put together, where one may say several things."""
        return self.is_multiple

    def content(self, prefix: str) -> Any:
        """What a stored value says, from where it is reached."""
        return F(f"{prefix}{self.column}")

    def parts_of(self, answer: Any) -> Collection[Any]:
        if answer is None:
            return (NOTHING,)
        return set().union(*[self.above(int(each)) for each in lines(answer)])

    def above(self, content: int) -> Collection[Any]:
        """The part of one value, and those it stands under."""
        return (content,)


class ByElement(BySaid):
    """An element stands for those under it."""

    is_tree = True

    @property
    def _nomenclature(self) -> Any:
        return self.characteristic.nomenclature

    @cached_property
    def _elements(self) -> dict[int, Any]:
        return {each.pk: each for each in nomenclatures.elements(self._nomenclature)}

    @cached_property
    def _lineages(self) -> dict[int, tuple[int, ...]]:
        found: dict[int, tuple[int, ...]] = {}
        for pk, each in self._elements.items():  # parents come before their children
            found[pk] = (*found.get(each.parent_id, ()), pk)
        return found

    def above(self, content: int) -> Collection[Any]:
        return self._lineages.get(content, (content,))

    def parts(self, keys: Collection[Any]) -> list[Part]:
        found = [each for pk, each in self._elements.items() if pk in keys]
        return [Part(each.pk, each.label, each.depth, asked={self.filter_key: each.code}) for each in found]

    def family(self, asked: str) -> Collection[str]:
        chosen = [each for each in self._elements.values() if each.code == asked]
        ids = nomenclatures.families(self._nomenclature, chosen)
        return {self._elements[pk].code for pk in ids}


class ByFlag(BySaid):
    """Yes or no."""

    def content(self, prefix: str) -> Any:
        flag = f"{prefix}{self.column}"
        yes, no = (Value(each, BigIntegerField()) for each in (1, 0))
        return Case(When(**{flag: True}, then=yes), When(**{flag: False}, then=no), output_field=BigIntegerField())

    def parts(self, keys: Collection[Any]) -> list[Part]:
        both = [(1, _("Yes"), "yes"), (0, _("No"), "no")]
        return [Part(key, label, asked={self.filter_key: said}) for key, label, said in both if key in keys]


class ByTarget(BySaid):
    """Another counterparty; those that the reader may not view are one part without a name."""

    is_by_size = True

    @property
    def is_gathered(self) -> bool:
        # Whether the reader may view whom it names stands one table further.
        return self.is_multiple or bool(self._known())

    def _known(self, prefix: str = "") -> Q:
        return self.characteristic.type.sorts(self.scope.decision, prefix)

    def content(self, prefix: str) -> Any:
        target, known = F(f"{prefix}target"), self._known(prefix)
        if not known:
            return target
        is_said = Q(**{f"{prefix}target__isnull": False})
        return Case(When(known, then=target), When(is_said, then=UNSEEN), output_field=BigIntegerField())

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return named(self.scope.decision.counterparties("view"), keys, lambda each: {self.filter_key: str(each.pk)})


#: What a type says that a list is parted into by it → how. Texts and files are as many as counterparties.
BY_SAID: dict[str, Callable[..., BySaid]] = {"elements": ByElement, "flags": ByFlag, "targets": ByTarget}
