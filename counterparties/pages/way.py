"""The way to the pages of one counterparty, as the crumbs tell it."""

from typing import Any

from counterparties.models import Counterparty

Crumb = tuple[Any, str | None]


def way(decision: Any, counterparty: Counterparty, *further: Crumb, url: str = "") -> list[Crumb]:
    """*Clients / C10412* on its dossier; *Clients / Danube Agro / Card* on the pages further in.

    ``url``: where its name leads, if to a certain part of the dossier.
    """
    kind = decision.visible_types(counterparty)[0].kind
    itself = (counterparty.name, url or counterparty.get_absolute_url()) if further else (counterparty.code, None)
    return [(kind.plural, f"/{kind.path}/"), itself, *further]
