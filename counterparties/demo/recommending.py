"""Clients who came because another client had sent them."""

from random import Random

from characteristics.models import Characteristic
from counterparties.models import Value

from .firms import CLIENTS, Draft

RECOMMENDED = 160
#: A few clients send us most of the new ones.
GENEROUS = 24
SEED = 7


def recommend(drafts: list[Draft]) -> None:
    """Some clients name the one who recommended them; ``drafts`` stand in the order in which they came."""
    random = Random(SEED)  # noqa: S311 -- an invented office, no secret
    asked = Characteristic.objects.get(code="recommended-by")
    clients = [draft for draft in drafts if draft.codes & CLIENTS]
    half = len(clients) // 2
    known = random.sample(clients[:half], k=min(GENEROUS, half))
    for draft in random.sample(clients[half:], k=min(RECOMMENDED, half)):
        target = random.choice(known).counterparty
        draft.values.append(Value(characteristic=asked, target=target, counterparty=draft.counterparty))
