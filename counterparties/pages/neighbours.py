"""Previous and next: the neighbours of a counterparty in the list its reader came from."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from counterparties.kinds import Kind
from counterparties.models import Counterparty
from counterparties.pages import lists
from counterparties.pages.asked import Question
from desk.pages import keyset


@dataclass(frozen=True)
class Walk:
    """The list the reader walks through, and the next steps in it."""

    label: str
    list_url: str
    previous_url: str
    next_url: str


def walk(request: HttpRequest, counterparty: Counterparty) -> Walk | None:
    """The neighbours in the list that the address names, or else the one the reader came from."""
    address = request.GET.get("list") or _came_from(request)
    found = lists.read(address)
    if found is None:
        return None
    _path, kind, data = found
    return _neighbours(request, counterparty, address, kind, data)


def carried(walked: Walk | None) -> dict[str, str]:
    """What an address carries on, so that the walk goes on from there."""
    return {"list": walked.list_url} if walked else {}


def _came_from(request: HttpRequest) -> str:
    """The page the link stood on, within the office; so the links of a list stay short."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if page.netloc != request.get_host():
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path


def _neighbours(
    request: HttpRequest, counterparty: Counterparty, address: str, kind: Kind | None, data: QueryDict
) -> Walk | None:
    question = Question(data, request.decision, kind)
    order, descending = question.order
    runs, records = order.runs(descending), question.records()
    here = keyset.places(records.filter(pk=counterparty.pk), runs, 1)
    if not here:
        # It left the list meanwhile, or never stood in it.
        return None
    place = here[0][0]
    before = keyset.places(records, runs, 1, place, backwards=True)
    after = keyset.places(records, runs, 1, place)
    return Walk(
        label=lists.title(kind),
        list_url=address,
        previous_url=_step(before, address),
        next_url=_step(after, address),
    )


def _step(found: list[tuple[keyset.Place, object]], address: str) -> str:
    return f"{reverse('counterparty', args=[found[0][0][-1]])}?{urlencode({'list': address})}" if found else ""
