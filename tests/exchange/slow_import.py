"""A worker that takes sheets in by small portions and takes its time: ``python -m tests.exchange.slow_import``."""

import os
import time
from datetime import timedelta

from tests.exchange import hard_work  # opens the office

from django.conf import settings  # isort: skip
from django.core.management import call_command  # isort: skip

from exchange.domain.importing import taking
from exchange.domain.jobs import pulse, watching, worker

__all__ = ["PORTION", "hard_work"]

PORTION = 20


def take_in_slowly() -> None:
    """Most of the time a portion is written and not yet committed."""
    written = taking.write

    def write(*portion: object) -> None:
        written(*portion)
        time.sleep(0.15)

    taking.write, taking.PORTION = write, PORTION


if __name__ == "__main__":
    settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
    take_in_slowly()
    pulse.BEATS, worker.WATCHES, watching.SILENT = 1.0, 0.5, timedelta(seconds=3)
    call_command("work")
