"""An operation taken back as a whole: told before it is done, done whole under one operation of its own."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import IntegrityError

from desk.databases import attempt
from desk.models import Stale
from trail.domain.operations import operation as under_operation
from trail.domain.undisturbed import undisturbed
from trail.models import Operation

from . import kinds
from .asked import Asked
from .outcome import Outcome
from .pieces import Hindered
from .registry import Ground, grounds
from .stretch import Stretch, portions

KIND = "undo"
#: So many subjects are looked at in one go.
PORTION = 1_000
#: So many are looked at before it is done; more are taken back behind the pages.
MOST_AT_ONCE = 2_000

#: Whom and what an operation touched, ground by ground.
Touched = list[tuple[Ground, Sequence[int]]]


def subjects(operation: Operation, asked: Asked) -> Touched:
    """Whom and what an operation touched, ground by ground; narrowed to the counterparty that is asked for."""
    if kinds.why_never(operation) or kinds.why_not_yet(operation):
        return []
    found = [(ground, ground.subjects(operation.pk)) for ground in grounds]
    if asked.subject is not None:
        found = [(ground, [pk for pk in those if pk == asked.subject]) for ground, those in found]
    elif asked.record:
        found = [(ground, [pk for pk in those if pk == 0]) for ground, those in found]
    return [(ground, those) for ground, those in found if those]


def count(touched: Touched) -> int:
    return sum(len(those) for _ground, those in touched)


def stretches(
    touched: Touched, operation: Operation, asked: Asked, decision: Any, *, is_held: bool = False
) -> Iterator[Stretch]:
    """Everybody takes hold of counterparties in the order of their ids, so that nobody waits in a circle."""
    for ground, those in touched:
        for portion in portions(those, PORTION):
            yield Stretch(ground, portion, operation, decision, asked, is_held).look()


@undisturbed()
def foresee(operation: Operation, asked: Asked, decision: Any) -> Outcome:
    """What would come of it; of a large operation, of the first. Nothing is written and nothing is held."""
    touched = subjects(operation, asked)
    outcome = Outcome(total=count(touched))
    for stretch in stretches(touched, operation, asked, decision):
        outcome.add(stretch)
        if outcome.looked_at >= MOST_AT_ONCE:
            break
    return outcome


def take_back(
    operation: Operation,
    asked: Asked,
    decision: Any,
    *,
    by: Any,
    digest: str | None,
    reason: str = "",
    step: Callable[[int, int], object] = lambda done, total: None,
    last: Callable[[Outcome], object] = lambda outcome: None,
) -> Outcome:
    """Take back what may be taken back. Stale when things are not as they were looked at: then nothing is done.

    ``digest`` says what was seen; without one, things are taken as they are. ``step`` is told how far it is, ``last``
    what came of it, within the same transaction.
    """

    def act() -> Outcome:
        touched = subjects(operation, asked)
        outcome, total, done = Outcome(), count(touched), 0
        with under_operation(KIND, by=by, reason=reason, undoes=operation) as act_:
            # Two who take back the same wait for each other; the second one finds it done.
            Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
            step(0, total)
            for stretch in stretches(touched, operation, asked, decision, is_held=True):
                outcome.add(stretch)
                stretch.write()
                done += len(stretch.subjects)
                step(done, total)
            if digest is not None and outcome.digest != digest:
                raise Stale(operation)
            outcome.operation = act_.row
            last(outcome)
        return outcome

    try:
        return attempt(act)
    except IntegrityError as error:
        raise Hindered from error
