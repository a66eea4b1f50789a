"""What rows say of a counterparty's company and delivery address: shared facts, for whoever may edit it."""

from collections.abc import Iterable, Sequence
from typing import Any

from counterparties.domain import clients
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import Address, Counterparty
from desk.said import gettext as _

from .plan import Draft, Plan


class Addresses:
    """Decides what the columns of addresses say, a chunk at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stored: dict[tuple[int, str], Address] = {}

    def begin(self, ids: Sequence[int], drafts: Iterable[Draft], allowed: Allowed) -> None:
        """Read what is stored of a whole chunk at once, as far as the sheet speaks of it."""
        self._allowed = allowed
        rows = Address.objects.filter(counterparty__in=ids, kind__in=clients.PLACES)
        is_spoken_of = any(each.places for each in drafts)
        self._stored = {(each.counterparty_id, each.kind): each for each in rows} if is_spoken_of else {}

    def said(self, draft: Draft, owner: Counterparty | None, tells: Any = None) -> tuple[list[Address], list[Address]]:
        """The addresses to be kept, and those to be taken away: of which nothing is said any more."""
        kept, gone = [], []
        for kind, said in draft.places.items():
            stored = self._stored.get((owner.pk, kind)) if owner else None
            place = stored or Address(counterparty=owner, kind=kind)
            another = {part: word for part, word in said.items() if word != getattr(place, part)}
            if not another:
                continue
            # Whoever is new is added by the right to add; that is asked elsewhere.
            if owner and not self._allowed.may_edit(self._allowed.types_of(owner)):
                self._refuse(draft, f"{kind}-{next(iter(another))}", _("You may not edit this counterparty."))
                continue
            for part, word in another.items():
                if tells:
                    tells(draft, f"{kind}-{part}", getattr(place, part), word)
                setattr(place, part, word)
            place.derive()
            if any(getattr(place, part) for part in clients.PLACE if part != "country"):
                kept.append(place)
            elif place.country:
                message = _("A country alone is no address: write the street or the town.")
                self._refuse(draft, f"{kind}-country", message)
            elif stored:
                gone.append(stored)
        return kept, gone

    def _refuse(self, draft: Draft, name: str, why: str) -> None:
        draft.refuse(why, self._plan.column_of(name))
