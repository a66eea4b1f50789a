"""Days and numbers by which a list is parted: months, quarters and years; ranges between round numbers."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django.db.models import Avg, F, FloatField, Max, Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from characteristics.models import Characteristic
from counterparties.models import Counterparty
from counterparties.models import Value as Stored
from desk.databases.beside import Beside
from desk.databases.gathering import GreatestRest
from desk.databases.placing import PlaceAmong

from .cuts import Cut, Part
from .said import BySaid

#: So many periods are told apart: fifty years by month. What lies beyond is earlier or later.
MOST_PERIODS = 600
#: Nobody plans further: what is said of later days is one part.
YEARS_AHEAD = 20
#: Numbers stand in about so many ranges, or in these many where most are small and few are great.
RANGES, STEPS_OF_GREAT = 10, 9
#: Few are great where the greatest is so many times the average; and by tens, where it is so many times.
GREAT, VERY_GREAT = 20, 200
#: So many numbers tell the average of very many.
SOME = 2_000
#: How many parts of a stored number make one.
ONE = 10**6


class Periods:
    """Months, quarters or years, one after the other from the first day to the last one."""

    def __init__(self, months: int, first: date | None, last: date | None) -> None:
        self.months = months
        self.starts: list[date] = []
        if first is None or last is None:
            return
        latest = self._number(min(last, date(timezone.localdate().year + YEARS_AHEAD, 12, 31)))
        earliest = max(self._number(first), latest - MOST_PERIODS + 1)
        self.starts = [self._day(each) for each in range(earliest, max(latest, earliest) + 2)]

    def _number(self, day: date) -> int:
        return (day.year * 12 + day.month - 1) // self.months

    def _day(self, number: int) -> date:
        month = min(number * self.months, 9999 * 12 + 11)
        return date(month // 12, month % 12 + 1, 1)

    def label(self, place: int) -> str:
        """Place 0 is before the first of them; behind the last one begins what is later."""
        if place == 0:
            return _("Earlier")
        if place >= len(self.starts):
            return _("Later")
        start = self.starts[place - 1]
        if self.months == 12:
            return str(start.year)
        if self.months == 3:
            return _("Q%(quarter)d %(year)d") % {"quarter": start.month // 3 + 1, "year": start.year}
        return date_format(start, "YEAR_MONTH_FORMAT")

    def ends(self, place: int) -> tuple[date | None, date | None]:
        """The first and the last day."""
        first = self.starts[place - 1] if place else None
        last = self.starts[place] - timedelta(days=1) if place < len(self.starts) else None
        return first, last


def months_of(ending: str) -> int:
    return {"month": 1, "quarter": 3, "year": 12}[ending]


def endings() -> dict[str, str]:
    """How a day is parted, by the ending of its name in addresses."""
    return {
        "month": pgettext("analysis", "by month"),
        "quarter": pgettext("analysis", "by quarter"),
        "year": pgettext("analysis", "by year"),
    }


class InTime:
    """What a cut by days is: parts that follow each other, also those where nobody stands."""

    is_time = is_bounded = True
    filter_key: str
    periods: Periods

    def parts(self, keys: Collection[Any]) -> list[Part]:
        if not keys:
            return []
        return [Part(place, self.periods.label(place), asked=self._asked(place)) for place in _between(self, keys)]

    def _asked(self, place: int) -> dict[str, str]:
        names = (f"{self.filter_key}_after", f"{self.filter_key}_before")
        ends = zip(names, self.periods.ends(place), strict=True)
        return {name: day.isoformat() for name, day in ends if day is not None}


def _between(cut: InTime, keys: Collection[int]) -> Sequence[int]:
    """All places from the first to the last; where days lie far apart, those alone where somebody stands."""
    inner = [each for each in keys if 0 < each < len(cut.periods.starts)]
    span = range(min(inner), max(inner) + 1) if inner else range(0)
    return sorted({*keys, *(span if len(span) <= MOST_SHOWN_EMPTY else ())})


#: Where so many periods at the most lie between the first and the last one, those without anybody are shown too.
MOST_SHOWN_EMPTY = 50


class ByCreated(InTime, Cut):
    """When they were added, by the office's clock."""

    def __init__(self, ending: str) -> None:
        super().__init__(f"created.{ending}", f"{_('Created')}, {endings()[ending]}", "created")
        self._months = months_of(ending)

    def prepare(self, beside: Beside) -> None:
        # Of all there are, by the index: which months the calendar has tells nothing of anybody.
        ends = [_first(Counterparty.objects, order) for order in ("created_at", "-created_at")]
        days = [each and timezone.localtime(each).date() for each in ends]
        self.periods = Periods(self._months, *days)

    def answer(self, beside: Beside, name: str) -> Any:
        starts = [timezone.make_aware(datetime.combine(each, time.min)) for each in self.periods.starts]
        return PlaceAmong(F("created_at"), starts)


