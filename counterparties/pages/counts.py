"""How many current counterparties there are by their types: asked once for the menu and the list of one page."""

from django.http import HttpRequest

from counterparties.domain import counting
from counterparties.pages.asked import Question


def of_type_sets(request: HttpRequest) -> counting.Counts:
    """Type set → how many; the same numbers wherever this page shows them."""
    if not hasattr(request, "counted_type_sets"):
        request.counted_type_sets = counting.of_type_sets()
    return request.counted_type_sets


def of_question(question: Question, request: HttpRequest) -> counting.Counts | None:
    """Type set → how many answer, where nothing is asked for but types, statuses and the archive; None elsewhere."""
    asked = question.asked
    if asked.answers.keys() - {"type", "kind", "status", "archived"}:
        return None
    codes, archived = asked.answer("status"), asked.answer("archived", "no")
    if codes is None and archived == "no":
        return of_type_sets(request)
    statuses = None if codes is None else [pk for pk, each in question.statuses.items() if each.code in codes]
    return counting.of_type_sets({"no": False, "yes": True, "all": None}[archived], statuses)
