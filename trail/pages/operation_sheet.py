"""The list of operations as a sheet: the same question, columns and order, as far as the reader may know of them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.databases import number_led
from desk.pages.acts import takes_along
from desk.pages.addresses import Address
from desk.pages.keyset import stretches
from desk.pages.taking import taken
from desk.sheets import Plain, rows_of
from trail.models import Operation
from trail.pages.operation_list import OperationQuestion

PATH = "/operations/"
#: So many are read, and asked whether the reader may know of them, at a time.
AT_ONCE = 500


@takes_along
@require_safe
def operations_sheet(request: HttpRequest, ending: str) -> HttpResponseBase:
    """What is listed, to take along."""
    return taken(request, sheet_of(request.GET, request.decision), ending)


def sheet_of(data: QueryDict, decision: Any) -> Plain:
    """The sheet of what is asked; for those who may export anything at all."""
    decision.require_anywhere("export")
    question = OperationQuestion(data, decision)
    column, descending = question.order
    sorted_by = f"{column.title} ↓" if descending else str(column.title)
    return Plain(
        decision.user,
        "operations",
        _("Operations"),
        address=str(Address(PATH, question.whole)),
        columns=question.chosen,
        rows=rows_of(question.chosen, portions(question)),
        filters=[(label, words) for label, words, _names in question.asked.chips()],
        circumstances=[(_("Sorted by"), sorted_by), *((_("Not understood"), note) for note in question.notes)],
        # How many of them the reader may know of is known when they have been read; there are no more than these.
        total=lambda: question.records().order_by().count(),
        is_large=lambda most: number_led(question.records(), most + 1) > most,
    )


def portions(question: OperationQuestion) -> Iterator[list[Operation]]:
    """All of them in their order, those left out of which the reader may not know."""
    column, descending = question.order
    wanted = {"pk", "user_id", "undoes_id", *(name for each in question.chosen for name in each.fields)}
    for stretch in stretches(question.records(), column.runs(descending)):
        waiting = stretch.only(*wanted).iterator(chunk_size=AT_ONCE)
        while batch := list(islice(waiting, AT_ONCE)):
            known = question.knowing.known(batch)
            yield [each for each in batch if each.pk in known]
