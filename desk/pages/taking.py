"""A list is taken along: its sheet is sent while it is made, and a large one is made while nobody waits."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse

from desk.pages.addresses import Address
from desk.sheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Leaving, Sheet

#: By this word in its address a page asks to be told when a sheet is a large one. Programs do not say it, and get
#: every sheet at once, however large.
LARGE, ASK = "large", "ask"


def taken(request: HttpRequest, sheet: Sheet, ending: str) -> HttpResponseBase:
    """A sheet on its way; it is made while it is sent."""
    if request.GET.get(LARGE) == ASK and sheet.is_larger_than(settings.LARGE_SHEET_ROWS):
        # The app that keeps the receipts makes it behind the pages; it is known here by its address alone.
        return HttpResponseRedirect(str(Address(reverse("export-new"), [("list", sheet.address), ("format", ending)])))
    if request.method == "HEAD":
        # Nothing leaves, so there is no receipt.
        content_type = CSV_CONTENT_TYPE if ending == "csv" else XLSX_CONTENT_TYPE
        return HttpResponse(content_type=content_type, headers={"Content-Disposition": disposition(sheet, ending)})
    leaving = Leaving(sheet, ending)
    response = StreamingHttpResponse(leaving, content_type=leaving.content_type)
    response["Content-Disposition"] = disposition(sheet, ending)
    return response


def disposition(sheet: Sheet, ending: str) -> str:
    return f'attachment; filename="{sheet.file_name}.{ending}"'


def may_be_large(listing: Any) -> bool:
    """As far as its page knows how many there are."""
    return bool(listing.count_is_capped or listing.count > settings.LARGE_SHEET_ROWS)


def ways(address: Address, is_large: bool) -> dict[str, str]:
    """The buttons of a list. Of one that may be large they ask first; ``address`` is that of the list itself."""
    if is_large:
        address = address.but({LARGE: ASK})
    return {f"{ending}_url": str(address.at(f"{address.path}sheet.{ending}")) for ending in ("xlsx", "csv")}
