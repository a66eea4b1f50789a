"""How many counterparties say a characteristic or an element: counted no further than is told, on one page at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from characteristics.domain import uses
from characteristics.domain.usage import Filled
from characteristics.models import Characteristic, Element
from counterparties.domain import counting
from counterparties.models import Client, Contract, Counterparty, Value
from desk.databases import FEW, Behind, UpTo

#: Facts of the office's own that are elements: model, field, the filter of the clients' list.
ELEMENT_FACTS = (
    (Client, "category", "category"),
    (Client, "subcategory", "subcategory"),
    (Contract, "contract_type", "contract_type"),
)


def of_characteristics(decision: Any) -> dict[int, Filled]:
    """Characteristic → how many say something for it, where a visible type of theirs asks for it."""
    said = Value.objects.filter(characteristic=OuterRef("pk"), place=0)
    visible = None if decision.has_everything("view") else _showing(decision)
    return _counted(Characteristic.objects.all(), [said], visible)


def of_elements(elements: Iterable[int], decision: Any) -> dict[int, Filled]:
    """Element → how often it is said by those who may be viewed."""
    asked, known = list(elements), decision.set_ids("view")
    places = [model.objects.filter(**{name: OuterRef("pk")}) for model, name in PLACES]
    if decision.has_everything("view"):
        return _counted(Element.objects.filter(pk__in=asked), places, None)
    if counting.number(type_set__in=known) > FEW:
        return _counted(Element.objects.filter(pk__in=asked), places, _of(known, are_few=False))
    seen = _said_by_few(known, asked)
    # One more than are seen of any of them: so many need be looked at to know that somebody else says it too.
    said = {f"said_{place}": UpTo(rows, max(seen.values(), default=0)) for place, rows in enumerate(places)}
    found = Element.objects.filter(pk__in=asked).order_by().annotate(**said).values_list("pk", *said)
    return {pk: Filled(seen[pk], sum(numbers) > seen[pk]) for pk, *numbers in found}


def by_characteristics(element: Element) -> list[tuple[Characteristic, int]]:
    """The characteristics for which an element is said, and how often."""
    said = Value.objects.filter(characteristic=OuterRef("pk"), element=element)
    return [
        (each, each.said) for each in Characteristic.objects.annotate(said=UpTo(said, uses.COUNTED)).filter(said__gt=0)
    ]


#: Every place where a counterparty says an element.
PLACES = ((Value, "element"), *((model, name) for model, name, _asked in ELEMENT_FACTS))


def _showing(decision: Any) -> Q:
    """Values that a visible type of their counterparty asks for."""
    granted, asked_in = decision.type_ids("view"), defaultdict(list)
    for pk, each in decision.tree.characteristics.items():
        asking = decision.tree.carriers(each) & granted
        asked_in[frozenset(pk for pk, types in decision.type_sets.items() if types & asking)].append(pk)
    are_few = counting.number(type_set__in=set().union(*asked_in)) <= FEW
    showing = Q(pk__in=[])
    for type_sets, characteristics in asked_in.items():
        showing |= Q(_of(type_sets, are_few), characteristic__in=characteristics)
    return showing


def _said_by_few(type_sets: list[int], elements: list[int]) -> Counter[int]:
    """Element → how often counterparties of these combinations of types say it, read from their side."""
    known, seen = Counterparty.objects.of_type_sets(type_sets).values("pk"), Counter[int]()
    said = [
        model.objects.filter(**{f"{name}__in": elements}, counterparty__in=known)
        .order_by()
        .values_list(name)
        .annotate(many=Count("pk"))
        for model, name in PLACES
    ]
    for element, many in said[0].union(*said[1:], all=True):
        seen[element] += many
    return seen


def _of(type_sets: Iterable[int], are_few: bool) -> Q:
    """Of counterparties of these combinations of types: few are listed, many are looked for behind each row.

    SQLite would walk through many too, one type set after the other (3.5 s at a million, 30 ms so).
    """
    known = Counterparty.objects.of_type_sets(sorted(type_sets))
    return Q(counterparty__in=known.values("pk")) if are_few else Q(Behind(known.filter(pk=OuterRef("counterparty"))))


def _counted(things: QuerySet, sayings: list[QuerySet], visible: Q | None) -> dict[int, Filled]:
    """One statement, whatever the things are and however many."""
    numbers = {f"seen_{place}": UpTo(rows.filter(visible or Q()), uses.COUNTED) for place, rows in enumerate(sayings)}
    hidden = {} if visible is None else {f"others_{n}": Exists(rows.exclude(visible)) for n, rows in enumerate(sayings)}
    found = things.order_by().annotate(**numbers, **hidden).values("pk", *numbers, *hidden)
    return {
        each["pk"]: Filled(sum(each[name] for name in numbers), any(each[name] for name in hidden)) for each in found
    }
