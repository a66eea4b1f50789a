"""Who uses characteristics, nomenclatures and elements. An app whose records do says so in its own `usage.py`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from characteristics.domain.uses import Carrier, Filled, Foreseen, Found, Use
from characteristics.models import Characteristic, Element, Nomenclature
from desk.registry import Registry

__all__ = ["Carrier", "Filled", "Foreseen", "Found", "Use", "User", "users"]

users = Registry("user of characteristics")


class User:
    """One app's answers. Everything is asked for many at once."""

    code = ""
    position = 0

    def carriers(self) -> list[Carrier]:
        """Every type of its records, parents before children."""
        return []

    def tied(self, characteristics: Sequence[Characteristic]) -> dict[int, list[Carrier]]:
        """Characteristic → the types it hangs on."""
        return {}

    def filled(self, decision: Any) -> dict[int, Filled]:
        """Characteristic → how many records say something for it."""
        return {}

    def filled_url(self, characteristic: Characteristic) -> str:
        """Where those that say something for it are listed."""
        return ""

    def is_asked(self, characteristic: Characteristic) -> bool:
        """Does a type ask for it, or has a record said something?"""
        return False

    def asked(self, characteristic: Characteristic) -> list[Use]:
        """By whom."""
        return []

    def values(self, characteristic: Characteristic) -> int:
        """How many values are stored, archived records included."""
        return 0

    def outside(self, characteristic: Characteristic, target_type: Any) -> int:
        """How many values point at a record that is not of this type."""
        return 0

    def has_several(self, characteristic: Characteristic) -> int:
        """How many records say more than one thing."""
        return 0

    def beyond(self, characteristic: Characteristic, limit: str) -> Found:
        """What its records have said that one limit of the characteristic, as it is given here, would refuse."""
        return Found()

    def facts_called(self, names: Sequence[str]) -> list[str]:
        """Which of these names a fact that all its records have is called by, in any language."""
        return []

    def links(self, owners: Sequence[int], decision: Any) -> list[tuple[str, str]]:
        """(name, address) of these records, as far as the reader may view them."""
        return []

    def tie(self, characteristic: Characteristic, codes: Iterable[str]) -> None:
        """Hang it on exactly these types; inside the caller's operation."""

    def foresee(self, characteristic: Characteristic, codes: Iterable[str]) -> Foreseen:
        """If it hung on exactly these types and were required."""
        return Foreseen()

    def element_counts(self, elements: Sequence[Element], decision: Any) -> dict[int, Filled]:
        """Element → how often it is said."""
        return {}

    def element_lists(self, nomenclature: Nomenclature, decision: Any) -> list[str]:
        """Where those that say one of its elements are listed: addresses that end before its code."""
        return []

    def is_said(self, elements: Iterable[int]) -> bool:
        """Does any record say one of these elements?"""
        return False

    def said(self, element: Element) -> list[Use]:
        """By whom."""
        return []


def carriers() -> list[Carrier]:
    return [carrier for user in users for carrier in user.carriers()]


def tied(characteristics: Sequence[Characteristic]) -> dict[int, list[Carrier]]:
    """Characteristic → the types it hangs on; no key without any."""
    found: dict[int, list[Carrier]] = {}
    for user in users:
        for pk, types in user.tied(characteristics).items():
            found.setdefault(pk, []).extend(types)
    return found


def filled(decision: Any) -> dict[int, Filled]:
    return _added(user.filled(decision) for user in users)


def filled_url(characteristic: Characteristic) -> str:
    return next((url for user in users if (url := user.filled_url(characteristic))), "")


def element_counts(elements: Sequence[Element], decision: Any) -> dict[int, Filled]:
    return _added(user.element_counts(elements, decision) for user in users)


def element_list(nomenclature: Nomenclature, decision: Any) -> str:
    """The one list of those that say an element, when its code is added; nothing where there are several or none."""
    lists = [each for user in users for each in user.element_lists(nomenclature, decision)]
    return lists[0] if len(lists) == 1 else ""


def characteristic_is_used(characteristic: Characteristic) -> bool:
    return any(user.is_asked(characteristic) for user in users)


def uses_of_characteristic(characteristic: Characteristic) -> list[Use]:
    return [use for user in users for use in user.asked(characteristic)]


def values(characteristic: Characteristic) -> int:
    return sum(user.values(characteristic) for user in users)


def outside(characteristic: Characteristic, target_type: Any) -> int:
    return sum(user.outside(characteristic, target_type) for user in users)


def has_several(characteristic: Characteristic) -> int:
    return sum(user.has_several(characteristic) for user in users)


def beyond(characteristic: Characteristic, limit: str) -> Found:
    """The first app whose records say something beyond a limit; nothing where none does."""
    found = (user.beyond(characteristic, limit) for user in users)
    return next((each for each in found if each.count), Found())


def links(owners: Sequence[int], decision: Any) -> list[tuple[str, str]]:
    return [each for user in users for each in user.links(owners, decision)] if owners else []


def tie(characteristic: Characteristic, codes: Iterable[str]) -> None:
    wanted = list(codes)
    for user in users:
        user.tie(characteristic, wanted)


def foresee(characteristic: Characteristic, codes: Iterable[str]) -> Foreseen:
    wanted = list(codes)
    every = [user.foresee(characteristic, wanted) for user in users]
    names = ("hidden", "hidden_filled", "appearing", "lacking")
    return Foreseen(**{name: sum(getattr(each, name) for each in every) for name in names})


def nomenclature_is_used(nomenclature: Nomenclature) -> bool:
    """By a characteristic, a stopped one too, or through one of its elements."""
    return nomenclature.characteristics.exists() or nomenclature_is_said(nomenclature)


def nomenclature_is_said(nomenclature: Nomenclature) -> bool:
    """Does any record say one of its elements?"""
    elements = nomenclature.elements.values("pk")
    return any(user.is_said(elements) for user in users)


def element_is_used(element: Element) -> bool:
    """By an element that stands under it, or by a record that says it."""
    is_said = element.children.exists() or any(user.is_said([element.pk]) for user in users)
    return is_said or presetting(element).exists()


def uses_of_element(element: Element) -> list[Use]:
    preset = [
        Use(
            _("New cards begin with it: it is the preset answer of “%(name)s”.") % {"name": each.label},
            f"/settings/characteristics/{each.code}/edit/",
        )
        for each in presetting(element)
    ]
    return [*(use for user in users for use in user.said(element)), *preset]


def presetting(element: Element) -> QuerySet[Characteristic]:
    """The characteristics with which a new card says it from the start."""
    return Characteristic.objects.filter(nomenclature=element.nomenclature_id, default=element.code)


def facts_called(names: Iterable[str]) -> list[str]:
    """Which of these names records bear a fact of their own under, in any language."""
    asked = list(names)
    return [each for user in users for each in user.facts_called(asked)]


def _added(every: Iterable[dict[int, Filled]]) -> dict[int, Filled]:
    added: dict[int, Filled] = {}
    for counts in every:
        for pk, count in counts.items():
            before = added.get(pk, Filled())
            added[pk] = Filled(before.seen + count.seen, before.others or count.others)
    return added
