"""The demo office as a whole."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from counterparties.domain import defining
from counterparties.models import Counterparty, Status

from . import papers, vehicles
from .accounts import accounts
from .dealings import contracts, memberships, projects
from .entering import enter, plan
from .firms import Draft, Maker
from .living import Life
from .past import Moment, happened, make, record_new
from .recommending import recommend

SETTINGS = Path(__file__).with_name("settings.yaml")
#: The same seed makes the same office, but for the day it is made on.
SEED = 20_210_911
COUNTERPARTIES = 2_240


def define_settings() -> defining.Report:
    """Types, characteristics and nomenclatures of the demo office; the caller holds the operation."""
    report = defining.define(defining.read(SETTINGS.read_text(encoding="utf-8")))
    vehicles.draw()
    return report


def is_lived_in() -> bool:
    """Are there counterparties already? Then nothing invented is put among them."""
    return Counterparty.objects.exists()


def live(people: Mapping[str, Any], now: datetime) -> None:
    """Fill the office with counterparties and three years of work; the caller holds the transaction."""
    random = Random(SEED)  # noqa: S311 -- an invented office, no secret
    drafts = Maker(random, now.date()).drafts(COUNTERPARTIES)
    entered = plan(drafts, people, now, random)
    recommend([draft for _moment, brought in entered for draft in brought])
    enter(entered)
    moment = Moment(now - timedelta(hours=30), people["admin"], "import", "Holdings, projects, contracts and accounts")
    agreed = _agree(drafts, moment.at.date(), random)
    Life(drafts, people, list(Status.objects.all()), now, random).lead()
    # History is read by the order in which it was written, and this came after most of the three years.
    with happened(moment):
        record_new(agreed, moment)
    papers.hand_in(drafts, people, now, random)
    papers.file_away(drafts, people, now, random)


def _agree(drafts: list[Draft], today: date, random: Random) -> list[Any]:
    ties, work = memberships(drafts, today, random), projects(drafts, today, random)
    make([*ties, *work])
    signed = contracts(drafts, work, today, random)
    # Their own dice: whoever stood in the office before stands there as before.
    paid_into = accounts(drafts, today, Random(SEED + 1))  # noqa: S311 -- as above
    make([*signed, *paid_into])
    return [*ties, *work, *signed, *paid_into]
