"""Building one office; run as a program of its own, with the office's address in DATABASE_URL."""

import sys
import time
from datetime import timedelta
from random import Random

import django
from django.core.management import call_command
from django.utils import timezone

SEED = 20_261_122
EDITS = 300


def build(how_many: int, types: int, roles: int, has_values: bool) -> None:
    """Tables, settings, counterparties, and a month of daily work on them."""
    from tools.bench import filling, furnishing, loading, shaping  # noqa: PLC0415 -- slow import

    began = time.monotonic()

    def say(sentence: str) -> None:
        print(f"{sentence} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)

    call_command("migrate", verbosity=0)
    shape = shaping.shape(types, roles, SEED)
    loading.fill(filling.Filler(shape, how_many, SEED, has_values), say)
    work(how_many)
    furnishing.furnish()
    furnishing.remember()
    say("  built")


def work(how_many: int) -> None:
    """Cards corrected by hand in the last thirty days, each as its own operation."""
    from counterparties.domain import keeping  # noqa: PLC0415 -- slow import
    from counterparties.models import Counterparty, Status  # noqa: PLC0415 -- slow import
    from staff.models import User  # noqa: PLC0415 -- slow import
    from trail.models import Operation  # noqa: PLC0415 -- slow import

    random = Random(SEED)
    statuses, clerk = list(Status.objects.all()), User.objects.get(username="reader")
    newest = Operation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for pk in random.sample(range(1, how_many + 1), EDITS):
        one = Counterparty.objects.select_related("type_set").get(pk=pk)
        facts = {"status": random.choice(statuses), "comment": f"Called on day {pk % 30 + 1}."}
        keeping.keep(one, facts, one.types, {}, by=clerk, seen=one.version)
    for number, act in enumerate(Operation.objects.filter(pk__gt=newest).order_by("pk")):
        at = timezone.now() - timedelta(minutes=(EDITS - number) * 120)
        Operation.objects.filter(pk=act.pk).update(at=at)
        Counterparty.history.filter(operation=act.pk).update(history_date=at)


if __name__ == "__main__":
    django.setup()
    build(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "values")
