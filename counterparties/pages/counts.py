"""How many current counterparties there are by their types: asked once for the menu and the list of one page."""

from django.http import HttpRequest

from counterparties.domain import counting


def of_type_sets(request: HttpRequest) -> counting.Counts:
    """Type set → how many; the same numbers wherever this page shows them."""
    if not hasattr(request, "counted_type_sets"):
        request.counted_type_sets = counting.of_type_sets()
    return request.counted_type_sets


def with_status(request: HttpRequest) -> counting.Counts:
    """(type set, status or None) → how many; what the menu of this page shows is added up from them."""
    found = counting.of_type_sets_with_status()
    request.counted_type_sets = counting.summed(found)
    return found