class ByDay(InTime, BySaid):
    """A characteristic that is a day."""

    def __init__(self, characteristic: Characteristic, scope: Any, ending: str) -> None:
        super().__init__(characteristic, scope, f".{ending}")
        self.label = f"{self.label}, {endings()[ending]}"
        self._months = months_of(ending)

    def prepare(self, beside: Beside) -> None:
        rows = Stored.objects.filter(characteristic=self.characteristic.pk, day__isnull=False)
        self.periods = Periods(self._months, *[_first(rows, order) for order in ("day", "-day")])

    def content(self, prefix: str) -> Any:
        return PlaceAmong(F(f"{prefix}day"), self.periods.starts)


def _first(rows: Any, order: str) -> Any:
    return rows.order_by(order).values_list(order.removeprefix("-"), flat=True).first()


class ByNumber(BySaid):
    """A number, in ranges whose ends people would choose."""

    is_bounded = True

    def __init__(self, characteristic: Characteristic, scope: Any) -> None:
        super().__init__(characteristic, scope)
        self.edges: list[Decimal] = []
        self.part = Decimal(1)

    def prepare(self, beside: Beside) -> None:
        """From the least to the greatest of these records, as far as the reader may see what they say."""
        known = beside.found.filter(self.scope.where(self.characteristic), **self._is_said)
        if beside.are_many:
            # The ends by the index of the number, and the average of some: to ask all of them would take as long as
            # the whole answer.
            ends = [_first(known, order) for order in ("values__number", "-values__number")]
            some = list(known.values_list("values__number", flat=True)[:SOME])
            average = sum(some, Decimal(0)) / len(some) if some else None
        else:
            number = "values__number"
            found = known.aggregate(least=Min(number), most=Max(number), average=Avg(number, output_field=FloatField()))
            ends, average = [found["least"], found["most"]], found["average"]
            average = None if average is None else Decimal(average) / ONE
        if average is None or None in ends:
            return
        self.part = self._smallest_part()
        least, greatest = ends
        self.edges = edges(least, greatest, average, self.part)

    @property
    def _is_said(self) -> dict[str, Any]:
        return {"values__characteristic": self.characteristic.pk, "values__number__isnull": False}

    def _smallest_part(self) -> Decimal:
        """Whole numbers, hundredths, or whatever is kept."""
        rows = Stored.objects.filter(characteristic=self.characteristic.pk, number__isnull=False).order_by()
        rests = {"ones": GreatestRest(F("number"), ONE), "cents": GreatestRest(F("number"), ONE // 100)}
        found = rows.aggregate(**rests)
        return Decimal(1) if not found["ones"] else Decimal("0.01") if not found["cents"] else Decimal("0.000001")

    def content(self, prefix: str) -> Any:
        return PlaceAmong(F(f"{prefix}number"), self.edges[1:-1])

    def parts(self, keys: Collection[Any]) -> list[Part]:
        return [Part(place, self._label(place), asked=self._asked(place)) for place in sorted(keys)]

    def _ends(self, place: int) -> tuple[Decimal, Decimal]:
        """Both belong to it."""
        return self.edges[place], self.edges[place + 1] - self.part

    def _label(self, place: int) -> str:
        low, high = self._ends(place)
        text: Callable[[Decimal], str] = self.characteristic.type.text
        if low == high:
            return text(low)
        if self.part == 1:
            return _("%(low)s to %(high)s") % {"low": text(low), "high": text(high)}
        return _("%(low)s to under %(high)s") % {"low": text(low), "high": text(self.edges[place + 1])}

    def _asked(self, place: int) -> dict[str, str]:
        ends = zip(("_min", "_max"), self._ends(place), strict=True)
        return {f"{self.filter_key}{name}": f"{each:f}" for name, each in ends}


def edges(least: Decimal, greatest: Decimal, average: Decimal, part: Decimal) -> list[Decimal]:
    """Where the ranges begin, and where the last one ends: equal ones, or growing ones where few are great."""
    if least >= 0 and greatest > GREAT * average > 0 and greatest > STEPS_OF_GREAT * part:
        leading = (1, 2, 5) if greatest <= VERY_GREAT * average else (1,)
        found = [_round(greatest + part, leading)]
        while len(found) < STEPS_OF_GREAT and found[-1] > part:
            found.append(_before(found[-1], leading))
        return [Decimal(0), *[each for each in reversed(found) if each >= part]]
    step = max(_round((greatest - least) / RANGES), part)
    first = (least / step).to_integral_value(ROUND_FLOOR) * step
    found = [first, first + step]
    while found[-1] <= greatest:
        found.append(found[-1] + step)
    return found


def _round(number: Decimal, leading: Sequence[int] = (1, 2, 5)) -> Decimal:
    """The next of 1, 2, 5, 10, 20, 50 …, and parts of one alike."""
    if number <= 0:
        return Decimal("0.000001")
    ten = Decimal(1).scaleb(number.adjusted())
    return next(ten * each for each in (*leading, 10) if ten * each >= number)


def _before(number: Decimal, leading: Sequence[int]) -> Decimal:
    """The one before it among the same."""
    ten = Decimal(1).scaleb(number.adjusted())
    below = [ten * each for each in leading if ten * each < number]
    return max(below) if below else ten / 10 * max(leading)
