"""Elements in their nomenclature: added, moved, put under another one, deleted.

Positions are dense and unique within the nomenclature. Elements that stand under the same one share out the places
they hold among themselves, so a move touches nobody else.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import ProtectedError, QuerySet

from characteristics.domain import usage
from characteristics.domain.placing import check_parent
from characteristics.models import Element, Nomenclature
from desk.databases import attempt
from desk.ordering import Places
from files.domain.drafts import Draft
from files.domain.intake import leaving_nothing_behind
from trail.domain import in_bulk
from trail.domain import settings as acts
from trail.domain.operations import operation


def places(nomenclature: Nomenclature) -> Places:
    """Whoever moves elements of a nomenclature holds its row."""
    return Places(nomenclature.elements.all(), Nomenclature.objects.filter(pk=nomenclature.pk))


def siblings(element: Element) -> QuerySet:
    """Those among which it is moved."""
    return Element.objects.filter(nomenclature=element.nomenclature_id, parent=element.parent_id)


def add(element: Element, *, by: Any, picture: Any = None) -> Element:
    """``picture``: one that was just brought (a draft), or none."""

    def with_picture(made: Element) -> None:
        if picture is not None:
            made.picture = picture.keep(None)
            made.save()

    with leaving_nothing_behind():
        return acts.add(element, by=by, places=places(element.nomenclature), then=with_picture)


def keep(element: Element, facts: Mapping[str, Any], *, by: Any, seen: int | str) -> Element:
    """Keep what a form says; an element never stands under itself or under what stands below it.

    A picture that was just brought comes as a draft.
    """
    said = dict(facts)

    def allowed(kept: Element) -> None:
        parent, picture = facts.get("parent"), facts.get("picture")
        if isinstance(picture, Draft):
            said["picture"] = picture.keep(None)
        if parent is not None and parent.pk != kept.parent_id:
            places(element.nomenclature).hold()
            check_parent(kept, parent, element.nomenclature)

    with leaving_nothing_behind():
        return acts.keep(element, said, by=by, seen=seen, before=allowed)


def step(element: Element, by_places: int, *, by: Any) -> int:
    """One arrow among its siblings: up is -1, down is 1. Tells its place now, from 1."""

    def where(order: list[int]) -> int:
        return min(max(order.index(element.pk) + by_places, 0), len(order) - 1)

    return _moved(element, where, by)


def move(element: Element, before: Element | None, *, by: Any) -> int:
    """One drag: before another one of its siblings, or (None) to their end. Tells its place now, from 1."""

    def where(order: list[int]) -> int:
        others = [pk for pk in order if pk != element.pk]
        return others.index(before.pk) if before is not None and before.pk in others else len(others)

    return _moved(element, where, by)


def _moved(element: Element, where: Callable[[list[int]], int], by: Any) -> int:
    def act() -> int:
        with operation(acts.KIND, by=by):
            places(element.nomenclature).hold()
            parents = _parents(element.nomenclature)
            if element.pk not in parents:
                raise Element.DoesNotExist
            every = list(parents)
            order = [pk for pk in every if parents[pk] == parents[element.pk]]
            held = [place for place, pk in enumerate(every) if parents[pk] == parents[element.pk]]
            target = where(order)
            order.remove(element.pk)
            order.insert(target, element.pk)
            for place, pk in zip(held, order, strict=True):
                every[place] = pk
            _number(element.nomenclature, every)
            return target + 1

    return attempt(act)


def delete(element: Element, *, by: Any) -> None:
    """InUse when anything depends on it; those after it close up."""

    def act() -> None:
        with operation(acts.KIND, by=by):
            places(element.nomenclature).hold()
            going = Element._base_manager.select_for_update().get(pk=element.pk)
            if usage.element_is_used(going):
                raise acts.InUse
            going.delete()
            _number(element.nomenclature, list(_parents(element.nomenclature)))

    try:
        attempt(act)
    except (ProtectedError, IntegrityError) as error:
        raise acts.InUse from error


def _parents(nomenclature: Nomenclature) -> dict[int, int | None]:
    """Element → the one it stands under, in the order of their places."""
    return dict(nomenclature.elements.order_by("position", "pk").values_list("pk", "parent"))


def _number(nomenclature: Nomenclature, order: list[int]) -> None:
    """Give the elements the places 1, 2, 3 … in this order; only those that move are read and written."""
    stored = dict(nomenclature.elements.values_list("pk", "position"))
    moving = {pk: place for place, pk in enumerate(order, start=1) if stored[pk] != place}
    pks = list(moving)
    for start in range(0, len(pks), in_bulk.BATCH):
        found = list(Element._base_manager.filter(pk__in=pks[start : start + in_bulk.BATCH]))
        for each in found:
            each.position = moving[each.pk]
        in_bulk.change(found)
