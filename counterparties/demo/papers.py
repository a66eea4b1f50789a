"""Files of the demo office: a few signed papers, a few pictures of shops and hotels, drawn on the spot."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value
from files.domain.intake import take

from .entering import working
from .firms import CLIENTS, Draft
from .past import Moment, happened, save

PAPERS, PICTURES = 14, 16
VISITED = {"retail", "horeca"}
SKIES = ("#bcd7ee", "#f2d9b8", "#c9c5e6", "#dfe7d1")
WALLS = ("#b5533c", "#e0c48a", "#6d8a96", "#8f6b8c", "#d98e73")


def hand_in(drafts: list[Draft], people: Mapping[str, Any], now: datetime, random: Random) -> None:
    """On days of the last months somebody put them on the cards of clients."""
    asked = {each.code: each for each in Characteristic.objects.filter(code__in=("agreement", "shop-front"))}
    clients = [draft for draft in drafts if draft.codes & CLIENTS and draft.counterparty.archived_at is None]
    visited = [draft for draft in clients if draft.codes & VISITED]
    acts = [(each, "agreement") for each in random.sample(clients, k=min(PAPERS, len(clients)))]
    acts += [(each, "shop-front") for each in random.sample(visited, k=min(PICTURES, len(visited)))]
    for days, (draft, code) in zip(range(len(acts) + 2, 2, -1), acts, strict=True):
        counterparty = Counterparty.objects.get(pk=draft.counterparty.pk)
        moment = Moment(working(now - timedelta(days=days), random), people["anna"], "card")
        with happened(moment):
            counterparty.claim(counterparty.version)
            brought = _paper(counterparty, moment.at) if code == "agreement" else _picture(random)
            file = take(brought, counterparty=counterparty)
            save(Value(counterparty=counterparty, characteristic=asked[code], file=file), moment)


def _paper(counterparty: Counterparty, at: datetime) -> ContentFile:
    lines = ["Framework agreement", f"between us and {counterparty.name}", f"Signed on {at:%Y-%m-%d}."]
    return ContentFile("\n\n".join(lines).encode(), name=f"Agreement {counterparty.code}.txt")


def _picture(random: Random) -> ContentFile:
    """A house with a door and windows."""
    drawn = Image.new("RGB", (480, 320), random.choice(SKIES))
    pen = ImageDraw.Draw(drawn)
    left, top, right = random.randint(40, 90), random.randint(70, 130), random.randint(390, 440)
    pen.rectangle((0, 270, 480, 320), fill="#8c9484")
    pen.rectangle((left, top, right, 280), fill=random.choice(WALLS))
    pen.rectangle((left, top, right, top + 26), fill="#3c4450")
    for place in range(left + 24, right - 56, 78):
        pen.rectangle((place, top + 50, place + 46, top + 100), fill="#f4f1e6", outline="#3c4450", width=3)
    pen.rectangle((right - 70, 200, right - 24, 280), fill="#5a3d2b")
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return ContentFile(written.getvalue(), name="Street front.png")
