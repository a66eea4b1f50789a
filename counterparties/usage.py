"""How counterparties use characteristics, nomenclatures and elements: what the settings ask before anything changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import ngettext

from characteristics.domain import usage
from characteristics.domain.usage import Carrier, Filled, Foreseen, Use
from characteristics.models import Characteristic, Element
from counterparties.domain import counting, type_sets
from counterparties.domain.inheritance import TypeTree
from counterparties.models import Client, Contract, Counterparty, CounterpartyType, TypeCharacteristic, Value
from desk import ordering

#: Facts of the office's own that are elements: model, field, the filter of the clients' list.
ELEMENT_FACTS = (
    (Client, "category", "category"),
    (Client, "subcategory", "subcategory"),
    (Contract, "contract_type", "contract_type"),
)


@usage.users.register
class Counterparties(usage.User):
    code, position = "counterparties", 10

    # ---- types

    def carriers(self) -> list[Carrier]:
        tree = TypeTree()
        return [_carrier(each, tree.path(each)) for each in tree.types]

    def tied(self, characteristics: Sequence[Characteristic]) -> dict[int, list[Carrier]]:
        found: dict[int, list[Carrier]] = {}
        ties = TypeCharacteristic.objects.filter(characteristic__in=[each.pk for each in characteristics])
        for each in ties.select_related("type").order_by("type__position", "type__name", "type"):
            found.setdefault(each.characteristic_id, []).append(_carrier(each.type))
        return found

    def tie(self, characteristic: Characteristic, codes: Iterable[str]) -> None:
        """A type whose questions change is claimed, like by its own form."""
        wanted = set(codes)
        present = {each.type.code: each for each in characteristic.ties.select_related("type").order_by("pk")}
        for code in sorted(present.keys() - wanted):
            type_ = present[code].type
            type_.claim(type_.version)
            present[code].delete()
            ordering.close_up(type_.ties.all())
        for type_ in CounterpartyType.objects.filter(code__in=wanted - present.keys()).order_by("pk"):
            type_.claim(type_.version)
            place = type_.ties.count() + 1
            TypeCharacteristic.objects.create(type=type_, characteristic=characteristic, position=place)

    # ---- values

    def filled(self, decision: Any) -> dict[int, Filled]:
        first = Value.objects.filter(place=0).order_by()
        if decision.has_everything("view"):
            counts = _kept("filled", lambda: _grouped(first, "characteristic"))
            return {pk: Filled(number) for (pk,), number in counts.items()}
        granted = decision.type_ids("view")
        seen: Counter = Counter()
        others: Counter = Counter()
        carriers = {pk: decision.tree.carriers(each) & granted for pk, each in decision.tree.characteristics.items()}
        by_sets = _kept("filled-by-sets", lambda: _grouped(first, "characteristic", "counterparty__type_set"))
        for (pk, type_set), number in by_sets.items():
            is_seen = carriers.get(pk, set()) & decision.type_sets.get(type_set, frozenset())
            (seen if is_seen else others)[pk] += number
        return {pk: Filled(seen[pk], others[pk]) for pk in {*seen, *others}}

    def filled_url(self, characteristic: Characteristic) -> str:
        """The register with those first that say something for it."""
        name = characteristic.field_name
        return f"/counterparties/?columns=name&columns={name}&sort={name}&archived=all"

    def is_asked(self, characteristic: Characteristic) -> bool:
        return characteristic.ties.exists() or Value.objects.filter(characteristic=characteristic).exists()

    def asked(self, characteristic: Characteristic) -> list[Use]:
        uses = []
        if count := characteristic.ties.count():
            sentence = ngettext("%(count)d type asks for it.", "%(count)d types ask for it.", count)
            ticks = f"/settings/characteristics/{characteristic.code}/edit/#types"
            uses.append(Use(sentence % {"count": count}, ticks))
        if count := Value.objects.filter(characteristic=characteristic, place=0).count():
            sentence = ngettext(
                "%(count)d counterparty says something for it.", "%(count)d counterparties say something for it.", count
            )
            uses.append(Use(sentence % {"count": count}, self.filled_url(characteristic)))
        return uses

    def values(self, characteristic: Characteristic) -> int:
        return Value.objects.filter(characteristic=characteristic).count()

    def outside(self, characteristic: Characteristic, target_type: CounterpartyType) -> int:
        tree = TypeTree()
        family = tree.family(tree.by_id[target_type.pk])
        inside = [pk for pk, types in type_sets.members().items() if types & family]
        pointing = Value.objects.filter(characteristic=characteristic, target__isnull=False)
        return pointing.exclude(target__type_set__in=inside).count()

    def has_several(self, characteristic: Characteristic) -> int:
        return Value.objects.filter(characteristic=characteristic, place=1).count()

    def foresee(self, characteristic: Characteristic, codes: Iterable[str]) -> Foreseen:
        tree = TypeTree()
        tied = set(characteristic.ties.values_list("type__code", flat=True)) if characteristic.pk else set()
        before, after = _families(tree, tied), _families(tree, codes)
        sets = type_sets.members()
        asked = {pk for pk, types in sets.items() if types & after}
        had = {pk for pk, types in sets.items() if types & before}
        values = Value.objects.filter(characteristic=characteristic.pk, place=0)
        hiding = Counterparty.objects.of_type_sets(had - asked)
        current = Counterparty.objects.current().of_type_sets(asked)
        return Foreseen(
            hidden=hiding.count(),
            hidden_filled=values.filter(counterparty__type_set__in=had - asked).count(),
            appearing=Counterparty.objects.of_type_sets(asked - had).count(),
            lacking=current.filter(~Exists(values.filter(counterparty=OuterRef("pk")))).count(),
        )

    # ---- elements

    def element_counts(self, elements: Sequence[Element], decision: Any) -> dict[int, Filled]:
        pks = [each.pk for each in elements]
        visible = None if decision.has_everything("view") else set(decision.set_ids("view"))
        seen: Counter = Counter()
        others: Counter = Counter()
        for rows, name in _saying(pks):
            if visible is None:
                seen.update({pk: number for (pk,), number in _grouped(rows, name).items()})
                continue
            for (pk, type_set), number in _grouped(rows, name, "counterparty__type_set").items():
                (seen if type_set in visible else others)[pk] += number
        return {pk: Filled(seen[pk], others[pk]) for pk in {*seen, *others}}

    def is_said(self, elements: Iterable[int]) -> bool:
        return any(rows.exists() for rows, _name in _saying(elements))

    def said(self, element: Element) -> list[Use]:
        uses = [self._said_for(element, pk, number) for (pk,), number in _values_of(element).items()]
        for model, name, asked in ELEMENT_FACTS:
            if count := model.objects.filter(**{name: element}).count():
                fact: Any = model._meta.get_field(name)
                told = {"count": count, "fact": fact.verbose_name}
                sentence = ngettext("%(count)d has it as “%(fact)s”.", "%(count)d have it as “%(fact)s”.", count)
                uses.append(Use(sentence % told, f"/clients/?{asked}={element.code}&archived=all"))
        return uses

    def _said_for(self, element: Element, characteristic: int, count: int) -> Use:
        asked = Characteristic.objects.get(pk=characteristic)
        told, name = {"count": count, "characteristic": asked.label}, f"{asked.field_name}{asked.type.element_ending}"
        sentence = ngettext(
            "%(count)d counterparty says it for “%(characteristic)s”.",
            "%(count)d counterparties say it for “%(characteristic)s”.",
            count,
        )
        return Use(sentence % told, f"/counterparties/?{name}={element.code}&archived=all")


def _carrier(type_: CounterpartyType, path: str = "") -> Carrier:
    url = f"/settings/types/{type_.code}/edit/"
    return Carrier(type_.code, type_.label, path or type_.label, url, type_.is_stopped)


def _families(tree: TypeTree, codes: Iterable[str]) -> set[int]:
    """Ids of these types and of all that inherit from them."""
    return {pk for code in codes if code in tree.by_code for pk in tree.family(tree.by_code[code])}


def _saying(elements: Iterable[int]) -> list[tuple[QuerySet, str]]:
    """Every place where a counterparty says an element."""
    facts = [(Value, "element"), *((model, name) for model, name, _asked in ELEMENT_FACTS)]
    return [(model.objects.filter(**{f"{name}__in": elements}).order_by(), name) for model, name in facts]


def _values_of(element: Element) -> dict[tuple[int], int]:
    return _grouped(Value.objects.filter(element=element).order_by("characteristic"), "characteristic")


def _grouped(rows: QuerySet, *keys: str) -> dict[tuple[Any, ...], int]:
    return {tuple(key): number for *key, number in rows.values_list(*keys).annotate(number=Count("pk"))}


def _kept(what: str, count: Callable[[], dict[Any, int]]) -> dict[Any, int]:
    """Like every count of a large office, made at most once a minute."""
    kept = cache.get(f"counted-{what}")
    if kept is None:
        kept = count()
        if sum(kept.values()) > counting.LARGE:
            cache.set(f"counted-{what}", kept, counting.SECONDS)
    return kept
