from argparse import ArgumentParser
from collections.abc import Collection
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import override

from counterparties.models import Counterparty
from desk import text
from desk.sheets import Leaving
from rights.domain import policy
from staff.domain.people import reader
from trail.domain import touched
from trail.domain.changes import Part
from trail.models import Operation
from trail.pages.everything_sheet import JSON, Everything
from trail.pages.known import Knowing
from trail.pages.words import Words, words

#: The ending of the file → how it is written.
WAYS = {".csv": "csv", ".jsonl": JSON}
#: Days outside are as good as these.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


class Command(BaseCommand):
    help = "Writes every change that history knows into a .csv or .jsonl file, a row for each fact, oldest first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT.csv", help="the file to write; .jsonl makes one JSON object a line")
        parser.add_argument("--counterparty", metavar="CODE", help="only what was changed of this one")
        parser.add_argument("--since", metavar="DAY", help="from this day on, as 2026-01-31")
        parser.add_argument("--until", metavar="DAY", help="to this day, included")
        parser.add_argument("--as", dest="by", metavar="USER", help="only what this user may read; else everything")

    def handle(self, *_args: Any, **options: Any) -> None:
        out = Path(options["out"])
        if out.suffix.lower() not in WAYS:
            raise CommandError(f"{out}: the name must end in .csv or .jsonl.")
        days = {name: self._day(name, options[name]) for name in ("since", "until")}
        user = reader(options["by"])
        if user is None:
            raise CommandError(f"There is no user “{options['by']}”; --as takes a user name.")
        decision = policy.for_user(user)
        if not decision.may_anywhere("export"):
            raise CommandError(f"{decision.user.username} has the right export on no type.")
        # The words of the office, whoever asks.
        with override(settings.LANGUAGE_CODE):
            parts, operations = self._asked(options["counterparty"], decision)
            if days["since"]:
                operations = operations.filter(at__gte=_moment(days["since"], time.min))
            if days["until"]:
                operations = operations.filter(at__lte=_moment(days["until"], time.max))
            said = [(f"--{name}", str(options[name])) for name in ("counterparty", "since", "until") if options[name]]
            sheet = Everything(decision.user, parts, operations, decision, Codes(decision), said)
            try:
                Leaving(sheet, WAYS[out.suffix.lower()]).into(out)
            except OSError as error:
                raise CommandError(f"{out} could not be written: {error.strerror}.") from error
        self.stdout.write(f"rows={sheet.rows_written}")

    def _asked(self, code: str | None, decision: Any) -> tuple[dict[Words, Part], QuerySet[Operation]]:
        """Which rows of history, and in which operations they may stand."""
        if code is None:
            return Knowing(decision).parts, Operation.objects.all()
        key = text.key(text.clean(code))
        found = decision.counterparties("view").filter(code_key=key).first()
        if found is None:
            raise CommandError(f"There is no counterparty “{code}”; --counterparty takes its code.")
        decision.require("export", found)
        parts = {each: part for each in words if (part := each.part(found, decision))}
        numbers: set[int] = set()
        for part in parts.values():
            numbers |= set(touched.rows_of(part).values_list("operation", flat=True).distinct())
        return parts, Operation.objects.filter(pk__in=sorted(numbers))

    @staticmethod
    def _day(name: str, said: str | None) -> date | None:
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise CommandError(f"--{name}: “{said}” is no day; write it as 2026-01-31.") from None


class Codes:
    """The codes of counterparties, as far as the reader may view them."""

    def __init__(self, decision: Any) -> None:
        self._decision = decision

    def __call__(self, speaker: Words, ids: Collection[int]) -> dict[int, str]:
        if (speaker.thing or speaker.model) is not Counterparty:
            return {}
        return dict(self._decision.counterparties("view").filter(pk__in=list(ids)).values_list("pk", "code"))


def _moment(day: date, hour: time) -> datetime:
    """A moment of that day; no clock can be set to the first and the last days of the calendar."""
    return make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))
