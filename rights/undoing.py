"""How changes of the matrix are taken back, and why looks are not."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rights.domain import granting
from rights.models import Grant, Look
from staff.models import User
from trail.domain.changes import Change
from trail.domain.undoing.office import OfOffice
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import Undoing, undoings
from trail.domain.undoing.stretch import Stretch

#: A role and a type.
Row = tuple[int, int]


@undoings.register
class Grants(OfOffice):
    """One tick of the matrix. Taken away and given again it is the same tick, whatever its number."""

    code, position, model, is_guarded = "rights.Grant", 260, Grant, False
    loose = ("id",)
    unique = (("role_id", "type_id", "right"),)

    def now(self, changes: Sequence[Change], stretch: Stretch) -> dict[int, Any]:
        types = {each.record.type_id for each in changes}
        if stretch.is_held:
            granting.hold(types)
        there = {(each.role_id, each.type_id, each.right): each for each in Grant.objects.filter(type__in=types)}
        found = {each.record.pk: there.get(_cell(each.record)) for each in changes}
        return {pk: each for pk, each in found.items() if each is not None}

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        """Every right works only together with *view*, afterwards too."""
        after = self._after(stretch)
        rights = after.get(_cell(piece.record)[:2], set())
        if rights and "view" not in rights:
            return _("No right works without “view”; take back both, or change the matrix by hand.")
        return ""

    def _after(self, stretch: Stretch) -> dict[Row, set[str]]:
        """Which rights the rows of the matrix would have."""
        if "rights after" not in stretch.known:
            pieces = stretch.of[self]
            found: dict[Row, set[str]] = {}
            for role, type_, right in Grant.objects.filter(
                type__in={piece.record.type_id for piece in pieces}
            ).values_list("role", "type", "right"):
                found.setdefault((role, type_), set()).add(right)
            for piece in pieces:
                role, type_, right = _cell(piece.record)
                if stretch.is_chosen(piece) and piece.is_removal:
                    found.get((role, type_), set()).discard(right)
                elif stretch.is_chosen(piece) and piece.is_return:
                    found.setdefault((role, type_), set()).add(right)
            stretch.known["rights after"] = found
        return stretch.known["rights after"]


def _cell(grant: Grant) -> tuple[int, int, str]:
    return grant.role_id, grant.type_id, grant.right


@undoings.register
class Looks(Undoing):
    code, position, model = "rights.Look", 905, Look
    never = gettext_lazy("Looking as somebody else changed nothing; that it happened stays in the history.")


@undoings.register
class People(Undoing):
    code, position, model = "staff.User", 910, User
    never = gettext_lazy("People, their log-ins and their roles are changed under “People”.")


@undoings.register
class Roles(Undoing):
    code, position, model = "auth.Group", 915, Group
    never = gettext_lazy("Roles are named, added and deleted under “People”.")
