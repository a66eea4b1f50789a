"""``manage.py work``: perform jobs, one at a time, until told to end."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.domain.jobs.worker import Shift


class Command(BaseCommand):
    help = "Performs jobs: imports, large sheets, letters. As many of these may run as there are hands for them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="perform what waits, then end")

    def handle(self, *_args: Any, **options: Any) -> None:
        shift = Shift()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, shift.end)
        shift.work(once=options["once"])
