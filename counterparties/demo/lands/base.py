"""What the demo office needs to know of a country."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from counterparties.demo.numbers import digits
from desk import text

#: Sorts of business whose names bear no legal form.
FORMLESS = ("state-organisation",)


@dataclass(frozen=True)
class Person:
    """Somebody made up."""

    name: str
    is_female: bool


@dataclass(frozen=True)
class Firm:
    """A name made up, and the word it is known by on the net."""

    name: str
    slug: str


@dataclass(frozen=True)
class Land:
    """A country: its language, its words, and its makers of numbers.

    ``trades`` gives for every sort of business patterns of a name with the place ``{brand}``; ``whole`` puts it
    together with one of the legal ``forms``.
    """

    country: str
    language: str
    brands: Sequence[str]
    trades: dict[str, Sequence[str]]
    forms: Sequence[str]
    whole: str
    men: Sequence[str]
    women: Sequence[str]
    families: Sequence[tuple[str, str]]  # as a man and as a woman bears it
    middles: Sequence[tuple[str, str]]
    towns: Sequence[tuple[str, str, str]]  # town, region, first digits of its postal codes
    streets: Sequence[str]
    boxes: Sequence[str]  # what stands before the @ of a firm's e-mail
    notes: Sequence[str]
    deliveries: Sequence[str]  # what the driver has to know
    jobs: Sequence[tuple[str, str]]  # as a man and as a woman is called
    postal_digits: int  # 0 where the codes above are whole
    registration: Callable[[Random], str]
    vat: Callable[[Random, str], str]
    phone: Callable[[Random], str]
    mobile: Callable[[Random], str]
    street_line: str = "{street} {number}"

    def firm(self, random: Random, trade: str) -> Firm:
        brand = random.choice(self.brands)
        business = random.choice(self.trades[trade]).format(brand=brand)
        name = business if trade in FORMLESS else self.whole.format(business=business, form=random.choice(self.forms))
        return Firm(name, text.code_from(business)[:28].strip("-_"))

    def person(self, random: Random) -> Person:
        is_female = random.random() < 0.5
        first = random.choice(self.women if is_female else self.men)
        family = random.choice(self.families)[is_female]
        middle = random.choice(self.middles)[is_female] if self.middles else ""
        return Person(self._ordered(first, middle, family), is_female)

    def _ordered(self, first: str, middle: str, family: str) -> str:
        names = [family, first, middle] if self.language == "ru" else [first, middle, family]
        return " ".join(filter(None, names))

    def address(self, random: Random) -> dict[str, str]:
        town, region, start = random.choice(self.towns)
        line = self.street_line.format(street=random.choice(self.streets), number=random.randint(1, 140))
        return {
            "line1": line,
            "city": town,
            "region": region,
            "postal_code": start + digits(random, max(0, self.postal_digits - len(start))),
            "country": self.country,
        }

    def job(self, random: Random, person: Person) -> str:
        return random.choice(self.jobs)[person.is_female]
