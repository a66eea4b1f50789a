"""The codes the office gives to counterparties that come without one: C10001, C10002 …"""

from django.db import IntegrityError, transaction
from django.db.models import F

from counterparties.models import Counterparty, Sequence
from desk import text
from trail.domain.operations import part

SERIES = "counterparty"
PREFIX = "C"
#: The first number given is the next one; five digits keep the codes in order as texts for a long time.
BEFORE_THE_FIRST = 10_000
#: So often a code is asked for anew when somebody types just that one at the same moment.
ATTEMPTS = 20


def next_code() -> str:
    """The next free code. Taken inside an operation, nobody else gets it; gaps are possible and mean nothing."""
    return take(1)[0]


def take(count: int) -> list[str]:
    """So many free codes at once, in order, for an import; codes somebody typed by hand are stepped over."""
    free: list[str] = []
    step = count
    while len(free) < count:
        drawn = _draw(step)
        typed = _in_use(drawn)
        free += [code for code in drawn if text.key(code) not in typed]
        # A long run of typed codes is stepped over in ever longer strides.
        step = (count - len(free)) if not typed else min(step * 2, 5_000)
    return free[:count]


def save_numbered(counterparty: Counterparty) -> None:
    """Save a new counterparty, under the next code if it has none.

    On PostgreSQL a colleague may have typed that very code a moment ago, unseen until they save: then the one after
    it is taken. A code that was typed here is saved as it is, and its collision is the caller's to tell.
    """
    if counterparty.code:
        counterparty.save()
        return
    for left in reversed(range(ATTEMPTS)):
        counterparty.code = next_code()
        try:
            with part():
                counterparty.save()
            return
        except IntegrityError:
            taken = _in_use([counterparty.code])
            counterparty.code = ""
            # Something else than the code was not unique, or it really is not our day.
            if not taken or not left:
                raise


def _draw(count: int) -> list[str]:
    with transaction.atomic():
        Sequence.objects.get_or_create(name=SERIES, defaults={"last": BEFORE_THE_FIRST})
        # The update holds the row: the number read back is one's own, whoever else is waiting.
        Sequence.objects.filter(name=SERIES).update(last=F("last") + count)
        last = Sequence.objects.get(name=SERIES).last
    return [f"{PREFIX}{number}" for number in range(last - count + 1, last + 1)]


def _in_use(codes: list[str]) -> set[str]:
    """Keys of those codes that counterparties have already, archived ones included."""
    keys = [text.key(code) for code in codes]
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        found.update(
            Counterparty.objects.filter(code_key__in=keys[start : start + 500]).values_list("code_key", flat=True)
        )
    return found
