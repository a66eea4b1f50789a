"""Files of the demo office: a few signed papers, a few pictures of shops and hotels, drawn on the spot."""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from characteristics.models import Characteristic
from counterparties.models import Counterparty, Document, Value
from files.domain.intake import take

from .entering import working
from .firms import CLIENTS, Draft
from .past import Moment, backdate, happened, make, record_new, save

PAPERS, PICTURES, DOCUMENTS = 14, 16, 30
TITLES = [
    ("Price list", "Prices without tax, good until the end of the year."),
    ("Minutes of the meeting", "Agreed: deliveries on Tuesdays, invoices by e-mail."),
    ("Complaint", "Two packages came damaged; they are to be replaced."),
    ("Certificate of origin", "Every batch is from the country that is named on it."),
]
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


def file_away(drafts: list[Draft], people: Mapping[str, Any], now: datetime, random: Random) -> None:
    """Papers on dossiers: each by who looks after them, some shown to the client, one deleted since."""
    owners = [draft for draft in drafts if draft.codes & CLIENTS and draft.counterparty.archived_at is None]
    for number, draft in enumerate(random.sample(owners, k=min(DOCUMENTS, len(owners))), start=1):
        title, said = TITLES[number % len(TITLES)]
        moment = Moment(working(now - timedelta(days=3 * number), random), people["anna"], "card")
        brought = ContentFile(f"{title}\n\n{said}".encode(), name=f"{title} {draft.counterparty.code}.txt")
        with happened(moment):
            document = Document(
                counterparty=draft.counterparty,
                file=take(brought, counterparty=draft.counterparty),
                title=title if number % 3 else "",
                dated_on=moment.at.date() - timedelta(days=number % 5),
                uploaded_by=moment.by,
                is_shared=number % 4 == 0,
            )
            make([document])
            backdate([document], moment.at)
            record_new([document], moment)
        if number == DOCUMENTS:
            _throw_away(document, now, people)


def _throw_away(document: Document, now: datetime, people: Mapping[str, Any]) -> None:
    moment = Moment(now - timedelta(hours=26), people["admin"], "card", "Handed in twice")
    with happened(moment):
        document.deleted_at = moment.at
        save(document, moment)


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
