"""What the demo counterparties say for their characteristics."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from characteristics.domain.packed import Packed
from characteristics.models import Characteristic, Element
from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType, Value

from .lands import Land
from .numbers import digits

#: A value, or for nomenclatures the code of an element, several of them in a list.
Answer = Callable[[Random, Land, date], Any]


def _one(*choices: Any, weights: tuple[int, ...] | None = None) -> Answer:
    return lambda random, _land, _today: random.choices(choices, weights)[0]


def _some(*choices: Any) -> Answer:
    return lambda random, _land, _today: random.sample(choices, random.randint(1, min(3, len(choices))))


def _number(low: int, high: int, step: int = 1) -> Answer:
    return lambda random, _land, _today: Decimal(random.randrange(low, high + 1, step))


def _money(low: int, high: int) -> Answer:
    return lambda random, _land, _today: Decimal(random.randint(low * 2, high * 2)) / 2


def _day(earliest: int, latest: int) -> Answer:
    """A day so many days from today."""
    return lambda random, _land, today: today + timedelta(days=random.randint(earliest, latest))


def _packed(*packages: str) -> Answer:
    """No, or yes with one of these and what it holds."""

    def answer(random: Random, _land: Land, _today: date) -> Packed:
        if random.randrange(4) == 0:
            return Packed(False)
        return Packed(True, random.choice(packages), Decimal(random.choice((6, 10, 12, 20, 24, 30))))  # type: ignore[arg-type]

    return answer


ANSWERS: dict[str, Answer] = {
    "segment": _one("key-account", "growing", "regular", "occasional", weights=(7, 22, 50, 21)),
    "planned-sales": _number(500, 120_000, 500),
    "discount": _one(*(Decimal(part) for part in (0, 2, 3, 5, 8, 12)), weights=(36, 12, 20, 20, 8, 4)),
    "contract-ends": _day(-200, 700),
    "vip": _one(True, False, weights=(1, 8)),
    "industry": _one(
        "bakery",
        "dairy",
        "drinks",
        "food",
        "materials",
        "installation",
        "trade",
        "textile",
        "technology",
        "tourism",
        "agriculture",
    ),
    "delivery-notes": lambda random, land, _today: random.choice(land.deliveries),
    "shop-area": _number(18, 1_400),
    "loyalty-card": lambda random, _land, _today: f"LC-{digits(random, 6)}",
    "price-list": _one("base", "partner", "promo", weights=(6, 3, 1)),
    "minimum-order": _number(50, 3_000, 50),
    "returnable": _packed("crate", "keg", "pallet", "euro-pallet"),
    "seats": _number(12, 260, 2),
    "season-opens": _day(-60, 200),
    "terrace": _one(True, False),
    "delivery-terms": _one("exw", "fca", "dap", "ddp"),
    "customs-office": _one("Русе", "Калотина", "Свиленград", "Варна — Запад", "Giurgiu", "Kehl", "Dover"),
    "quality": _one("a", "b", "c", weights=(5, 4, 1)),
    "lead-time": _number(1, 45),
    "certificates": _some("iso-9001", "iso-14001", "haccp", "bio"),
    "next-audit": _day(-30, 540),
    "preferred": _one(True, False, weights=(1, 3)),
    "batch-certificate": _one(True, False),
    "hourly-rate": _money(18, 140),
    "insured-until": _day(-60, 700),
    "vehicles": _number(1, 85),
    "main-vehicle": _one("van", "truck", "tanker", "refrigerated-truck", weights=(4, 6, 1, 3)),
    "refrigerated": _one(True, False),
    "bic": lambda random, land, _today: f"{''.join(random.choices('BCDFGHKLMNPRST', k=4))}{land.country}2X",
    "rating": _one("aa", "a", "bbb", "bb"),
    "institution": _one("municipality", "agency", "inspection", "directorate"),
    "counter": lambda random, _land, _today: f"{random.randint(1, 14)}",
    "founded-on": _day(-11_000, -1_500),
    "activity": lambda random, land, _today: random.choice(land.notes),
}
#: So many of a hundred counterparties say something for a characteristic.
SAID = 82


class Answering:
    """Draws answers for what a counterparty's types ask, as stored values not yet saved."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.tree = TypeTree()
        self.elements = {(each.nomenclature_id, each.code): each for each in Element.objects.all()}
        self._asked: dict[tuple[int, ...], list[Characteristic]] = {}

    def asked_of(self, types: list[CounterpartyType]) -> list[Characteristic]:
        key = tuple(each.pk for each in types)
        if key not in self._asked:
            self._asked[key] = [each.characteristic for each in self.tree.asked_of(types)]
        return self._asked[key]

    def values(self, random: Random, land: Land, types: list[CounterpartyType]) -> list[Value]:
        """One stored value for each thing said; several where a characteristic allows it."""
        found = []
        for characteristic in self.asked_of(types):
            if characteristic.code not in ANSWERS or random.randrange(100) >= SAID:
                continue
            answer = self.answer(random, land, characteristic)
            for place, each in enumerate(answer if isinstance(answer, list) else [answer]):
                value = Value(characteristic=characteristic, place=place, **characteristic.type.stored(each))
                found.append(value)
        return found

    def answer(self, random: Random, land: Land, characteristic: Characteristic) -> Any:
        """A value as the characteristic's type holds it."""
        answer = ANSWERS[characteristic.code](random, land, self.today)
        if characteristic.nomenclature_id is None:
            return answer
        if isinstance(answer, Packed):
            package = self.elements.get((characteristic.nomenclature_id, str(answer.package)))
            return Packed(answer.flag, package, answer.quantity)
        if isinstance(answer, list):
            return [self.elements[characteristic.nomenclature_id, code] for code in answer]
        return self.elements[characteristic.nomenclature_id, answer]
