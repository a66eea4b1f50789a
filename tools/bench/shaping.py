"""The settings of a measured office: types, statuses, characteristics, roles and people."""

from dataclasses import dataclass
from random import Random
from typing import Any

from django.contrib.auth.models import Group

from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain.inheritance import TypeTree
from counterparties.domain.starting import start_counterparties
from counterparties.domain.type_sets import type_set_of
from counterparties.models import CounterpartyType, Status, TypeCharacteristic
from rights.domain.granting import Cell, change, grant
from rights.domain.starting import start_roles
from staff.models import User
from trail.domain import in_bulk
from trail.domain.operations import operation
from trail.models import Operation

#: code, type: in the order in which `inventing.Answers` says them.
CHARACTERISTICS = [
    ("town", "text"),
    ("contact", "text"),
    ("reference", "text"),
    ("remark", "text"),
    ("employees", "number"),
    ("turnover", "number"),
    ("rating", "number"),
    ("founded", "date"),
    ("visited", "date"),
    ("certified", "checkbox"),
    ("segment", "nomenclature"),
    ("region", "nomenclature"),
]
#: The columns of the measured list: eight of the twelve.
SHOWN = ("town", "contact", "employees", "turnover", "founded", "certified", "segment", "region")
#: How many subtypes each kind has, of 24 in an office of 30 types.
SUBTYPES = {"client": 10, "supplier": 7, "bank": 2, "company": 1, "state-organisation": 2, "holding": 2}
RARE, RARE_SHARE = "rare", 0.0005
SEES_EVERYTHING_BUT_EACH = 3  # a reader sees two types of three
PAIRED, TRIPLED = 0.22, 0.03
PASSWORD = "measured-only-here"


@dataclass
class Shape:
    """What rows of counterparties point at."""

    type_sets: list[int]
    shares: list[float]
    statuses: list[int]
    status_shares: list[int]
    characteristics: list[int]
    regions: list[int]
    segments: list[int]
    people: list[int]
    last_operation: int


def shape(types: int, roles: int, seed: int) -> Shape:
    """An office on its first day, then its own settings: so many types and roles."""
    random = Random(seed)
    with operation("command", by=None, reason="bench"):
        start_counterparties()
        start_roles()
        for number in (7, 8):
            Status.objects.create(code=f"stage-{number}", name=f"Stage {number}", position=number, color="teal")
        made = _types(types)
        characteristics, segments, regions = _characteristics()
        people = _people(made, roles, random)
        sets, shares = _type_sets(made, random)
    statuses = list(Status.objects.values_list("pk", flat=True))
    return Shape(
        sets,
        shares,
        statuses,
        [60, 16, 8, 5, 8, 1, 1, 1],
        characteristics,
        regions,
        segments,
        people,
        Operation.objects.order_by("-pk").values_list("pk", flat=True)[0],
    )


def _types(how_many: int) -> list[CounterpartyType]:
    """Subtypes of every kind in the proportions of SUBTYPES, and one that hardly anybody bears."""
    roots = {each.code: each for each in CounterpartyType.objects.filter(parent=None)}
    wanted = how_many - len(roots)
    kinds = [code for code, share in SUBTYPES.items() for _each in range(round(share * wanted / 24))]
    kinds = (kinds + ["client"] * wanted)[:wanted]
    made = []
    for number, kind in enumerate(kinds, start=1):
        code = RARE if number == wanted else f"{kind[:6].strip('-')}-{number}"
        made.append(
            CounterpartyType.objects.create(
                code=code, name=f"{kind.capitalize()} {number}", kind_code=kind, parent=roots[kind], position=number
            )
        )
    return TypeTree().types


def _characteristics() -> tuple[list[int], list[int], list[int]]:
    segments = _nomenclature("measured-segment", 8, 0)
    regions = _nomenclature("measured-region", 200, 28)
    nomenclatures = {"segment": segments[0].nomenclature, "region": regions[0].nomenclature}
    roots = list(CounterpartyType.objects.filter(parent=None))
    made = []
    for number, (code, type_code) in enumerate(CHARACTERISTICS, start=1):
        facts = {"name": code.capitalize(), "position": number, "nomenclature": nomenclatures.get(code)}
        one = Characteristic.objects.create(code=code, type_code=type_code, **facts)
        for root in roots:
            TypeCharacteristic.objects.create(type=root, characteristic=one, position=number)
        made.append(one.pk)
    return made, [each.pk for each in segments], [each.pk for each in regions]


def _nomenclature(code: str, how_many: int, parents: int) -> list[Element]:
    """Elements, of which the first ``parents`` have the others as children."""
    made = Nomenclature.objects.create(code=code, name=code.capitalize(), position=9)
    elements = [
        Element(nomenclature=made, code=f"e{number}", name=f"Element {number}", position=number)
        for number in range(1, how_many + 1)
    ]
    in_bulk.add(elements[: parents or None])
    for number, each in enumerate(elements[parents:] if parents else []):
        each.parent = elements[number % parents]
    if parents:
        in_bulk.add(elements[parents:])
    return elements


def _people(types: list[CounterpartyType], roles: int, random: Random) -> list[int]:
    """A reader who sees two types of three, one who sees the rare type only, an admin; and the other roles."""
    seen = [each for number, each in enumerate(types, start=1) if number % SEES_EVERYTHING_BUT_EACH]
    readers, rare = Group.objects.create(name="Readers"), Group.objects.create(name="Of the rare")
    change([Cell(readers.pk, each.pk, right) for each in seen for right in ("view", "export", "edit", "add")], [])
    grant(rare, next(each for each in types if each.code == RARE), ["view", "export"])
    for number in range(roles - Group.objects.count()):
        role = Group.objects.create(name=f"Role {number}")
        some = random.sample(types, len(types) // 3)
        change([Cell(role.pk, each.pk, right) for each in some for right in ("view", "edit")], [])
    people = []
    for name, facts, groups in (
        ("reader", {}, [readers]),
        ("rare", {}, [rare]),
        ("admin", {"is_superuser": True, "is_staff": True}, []),
    ):
        person: Any = User.objects.create_user(name, password=PASSWORD, language="en", **facts)
        person.groups.set(groups)
        people.append(person.pk)
    return people


def _type_sets(types: list[CounterpartyType], random: Random) -> tuple[list[int], list[float]]:
    """The combinations that occur: each type alone, pairs and triples, the early types far more often."""
    tree = TypeTree()
    parents = {each.parent_id for each in types}
    leaves = [each for each in types if each.pk not in parents and each.code != RARE]
    random.shuffle(leaves)
    weights = [1 / place for place in range(1, len(leaves) + 1)]
    sets: dict[int, float] = {}

    def occur(chosen: list[CounterpartyType], share: float) -> None:
        pk = type_set_of(tree.without_ancestors(chosen)).pk
        sets[pk] = sets.get(pk, 0) + share

    for each, weight in zip(leaves, weights, strict=True):
        occur([each], (1 - PAIRED - TRIPLED) * weight / sum(weights))
    for share, size, how_many in ((PAIRED, 2, len(leaves) * 2), (TRIPLED, 3, len(leaves) // 2)):
        for _each in range(how_many):
            occur(list({each.pk: each for each in random.choices(leaves, weights, k=size)}.values()), share / how_many)
    for each in types:
        if each.pk in parents:
            occur([each], 0.002)
    occur([next(each for each in types if each.code == RARE)], RARE_SHARE)
    return list(sets), list(sets.values())
