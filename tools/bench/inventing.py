"""Counterparties made up: names in three scripts, numbers nobody shares, the same ones for the same seed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from counterparties.demo.lands import BULGARIA, SHARES, Land
from desk import text

#: They came to the office one after another, over eight years.
FIRST_DAY, LAST_DAY = datetime(2018, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 1, 8, tzinfo=UTC)
ARCHIVED, PERSONS, WITH_ALIAS, WITH_VAT, WITH_PHONE, WITH_WEBSITE = 0.04, 0.06, 0.2, 0.7, 0.8, 0.4
ALONE = ("bank", "holding", "company", "state-organisation")

Facts = dict[str, Any]


class Words:
    """What names of one country are put together from, each with its spelling on the net."""

    def __init__(self, land: Land) -> None:
        self.land = land
        self.brands = [(brand, text.code_from(brand)) for brand in land.brands]
        patterns = [each for trade, patterns in land.trades.items() if trade not in ALONE for each in patterns]
        self.patterns = sorted(set(patterns))


class Inventor:
    """Facts of one counterparty after the other; ``number`` counts them from 1."""

    def __init__(self, seed: int, how_many: int) -> None:
        self.random = Random(seed)
        self._step = (LAST_DAY - FIRST_DAY) / how_many
        self._words = [Words(land) for land, _share in SHARES]
        self._shares = [share for _land, share in SHARES]

    def facts(self, number: int) -> Facts:
        """The facts of a counterparty as a card or a sheet would say them."""
        random = self.random
        words = random.choices(self._words, self._shares)[0]
        land = words.land
        created = FIRST_DAY + self._step * number
        is_person = random.random() < PERSONS
        name, slug = self._person(words) if is_person else self._firm(words)
        registration = "" if is_person else str(200_000_000 + number)
        has_vat = bool(registration) and random.random() < WITH_VAT
        return {
            "code": f"C{10_000 + number}",
            "name": name,
            "alias": slug.replace("-", " ").title() if random.random() < WITH_ALIAS else "",
            "is_person": is_person,
            "is_foreign": land is not BULGARIA,
            "country": land.country,
            "registration_number": registration,
            "is_vat_registered": has_vat,
            "vat_number": f"{land.country}{registration}" if has_vat else "",
            "email": f"{random.choice(land.boxes)}@{slug}-{number % 997}.example",
            "phone": f"0{random.randrange(20, 99)} {random.randrange(10**6, 10**7)}"
            if random.random() < WITH_PHONE
            else "",
            "mobile": f"+3598{random.randrange(7, 10)}{random.randrange(10**6, 10**7)}",
            "website": f"https://www.{slug}.example" if random.random() < WITH_WEBSITE else "",
            "comment": random.choice(land.notes) if random.random() < 0.08 else "",
            "created_at": created,
            "archived_at": created + timedelta(days=30) if random.random() < ARCHIVED else None,
        }

    def _firm(self, words: Words) -> tuple[str, str]:
        random, land = self.random, words.land
        (first, slug), (second, other) = random.choice(words.brands), random.choice(words.brands)
        business = random.choice(words.patterns).format(brand=f"{first} {second}")
        return land.whole.format(business=business, form=random.choice(land.forms)), f"{slug}-{other}"

    def _person(self, words: Words) -> tuple[str, str]:
        person = words.land.person(self.random)
        return person.name, self.random.choice(words.brands)[1]


class Answers:
    """What is said for the twelve characteristics; drawn from pools whose keys are made once."""

    def __init__(self, seed: int, regions: Sequence[int], segments: Sequence[int]) -> None:
        self.random = random = Random(seed + 1)
        lands = [land for land, _share in SHARES]
        self.towns = [town for land in lands for town, _region, _code in land.towns]
        self.people = sorted({random.choice(lands).person(random).name for _each in range(6_000)})
        self.notes = sorted({f"{random.choice(self.people)}, {random.choice(self.towns)}" for _each in range(20_000)})
        self.regions, self.segments = regions, segments

    def one(self, number: int) -> list[tuple[str, Any]]:
        """(storage, value) in the order of the characteristics; None where nothing is said."""
        random = self.random
        return [
            ("text", random.choice(self.towns)),
            ("text", random.choice(self.people)),
            ("text", f"REF-{number * 7919 % 10**9:09d}"),
            ("text", random.choice(self.notes)),
            ("number", int(random.lognormvariate(3, 1.4))),
            ("number", int(random.lognormvariate(11, 2) * 100) / 100),
            ("number", random.randrange(0, 1001) / 10),
            ("day", date(1950, 1, 1) + timedelta(days=int(28_000 * random.random() ** 0.5))),
            ("day", date(2023, 1, 1) + timedelta(days=random.randrange(1_400)) if random.random() < 0.9 else None),
            ("flag", random.random() < 0.3),
            ("element", self.segments[min(int(random.expovariate(0.5)), len(self.segments) - 1)]),
            ("element", random.choice(self.regions)),
        ]
