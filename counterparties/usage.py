"""How counterparties use characteristics, nomenclatures and elements: what the settings ask before anything changes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import ngettext

from characteristics.domain import usage, uses
from characteristics.domain.usage import Carrier, Filled, Foreseen, Found, Use
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain import counting, limits, saying, type_sets
from counterparties.domain.importing.titles import words_of_facts
from counterparties.domain.inheritance import TypeTree
from counterparties.models import Counterparty, CounterpartyType, TypeCharacteristic, Value
from desk import ordering, text


@usage.users.register
class Counterparties(usage.User):
    code, position = "counterparties", 10

    # ---- types

    def carriers(self) -> list[Carrier]:
        tree = TypeTree()
        return [_carrier(each, tree) for each in tree.types]

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
        return saying.of_characteristics(decision)

    def filled_url(self, characteristic: Characteristic) -> str:
        """The register with those first that say something for it."""
        name = characteristic.field_name
        return f"/counterparties/?columns=name&columns={name}&sort={name}&archived=all"

    def is_asked(self, characteristic: Characteristic) -> bool:
        return characteristic.ties.exists() or Value.objects.filter(characteristic=characteristic).exists()

    def asked(self, characteristic: Characteristic) -> list[Use]:
        found = []
        if count := characteristic.ties.count():
            sentence = ngettext("%(count)d type asks for it.", "%(count)d types ask for it.", count)
            ticks = f"/settings/characteristics/{characteristic.code}/edit/#types"
            found.append(Use(sentence % {"count": count}, ticks))
        if count := _number(Value.objects.filter(characteristic=characteristic, place=0)):
            sentence = ngettext(
                "%(count)s counterparty says something for it.", "%(count)s counterparties say something for it.", count
            )
            found.append(Use(sentence % {"count": uses.number(count)}, self.filled_url(characteristic)))
        return found

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

    def beyond(self, characteristic: Characteristic, limit: str) -> Found:
        return limits.beyond(characteristic, limit)

    def links(self, owners: Sequence[int], decision: Any) -> list[tuple[str, str]]:
        found = decision.counterparties("view").filter(pk__in=owners).order_by("pk")
        return [(f"{each.name} ({each.code})", each.get_absolute_url()) for each in found]

    def facts_called(self, names: Sequence[str]) -> list[str]:
        keys = {text.key(each): each for each in names if each}
        return [each for key, each in keys.items() if key in words_of_facts()]

    def foresee(self, characteristic: Characteristic, codes: Iterable[str]) -> Foreseen:
        tree = TypeTree()
        tied = set(characteristic.ties.values_list("type__code", flat=True)) if characteristic.pk else set()
        before, after = _families(tree, tied), _families(tree, codes)
        sets = type_sets.members()
        asked = {pk for pk, types in sets.items() if types & after}
        had = {pk for pk, types in sets.items() if types & before}
        values = Value.objects.filter(characteristic=characteristic.pk, place=0)
        current = Counterparty.objects.current().of_type_sets(asked)
        return Foreseen(
            hidden=counting.number(type_set__in=had - asked),
            hidden_filled=values.filter(counterparty__type_set__in=had - asked).count(),
            appearing=counting.number(type_set__in=asked - had),
            lacking=current.filter(~Exists(values.filter(counterparty=OuterRef("pk")))).count(),
        )

    # ---- elements

    def element_counts(self, elements: Sequence[Element], decision: Any) -> dict[int, Filled]:
        return saying.of_elements([each.pk for each in elements], decision)

    def element_lists(self, nomenclature: Nomenclature, decision: Any) -> list[str]:
        if nomenclature.is_system:
            # Facts of clients say them, at each depth another one.
            return []
        asked = {each.characteristic.pk: each.characteristic for each in decision.characteristics("view")}
        return [_list_of(each) for each in asked.values() if each.nomenclature_id == nomenclature.pk]

    def is_said(self, elements: Iterable[int]) -> bool:
        return any(model.objects.filter(**{f"{name}__in": elements}).exists() for model, name in saying.PLACES)

    def said(self, element: Element) -> list[Use]:
        found = [_said_for(element, each, count) for each, count in saying.by_characteristics(element)]
        for model, name, asked in saying.ELEMENT_FACTS:
            if count := _number(model.objects.filter(**{name: element})):
                fact: Any = model._meta.get_field(name)
                told = {"count": uses.number(count), "fact": fact.verbose_name}
                sentence = ngettext("%(count)s has it as “%(fact)s”.", "%(count)s have it as “%(fact)s”.", count)
                found.append(Use(sentence % told, f"/clients/?{asked}={element.code}&archived=all"))
        return found


def _said_for(element: Element, asked: Characteristic, count: int) -> Use:
    told = {"count": uses.number(count), "characteristic": asked.label}
    sentence = ngettext(
        "%(count)s counterparty says it for “%(characteristic)s”.",
        "%(count)s counterparties say it for “%(characteristic)s”.",
        count,
    )
    return Use(sentence % told, f"{_list_of(asked)}{element.code}")


def _list_of(asked: Characteristic) -> str:
    """The address of those that say an element for a characteristic, up to its code."""
    return f"/counterparties/?archived=all&{asked.field_name}{asked.type.element_ending}="


def _number(rows: QuerySet) -> int:
    """How many there are, counted no further than is told."""
    return rows.order_by().values("pk")[: uses.COUNTED + 1].count()


def _carrier(type_: CounterpartyType, tree: TypeTree | None = None) -> Carrier:
    """Where it stands is told with the whole tree at hand."""
    path = tree.path(type_) if tree else type_.label
    above = tuple(each.code for each in tree.lineage(type_)[:-1]) if tree else ()
    return Carrier(type_.code, type_.label, path, f"/settings/types/{type_.code}/edit/", type_.is_stopped, above)


def _families(tree: TypeTree, codes: Iterable[str]) -> set[int]:
    """Ids of these types and of all that inherit from them."""
    return {pk for code in codes if code in tree.by_code for pk in tree.family(tree.by_code[code])}
