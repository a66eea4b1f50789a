"""A large list is taken along: the sheet is made behind the pages, and its owner is told when it is ready."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from desk.pages.acts import takes_along
from desk.pages.answers import done, show
from desk.pages.sources import sheet_of
from desk.sheets import Sheet
from exchange.domain import jobs

ENDINGS = ("xlsx", "csv")
#: Without a list named, it is that of all counterparties.
REGISTER = "/counterparties/"


@takes_along
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The first time it is told what would be made; confirmed, a job is put into the queue."""
    said = request.POST if request.method == "POST" else request.GET
    address, ending = said.get("list") or REGISTER, said.get("format", ENDINGS[0])
    sheet = sheet_of(address, request.decision)
    if sheet is None or ending not in ENDINGS:
        raise Http404
    if request.POST.get("confirmed") == "1":
        job = jobs.enqueue(
            "export", by=request.user, about=about(sheet, ending), said={"list": sheet.address, "format": ending}
        )
        return done(request, job.get_absolute_url(), _("The sheet is being made. You may leave this page."))
    return show(
        request,
        "desk/confirm.html",
        title=_("A sheet for later"),
        question=question(sheet, ending),
        consequences=consequences(sheet),
        confirm_label=_("Make it"),
        cancel_url=sheet.address,
        sent=[("list", sheet.address), ("format", ending)],
        crumbs=[(str(sheet.title), sheet.address), (_("A sheet for later"), None)],
    )


def about(sheet: Sheet, ending: str) -> str:
    """By which words its owner knows the job."""
    return _("Sheet (%(format)s): %(list)s") % {"format": ending.upper(), "list": sheet.title}


def question(sheet: Sheet, ending: str) -> str:
    number = settings.LARGE_SHEET_ROWS
    named: dict[str, Any] = {"list": sheet.title, "format": ending.upper(), "number": number}
    if not sheet.is_larger_than(number):
        return _("Make “%(list)s” as %(format)s while nobody waits for it?") % named
    sentence = ngettext(
        "“%(list)s” has more than %(number)d row. Make it as %(format)s while nobody waits for it?",
        "“%(list)s” has more than %(number)d rows. Make it as %(format)s while nobody waits for it?",
        number,
    )
    return sentence % named


def consequences(sheet: Sheet) -> list[str]:
    """What will come of it, and what was asked of the list."""
    days = settings.KEEP_JOB_FILES_DAYS
    kept = ngettext(
        "You find the file under Jobs when it is ready; it is kept for %(number)d day, for you alone.",
        "You find the file under Jobs when it is ready; it is kept for %(number)d days, for you alone.",
        days,
    )
    return [
        *(f"{label}: {words}" for label, words in sheet.asked()),
        _("Columns: %(columns)s") % {"columns": ", ".join(sheet.header)},
        kept % {"number": days},
        _("Your rights are asked again when it is made, and when you fetch it."),
    ]
