"""What is done to build an office, one step at a time; each is a program of its own, with its database in DATABASE_URL.

python -m tools.bench.building lay_tables                                a database with tables, and nothing in them
python -m tools.bench.building begin TYPES ROLES SHAPE.json              an office on its first day
python -m tools.bench.building invent SIZE values|bare SHAPE.json DRAFT  its rows, in a file
python -m tools.bench.building fill DRAFT                                the rows into an office on its first day
python -m tools.bench.building gather                                    companies of holdings, where there are none
"""

import json
import sys
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from random import Random

import django
from django.core.management import call_command
from django.utils import timezone

SEED = 20_261_122
EDITS = 300


def lay_tables() -> None:
    """As a new office migrates."""
    call_command("migrate", verbosity=0)


def begin(types: str, roles: str, shape: str) -> None:
    """Settings."""
    from tools.bench import shaping  # noqa: PLC0415 -- slow import

    Path(shape).write_text(json.dumps(asdict(shaping.shape(int(types), int(roles), SEED))))


def invent(how_many: str, values: str, shape: str, draft: str) -> None:
    """Counterparties, what is said of them, and what clients have."""
    from tools.bench import drafts, filling, furnishing, shaping  # noqa: PLC0415 -- slow import

    known = shaping.Shape(**json.loads(Path(shape).read_text()))
    filler = filling.Filler(known, int(how_many), SEED, values == "values")
    drafts.Draft(Path(draft)).write(filler, furnishing.Furnisher())


def fill(draft: str) -> None:
    """The rows of a draft, and a month of daily work on them."""
    from tools.bench import drafts, loading  # noqa: PLC0415 -- slow import

    began = time.monotonic()

    def say(sentence: str) -> None:
        print(f"{sentence} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)

    with loading.without_journal():
        loading.load(drafts.Draft(Path(draft)), say)
    gather()
    work()
    loading.settle()


def gather() -> None:
    """Companies of holdings."""
    from tools.bench import gathering  # noqa: PLC0415 -- slow import

    gathering.gather()


def work() -> None:
    """Cards corrected by hand in the last thirty days, each as its own operation."""
    from counterparties.domain import keeping  # noqa: PLC0415 -- slow import
    from counterparties.models import Counterparty, Status  # noqa: PLC0415 -- slow import
    from staff.models import User  # noqa: PLC0415 -- slow import
    from trail.models import Operation  # noqa: PLC0415 -- slow import

    random, how_many = Random(SEED), Counterparty.objects.count()
    statuses, clerk = list(Status.objects.all()), User.objects.get(username="reader")
    newest = Operation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for pk in random.sample(range(1, how_many + 1), EDITS):
        one = Counterparty.objects.select_related("type_set").get(pk=pk)
        facts = {"status": random.choice(statuses), "comment": f"Called on day {pk % 30 + 1}."}
        keeping.keep(one, facts, None, {}, by=clerk, seen=one.version)
    for number, act in enumerate(Operation.objects.filter(pk__gt=newest).order_by("pk")):
        at = timezone.now() - timedelta(minutes=(EDITS - number) * 120)
        Operation.objects.filter(pk=act.pk).update(at=at)
        Counterparty.history.filter(operation=act.pk).update(history_date=at)


if __name__ == "__main__":
    django.setup()
    acts = {"lay_tables": lay_tables, "begin": begin, "invent": invent, "fill": fill, "gather": gather}
    acts[sys.argv[1]](*sys.argv[2:])
    print(f"  {' '.join(sys.argv[1:])}: {time.process_time():.0f} s of the processor", file=sys.stderr, flush=True)
