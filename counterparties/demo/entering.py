"""How the demo counterparties came into the office: by imports over three years, and one by one on cards since."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from counterparties.domain import numbering
from counterparties.domain.type_sets import type_set_of
from counterparties.models import TypeSet

from .firms import CLIENTS, Draft
from .past import Moment, backdate, happened, make, record_new

#: Days ago and share of a hundred counterparties of each import; the rest came on cards during the last months.
IMPORTS = [
    (1_090, 34),
    (960, 7),
    (850, 7),
    (740, 7),
    (640, 6),
    (540, 6),
    (450, 6),
    (360, 5),
    (280, 5),
    (210, 5),
    (150, 4),
    (100, 2),
]
LAST_IMPORT = IMPORTS[-1][0]
SHEETS = ["old system", "price list subscribers", "trade fair", "branch in Ruse", "yearly revision"]


def plan(
    drafts: list[Draft], people: Mapping[str, Any], now: datetime, random: Random
) -> list[tuple[Moment, list[Draft]]]:
    """Which drafts came together, when, and by whom; the oldest first."""
    waiting = list(drafts)
    random.shuffle(waiting)
    # What an office has from its first day leads the first import.
    waiting.sort(key=lambda draft: not (draft.codes & {"company", "bank", "holding"}))
    entered, start, total = [], 0, len(waiting)
    for number, (days, share) in enumerate(IMPORTS):
        end = start + total * share // 100
        moment = working(now - timedelta(days=days), random)
        reason = f"Sheet of the {SHEETS[number % len(SHEETS)]}"
        entered.append((Moment(moment, people["admin"], "import", reason), waiting[start:end]))
        start = end
    ones = waiting[start:]
    gap = timedelta(days=LAST_IMPORT - 1) / max(len(ones), 1)
    for number, draft in enumerate(ones):
        moment = working(now - timedelta(days=LAST_IMPORT - 1) + gap * number, random)
        clerk = people[random.choice(("anna", "anna", "mila"))] if draft.codes <= CLIENTS else people["admin"]
        entered.append((Moment(min(moment, now), clerk, "card"), [draft]))
    return sorted(entered, key=lambda pair: pair[0].at)


def working(day: datetime, random: Random) -> datetime:
    """A moment of that day's working hours, on a weekday."""
    day -= timedelta(days=max(0, day.weekday() - 4))
    return day.replace(
        hour=random.randint(7, 15), minute=random.randint(0, 59), second=random.randint(0, 59), microsecond=0
    )


def enter(entered: list[tuple[Moment, list[Draft]]]) -> None:
    """Save everything in bulk, then write the first line of each one's history under the operation that brought it."""
    drafts = [draft for _moment, brought in entered for draft in brought]
    type_sets: dict[tuple[int, ...], TypeSet] = {}
    for draft, code in zip(drafts, numbering.take(len(drafts)), strict=True):
        key = tuple(each.pk for each in draft.types)
        type_sets[key] = type_sets.get(key) or type_set_of(draft.types)
        draft.counterparty.type_set = type_sets[key]
        draft.counterparty.code = code
    make(draft.counterparty for draft in drafts)
    make(part for draft in drafts for part in draft.parts)
    for moment, brought in entered:
        counterparties = [draft.counterparty for draft in brought]
        backdate(counterparties, moment.at)
        with happened(moment):
            record_new(counterparties, moment)
            record_new((part for draft in brought for part in draft.parts), moment)
