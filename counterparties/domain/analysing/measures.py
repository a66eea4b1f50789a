"""What is told of each part: how many there are, or what they say in numbers, or what was agreed with them."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, FilteredRelation, Max, Min, Q, When
from django.db.models.functions import Cast
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characteristics.models import Characteristic
from desk.databases.beside import Beside
from desk.databases.gathering import SumOfOnes, SumOfRests

from .cuts import Cut, Part

#: How many parts make one of a stored number, and of an amount of money.
ONE, ONE_OF_MONEY = 10**6, 100
#: An average is told to this part of one.
TO = Decimal("0.01")
#: What stands of one part: how many, then what the measure adds up.
Sums = tuple[Any, ...]


class Measure:
    """How many counterparties there are."""

    #: Its parts have shares in the whole.
    has_shares = True
    #: The columns, where it has its own.
    columns: Cut | None = None

    def __init__(self) -> None:
        self.key, self.label = "count", _("Number of counterparties")

    def put(self, beside: Beside) -> None:
        """What is measured, beside the records."""

    def sums(self) -> dict[str, Any]:
        """What the database adds up."""
        return {"records": Count("pk")}

    def merged(self, one: Sums, other: Sums) -> Sums:
        """The sums of two parts that share nobody."""
        return (one[0] + other[0],)

    def number(self, sums: Sums) -> Any:
        """What is told of a part; None where there is nothing to tell."""
        return sums[0]

    def total(self, sums: Sums) -> Any:
        """What is told of all columns together."""
        return self.number(sums)

    @property
    def total_label(self) -> str:
        return _("All")

    def of_how_many(self, sums: Sums) -> int | None:
        """How many say it at all, where it is not everybody."""
        return None

    def text(self, number: Any) -> str:
        raise NotImplementedError


def _and(one: Any, other: Any, choose: Callable[[Any, Any], Any]) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


#: What may be told of a characteristic that is a number.
TOLD = {
    "sum": gettext_lazy("Sum"),
    "average": gettext_lazy("Average"),
    "least": gettext_lazy("Least"),
    "most": gettext_lazy("Most"),
}


class OfNumber(Measure):
    """Sum, average, least or most of a characteristic, where the reader may see it."""

    def __init__(self, characteristic: Characteristic, scope: Any, told: str) -> None:
        unit = f", {characteristic.unit}" if characteristic.unit else ""
        self.key, self.label = f"{characteristic.field_name}.{told}", f"{TOLD[told]}: {characteristic.label}{unit}"
        self.characteristic, self.told, self.has_shares = characteristic, told, told == "sum"
        self._where = scope.where(characteristic)

    def put(self, beside: Beside) -> None:
        beside.one("measured", "values", "number", characteristic=self.characteristic.pk, number__isnull=False)

    def sums(self) -> dict[str, Any]:
        number: Any = Cast("measured__number", BigIntegerField())
        if self._where:
            number = Case(When(self._where, then=number), output_field=BigIntegerField())
        return {
            **super().sums(),
            "said": Count(number),
            "ones": SumOfOnes(number, ONE),
            "rests": SumOfRests(number, ONE),
            "least": Min(number),
            "most": Max(number),
        }

    def merged(self, one: Sums, other: Sums) -> Sums:
        added = (a + b for a, b in zip(one[:2], other[:2], strict=True))
        sums = (_and(a, b, int.__add__) for a, b in zip(one[2:4], other[2:4], strict=True))
        return *added, *sums, _and(one[4], other[4], min), _and(one[5], other[5], max)

    def number(self, sums: Sums) -> Decimal | None:
        _records, said, ones, rests, least, most = sums
        if not said:
            return None
        if self.told in ("least", "most"):
            return Decimal(least if self.told == "least" else most) / ONE
        whole = Decimal(ones) + Decimal(rests) / ONE
        return whole if self.told == "sum" else (whole / said).quantize(TO, ROUND_HALF_EVEN)

    def of_how_many(self, sums: Sums) -> int:
        return sums[1]

    def text(self, number: Any) -> str:
        return self.characteristic.type.text(number)


class ByCurrency(Cut):
    """Amounts of different currencies are never added up."""

    is_by_size = True

    def __init__(self) -> None:
        super().__init__("currency", _("Currency"))

    def answer(self, beside: Beside, name: str) -> F:
        return F("signed__currency")

    def parts_of(self, answer: Any) -> Sequence[Any]:
        return () if answer is None or answer == "" else (answer,)

    def parts(self, keys: Any) -> list[Part]:
        return [Part(each, each) for each in sorted(keys)]


class OfContracts(Measure):
    """What was agreed with them, each currency in a column of its own."""

    has_shares = False

    def __init__(self, key: str, label: str, today: date | None = None) -> None:
        """``today``: only of contracts that are in force then."""
        self.key, self.label, self._today = key, label, today
        self.columns = ByCurrency()

    def put(self, beside: Beside) -> None:
        asked = Q(contracts__counterparty__isnull=False)
        if self._today:
            begun = Q(contracts__starts_on=None) | Q(contracts__starts_on__lte=self._today)
            asked &= begun & (Q(contracts__ends_on=None) | Q(contracts__ends_on__gte=self._today))
        beside.records = beside.records.annotate(signed=FilteredRelation("contracts", condition=asked))

    def sums(self) -> dict[str, Any]:
        amount = Cast("signed__amount", BigIntegerField())
        return {
            "contracts": Count("signed__pk"),
            "said": Count(amount),
            "ones": SumOfOnes(amount, ONE_OF_MONEY),
            "rests": SumOfRests(amount, ONE_OF_MONEY),
        }

    def merged(self, one: Sums, other: Sums) -> Sums:
        added = (a + b for a, b in zip(one[:2], other[:2], strict=True))
        return *added, *(_and(a, b, int.__add__) for a, b in zip(one[2:], other[2:], strict=True))

    def number(self, sums: Sums) -> Decimal | None:
        _contracts, said, ones, rests = sums
        return Decimal(ones) + Decimal(rests) / ONE_OF_MONEY if said else None

    def text(self, number: Any) -> str:
        return number_format(number, 2, use_l10n=True, force_grouping=True)

    def total(self, sums: Sums) -> int:
        return sums[0]

    @property
    def total_label(self) -> str:
        return _("Contracts")


def of_contracts(today: date) -> list[Measure]:
    return [
        OfContracts("contracts.running", _("Value of contracts in force"), today),
        OfContracts("contracts", _("Value of all contracts")),
    ]
