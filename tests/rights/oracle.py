"""Rule 1 of the product once more, in plain sets: what every page is measured against.

Nothing of the office's own decisions is asked here, so the two can disagree.
"""

from collections.abc import Iterable

#: Each of the types must grant these; of the others one type is enough.
ASKED_OF_EACH = {"add", "archive"}

#: (role, type, right)
Grants = Iterable[tuple[object, object, str]]


class Oracle:
    """What somebody with these roles may do. Types are whatever the grants call them."""

    def __init__(self, grants: Grants, roles: Iterable[object]) -> None:
        played = set(roles)
        self._mine = {(type_, right) for role, type_, right in grants if role in played}

    def granting(self, right: str) -> set:
        """The types that grant a right: never without view."""
        return {type_ for type_, granted in self._mine if granted == right and (type_, "view") in self._mine}

    def may(self, right: str, types: Iterable) -> bool:
        """May it be done to a counterparty of these types?"""
        types, granting = set(types), self.granting(right)
        return bool(types) and (types <= granting if right in ASKED_OF_EACH else bool(types & granting))

    def may_answer(self, right: str, types: Iterable, carriers: Iterable) -> bool:
        """Is what these carriers ask covered in a counterparty of these types?"""
        return bool(set(types) & set(carriers) & self.granting(right))
