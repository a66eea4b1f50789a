"""Shaping the office's types and statuses. Each act is one operation."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from characteristics.models import Characteristic
from counterparties.domain import usage
from counterparties.domain.placing import check_place
from counterparties.models import CounterpartyType, Status, TypeCharacteristic
from desk import ordering
from desk.ordering import Places
from trail.domain import settings as acts


def add_type(
    type_: CounterpartyType,
    characteristics: Iterable[Characteristic],
    *,
    by: Any,
    then: Callable[[CounterpartyType], object],
) -> CounterpartyType:
    """Add a subtype with the characteristics of its own; ``then``: what else comes with it (its parent's rights)."""

    def complete(made: CounterpartyType) -> None:
        check_place(made, made.parent)
        tie(made, characteristics)
        then(made)

    return acts.add(type_, by=by, then=complete)


def keep_type(
    type_: CounterpartyType,
    facts: Mapping[str, Any],
    characteristics: Iterable[Characteristic],
    *,
    by: Any,
    seen: int | str,
) -> CounterpartyType:
    """Keep what a form says about a type. What counterparties said for a characteristic taken off stays, hidden."""

    def allowed(kept: CounterpartyType) -> None:
        if kept.parent_id is not None:
            check_place(kept, facts["parent"])

    return acts.keep(type_, facts, by=by, seen=seen, before=allowed, then=lambda kept: tie(kept, characteristics))


def tie(type_: CounterpartyType, characteristics: Iterable[Characteristic]) -> None:
    """Hang exactly these on the type: those that hang already keep their order, new ones come after them."""
    wanted = {each.pk: each for each in characteristics}
    ties = list(type_.ties.order_by("position", "pk"))
    for gone in [each for each in ties if each.characteristic_id not in wanted]:
        gone.delete()
    ties = [each for each in ties if each.characteristic_id in wanted]
    ordering.number(ties)
    present = {each.characteristic_id for each in ties}
    new = [each for pk, each in wanted.items() if pk not in present]
    for place, characteristic in enumerate(new, start=len(ties) + 1):
        TypeCharacteristic.objects.create(type=type_, characteristic=characteristic, position=place)


def delete_type(type_: CounterpartyType, *, by: Any, first: Callable[[CounterpartyType], object]) -> None:
    """Take a type nobody has out of the settings, with its ties; ``first``: what else goes (its rights)."""

    def clear(going: CounterpartyType) -> None:
        first(going)
        for each in going.ties.all():
            each.delete()

    acts.delete(type_, by=by, is_used=usage.type_is_used, first=clear)


def places_of_statuses() -> Places:
    """The one list in which statuses are moved."""
    return Places(Status.objects.all(), Status.objects.all())


def add_status(status: Status, *, by: Any, place: int | None) -> Status:
    """Add a status at a place of the list (from 1; the last one when nothing is said)."""
    is_default, status.is_default = status.is_default, False

    def complete(made: Status) -> None:
        if place:
            ordering.place(Status.objects.all(), made, place - 1)
        if is_default:
            _make_default(made)

    return acts.add(status, by=by, places=places_of_statuses(), then=complete)


def keep_status(status: Status, facts: Mapping[str, Any], *, by: Any, seen: int | str, place: int | None) -> Status:
    """Keep what a form says about a status; there is one default, so the old one lets go."""
    facts = dict(facts)
    is_default = facts.pop("is_default", False)

    def complete(kept: Status) -> None:
        if is_default and not kept.is_default:
            _make_default(kept)
        if place:
            places_of_statuses().hold()
            ordering.place(Status.objects.all(), kept, place - 1)

    return acts.keep(status, facts, by=by, seen=seen, then=complete)


def _make_default(status: Status) -> None:
    """New counterparties begin as this one."""
    # First the old one lets go: the database allows only one at a time.
    for old in Status.objects.select_for_update().filter(is_default=True).exclude(pk=status.pk):
        old.claim(old.version)
        old.is_default = False
        old.save()
    status.is_default = True
    status.save()
