"""Shaping the office's characteristics and nomenclatures. Each act is one operation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from characteristics.domain import narrowing, pasting, usage
from characteristics.domain.pasting import Line
from characteristics.models import Characteristic, Nomenclature
from characteristics.registry import types
from desk.databases import attempt
from desk.ordering import Places
from trail.domain import in_bulk
from trail.domain import settings as acts
from trail.domain.operations import operation


def places_of_characteristics() -> Places:
    """The one list in which characteristics are moved."""
    return Places(Characteristic.objects.all(), Characteristic.objects.all())


def places_of_nomenclatures() -> Places:
    return Places(Nomenclature.objects.all(), Nomenclature.objects.all())


def add_nomenclature(nomenclature: Nomenclature, lines: Sequence[Line], *, by: Any) -> Nomenclature:
    """A new list with its first elements."""
    places = places_of_nomenclatures()
    return acts.add(nomenclature, by=by, places=places, then=lambda made: pasting.put(made, lines))


def delete_nomenclature(nomenclature: Nomenclature, *, by: Any) -> None:
    """A list nobody uses goes with all its elements; InUse when anything depends on it."""

    def clear(going: Nomenclature) -> None:
        in_bulk.remove(list(going.elements.all()))

    places = places_of_nomenclatures()
    acts.delete(nomenclature, by=by, is_used=usage.nomenclature_is_used, places=places, first=clear)


def add_characteristic(
    characteristic: Characteristic, types: Iterable[str], lines: Sequence[Line], *, by: Any
) -> Characteristic:
    """A new fact to ask for, hung on these types; with ``lines``, its own new list comes with it."""
    wanted = list(types)

    def act() -> Characteristic:
        with operation(acts.KIND, by=by):
            if lines:
                characteristic.nomenclature = add_nomenclature(list_for(characteristic), lines, by=by)
            return acts.add(
                characteristic,
                by=by,
                places=places_of_characteristics(),
                then=lambda made: usage.tie(made, wanted),
            )

    return attempt(act)


def list_for(characteristic: Characteristic) -> Nomenclature:
    """The new nomenclature of a new characteristic: it bears the same code and names."""
    names = ("code", "name", "name_en", "name_bg", "name_ru")
    return Nomenclature(**{name: getattr(characteristic, name) for name in names})


def keep_characteristic(
    characteristic: Characteristic,
    facts: Mapping[str, Any],
    types: Iterable[str],
    lines: Sequence[Line],
    *,
    by: Any,
    seen: int | str,
) -> Characteristic:
    """Keep what a form says. What was said for it stays, even where no type asks for it any more."""
    wanted = list(types)

    def act() -> Characteristic:
        with operation(acts.KIND, by=by):
            own = {"nomenclature": add_nomenclature(list_for(characteristic), lines, by=by)} if lines else {}
            return acts.keep(
                characteristic,
                {**facts, **own},
                by=by,
                seen=seen,
                before=lambda kept: check_values(kept, {**facts, **own}),
                then=lambda kept: usage.tie(kept, wanted),
            )

    return attempt(act)


def check_values(kept: Characteristic, facts: Mapping[str, Any]) -> None:
    """ValidationError when values that were said would not fit what the characteristic becomes."""
    type_code = facts.get("type_code", kept.type_code)
    if type_code != kept.type_code and not types.get(type_code).holds(kept.type) and (count := usage.values(kept)):
        sentence = ngettext(
            "%(count)d value is “%(old)s”, which “%(new)s” would not hold. "
            "Keep the type, or add another characteristic.",
            "%(count)d values are “%(old)s”, which “%(new)s” would not hold. "
            "Keep the type, or add another characteristic.",
            count,
        )
        told = {"count": count, "old": kept.type.label, "new": types.get(type_code).label}
        raise ValidationError({"type_code": sentence % told})
    # Another type of counterparty loses nothing: whoever is pointed at already stays so (see the consequences).
    is_another = "nomenclature" in facts and kept.nomenclature_id not in (None, getattr(facts["nomenclature"], "pk", 0))
    if is_another and type_code == kept.type_code and (count := usage.values(kept)):
        sentence = ngettext(
            "%(count)d value is chosen from the one it has. Keep that, or add another characteristic.",
            "%(count)d values are chosen from the one it has. Keep that, or add another characteristic.",
            count,
        )
        raise ValidationError({"nomenclature": sentence % {"count": count}})
    if kept.is_multiple and not facts.get("is_multiple", True) and (count := usage.has_several(kept)):
        sentence = ngettext(
            "%(count)d counterparty says more than one thing here; one value alone would lose some.",
            "%(count)d counterparties say more than one thing here; one value alone would lose some.",
            count,
        )
        raise ValidationError({"is_multiple": sentence % {"count": count}})
    narrowing.check(kept, facts)


def implementers_only(type_: Any) -> str:
    """Who may make and change characteristics of such a type."""
    sentence = _(
        "“%(type)s” is a system type: only implementers make and change such characteristics, "
        "with the command define_characteristics."
    )
    return sentence % {"type": type_.label}
