"""Built-in facts by which a list is parted."""

from collections import Counter
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from counterparties.domain import holdings
from counterparties.kinds import kinds
from desk import places
from desk.databases.beside import Beside

from .cuts import NOTHING, Cut, Part, lines


class ByType(Cut):
    """Types, as far as the reader may view them; whoever carries a subtype stands in the type above it too."""

    is_tree, tallied = True, "type_set"

    def __init__(self, decision: Any) -> None:
        super().__init__("type", _("Type"), "type", is_multiple=True)
        self._decision = decision
        self._visible = decision.type_ids("view")
        self._known: dict[int, frozenset[int]] = {}

    def answer(self, beside: Beside, name: str) -> F:
        return F("type_set_id")

    def parts_of(self, answer: int) -> Collection[Any]:
        if answer not in self._known:
            self._known[answer] = self._types_in(answer)
        return self._known[answer] or (NOTHING,)

    def _types_in(self, type_set: int) -> frozenset[int]:
        tree = self._decision.tree
        carried = self._decision.type_sets.get(type_set, frozenset()) & self._visible
        above = {each.pk for pk in carried for each in tree.lineage(tree.by_id[pk])}
        return frozenset(above & self._visible)

    def parts(self, keys: Collection[Any]) -> list[Part]:
        tree = self._decision.tree
        return [
            Part(each.pk, each.label, tree.depth(each), asked={"type": each.code})
            for each in self._decision.types("view")
            if each.pk in keys
        ]

    def family(self, asked: str) -> Collection[str]:
        tree = self._decision.tree
        return {tree.by_id[pk].code for pk in tree.family(tree.by_code[asked])}


class ByKind(Cut):
    """The built-in kinds of their types."""

    tallied = "type_set"

    def __init__(self, decision: Any) -> None:
        super().__init__("kind", _("Kind"), "kind", is_multiple=True)
        self._decision = decision
        self._visible = decision.type_ids("view")

    def answer(self, beside: Beside, name: str) -> F:
        return F("type_set_id")

    def parts_of(self, answer: int) -> Collection[Any]:
        by_id = self._decision.tree.by_id
        carried = self._decision.type_sets.get(answer, frozenset()) & self._visible
        return {by_id[pk].kind_code for pk in carried} or (NOTHING,)

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [Part(each.code, str(each.plural), asked={"kind": each.code}) for each in kinds if each.code in keys]


class ByStatus(Cut):
    tallied = "status"

    def __init__(self, decision: Any) -> None:
        super().__init__("status", _("Status"), "status")
        self._statuses = decision.settled.statuses

    def answer(self, beside: Beside, name: str) -> F:
        return F("status_id")

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [
            Part(pk, each.label, color=each.color, asked={"status": each.code})
            for pk, each in self._statuses.items()
            if pk in keys
        ]

    def nothing_words(self) -> str:
        return _("No status")


class ByCountry(Cut):
    is_by_size = True

    def __init__(self) -> None:
        super().__init__("country", _("Country"), "country")

    def answer(self, beside: Beside, name: str) -> F:
        return F("country")

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [Part(each, places.country_name(each), asked={"country": each}) for each in sorted(keys)]


class ByTown(Cut):
    """Towns of their addresses, each one town however it is written and called as most of the list write it."""

    is_by_size = True

    def __init__(self) -> None:
        super().__init__("city", _("Town"), "city", is_multiple=True)
        self._written: dict[str, Counter[str]] = {}

    def answer(self, beside: Beside, name: str) -> Any:
        written = Concat("city_key", Value("\t"), "city", output_field=CharField())
        return beside.all(f"{name}_towns", "addresses", "city", written, city_key__gt="")

    def parts_of(self, answer: Any) -> Collection[Any]:
        if answer is None:
            return (NOTHING,)
        found = set()
        for key, _tab, city in (each.partition("\t") for each in lines(answer)):
            self._written.setdefault(key, Counter())[city] += 1
            found.add(key)
        return found

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [Part(key, self._called(key), asked=self._asked(key)) for key in sorted(keys)]

    def _called(self, key: str) -> str:
        return min(self._written[key].items(), key=lambda each: (-each[1], each[0]))[0]

    def _asked(self, key: str) -> dict[str, str] | None:
        """The filter asks for the letters a town begins with: where another one begins so too, it would find both."""
        others = any(each != key and each.startswith(key) for each in self._written)
        return None if others or "," in self._called(key) else {"city": self._called(key)}


class ByHolding(Cut):
    """Holdings that the reader may view as such and to which they belong today."""

    is_by_size = True

    def __init__(self, decision: Any) -> None:
        super().__init__("holding", _("Holding"), "holding", is_multiple=True)
        self._decision = decision

    def answer(self, beside: Beside, name: str) -> Any:
        today = holdings.of_today(self._decision).values("pk")
        return beside.all(f"{name}_joined", "holdings", "holding", F("holding"), pk__in=today)

    def parts_of(self, answer: Any) -> Collection[Any]:
        return (NOTHING,) if answer is None else set(map(int, lines(answer)))

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return named(holdings.seen_by(self._decision), keys, lambda each: {"holding": each.code})


class ByClientElement(Cut):
    """Category or subcategory of clients."""

    def __init__(self, key: str, label: str) -> None:
        super().__init__(key, label, key)

    def answer(self, beside: Beside, name: str) -> F:
        return F(f"client__{self.key}_id")

    @cached_property
    def _elements(self) -> list[Any]:
        nomenclature = nomenclatures.called("client-category")
        return nomenclatures.elements(nomenclature) if nomenclature else []

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [Part(each.pk, each.label, asked={self.key: each.code}) for each in self._elements if each.pk in keys]


def named(among: QuerySet, keys: Iterable[Any], asked: Any) -> list[Part]:
    """Counterparties by their names, as far as they are among these."""
    found = among.filter(pk__in=list(keys)).order_by("name_key", "pk").only("name", "code")
    return [Part(each.pk, each.name, asked=asked(each), names=each.pk) for each in found]


def of_everybody(decision: Any) -> list[Cut]:
    """Those that every list of counterparties can be parted by, apart from days."""
    found: list[Cut] = [ByStatus(decision), ByType(decision), ByKind(decision), ByCountry(), ByTown()]
    return [*found, ByHolding(decision)] if holdings.knows_holdings(decision) else found


def of_clients() -> list[Cut]:
    """What is kept of clients alone, so only their own list is parted by it."""
    return [ByClientElement("category", _("Category")), ByClientElement("subcategory", _("Subcategory"))]
