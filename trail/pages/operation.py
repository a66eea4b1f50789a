"""One operation: who, when, through what, why, and all it changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.pages.addresses import Address
from desk.pages.answers import show
from desk.registry import Registry
from trail.domain.undoing import kinds
from trail.models import Operation
from trail.pages.known import Knowing
from trail.pages.within import Within

#: So many records of a sort are counted on the page of one operation.
COUNTED = 20_000
#: Classes with a code, a position and ``ways(operation, request)``: (label, address) of what else tells of it.
ways = Registry("way from an operation")


@require_safe
def operation(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever may know of it; each sees in it what they may see."""
    knowing = Knowing(request.decision)
    found = get_object_or_404(Operation.objects.select_related("user", "undoes__user"), pk=pk)
    if not knowing.known([found]):
        raise Http404
    counts = knowing.counted([pk], most=COUNTED)[pk]
    within = Within(found, knowing, counts, request.GET.get("about", ""))
    place = request.GET.get("after", "")
    page = within.page(place)
    address = Address(request.path, [("about", within.about)] if within.about else [])
    return show(
        request,
        "trail/operation.html",
        operation=found,
        who=str(found.user) if found.user else _("the system"),
        address=found.address if request.decision.is_superuser else "",
        counts=list(knowing.counts_in_words(counts, most=COUNTED)),
        things=page.things,
        about=within.about,
        topics=grouped(within),
        next_url=str(address.but({"after": page.next})) if page.next else "",
        first_url=str(address) if place else "",
        undone_by=_known(knowing, found.undone_by.select_related("user").order_by("pk")),
        undoes=next(iter(_known(knowing, [found.undoes] if found.undoes else [])), None),
        ways=[way for each in ways for way in each.ways(found, request)],
        may_be_undone=not kinds.why_never(found),
        crumbs=[(_("Operations"), "/operations/"), (_("Operation %(number)d") % {"number": pk}, None)],
    )


def grouped(within: Within) -> list[tuple[str, list[Any]]]:
    """The topics of a choice, under their headings."""
    found: dict[str, list[Any]] = {}
    for _speaker, topic in within.topics.values():
        found.setdefault(str(topic.heading), []).append(topic)
    return list(found.items())


def _known(knowing: Knowing, operations: Any) -> list[Operation]:
    known = knowing.known(list(operations))
    return [each for each in operations if each.pk in known]
