"""Who belongs to which holding."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.domain import holdings
from counterparties.models import Membership
from trail.domain.changes import Change
from trail.domain.undoing.pieces import Hindered, Piece, copied
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from .ground import MAY_NOT_EDIT, OfCounterparty, held


@undoings.register
class Memberships(OfCounterparty):
    """For whoever may edit the holding as one, as far as they may view the companies."""

    code, position, model, is_guarded = "counterparties.Membership", 100, Membership, True
    owner = "holding_id"
    has_facts_together = True

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        one = held(stretch).by_id.get(self.subject(change, stretch))
        as_holding = one is not None and holdings.as_holding(stretch.decision, "view", one)
        return as_holding and super().is_seen(change, stretch)

    def pieces(self, stretch: Stretch) -> list[Piece]:
        found = super().pieces(stretch)
        members = {piece.record.member_id for piece in found}
        seen = set(stretch.decision.counterparties("view").filter(pk__in=members).values_list("pk", flat=True))
        return [piece for piece in found if piece.record.member_id in seen]

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        if not holdings.as_holding(stretch.decision, "edit", held(stretch).by_id[piece.subject]):
            piece.lacks = "edit"
            return str(MAY_NOT_EDIT)
        return self._why_not_together(piece.step.after, stretch) if piece.is_return else ""

    def at_odds(self, record: Membership, pieces: Sequence[Piece], stretch: Stretch) -> dict[str, str]:
        why = self._why_not_together(record, stretch)
        return {name: why for piece in pieces for name in piece.names} if why else {}

    def _why_not_together(self, after: Membership, stretch: Stretch) -> str:
        """Why it could not be kept like this, beside those that become others in the same go as they will be."""
        if after.since and after.until and after.until < after.since:
            return _("It cannot leave before it joins.")
        told, becoming = (after.holding_id, after.member_id, after.since, after.until), self._becoming(stretch)
        beside = (each for pk, each in becoming.items() if each is not None and pk != after.pk)
        same = (each for each in beside if (each.holding_id, each.member_id) == told[:2] and holdings.meet(each, after))
        if other := next(same, None) or holdings.overlapping(*told, after.pk, *becoming):
            return holdings.overlap_words(other)
        return holdings.round_words(after.holding, after.member) if holdings.goes_round(*told) else ""

    def _becoming(self, stretch: Stretch) -> dict[int, Membership | None]:
        """All that go, come back or are changed, each as it would be."""
        if "memberships" not in stretch.known:
            found: dict[int, Membership | None] = {}
            for piece in stretch.of[self]:
                step = piece.step
                if not stretch.is_chosen(piece):
                    continue
                if step.after is None or not piece.names:
                    found[piece.record.pk] = step.after
                    continue
                record = found.get(step.now.pk) or copied(step.now, step.now, ())
                found[step.now.pk] = copied(record, step.after, piece.names)
            stretch.known["memberships"] = found
        return stretch.known["memberships"]

    def settle(self, pieces: Any, stretch: Stretch) -> None:
        """Two people at once are told apart where the memberships are kept."""
        for piece in pieces:
            if piece.step.after is not None:
                try:
                    holdings.refuse_nonsense(Membership.objects.get(pk=piece.step.after.pk))
                except ValidationError as error:
                    raise Hindered(" ".join(error.messages)) from None
