"""A large list is taken along: the sheet is made behind the pages, and its owner is told when it is ready."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from desk.pages.answers import done, show
from desk.pages.sources import sheet_of
from desk.said import gettext as _
from desk.said import label
from desk.sheets import Sheet
from exchange.domain import jobs

ENDINGS = ("xlsx", "csv")
#: Without a list named, it is that of all counterparties.
REGISTER = "/counterparties/"


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
        "exchange/export_new.html",
        title=_("A sheet in the background"),
        question=question(sheet, ending),
        facts=facts(sheet),
        at_once_url=at_once(sheet, ending),
        cancel_url=sheet.address,
        days=settings.KEEP_JOB_FILES_DAYS,
        sent=[("list", sheet.address), ("format", ending)],
        crumbs=[(str(sheet.title), sheet.address), (_("A sheet in the background"), None)],
    )


def about(sheet: Sheet, ending: str) -> str:
    """By which words its owner knows the job."""
    return _("Sheet (%(format)s): %(list)s") % {"format": ending.upper(), "list": label(lambda: sheet.title)}


def at_once(sheet: Sheet, ending: str) -> str:
    """The same sheet for whoever would rather wait for it."""
    path, mark, query = sheet.address.partition("?")
    return f"{path}sheet.{ending}{mark}{query}"


def question(sheet: Sheet, ending: str) -> str:
    number = settings.LARGE_SHEET_ROWS
    named = {
        "list": sheet.title,
        "format": ending.upper(),
        "number": number_format(number, use_l10n=True, force_grouping=True),
    }
    if not sheet.is_larger_than(number):
        return _("Make “%(list)s” as %(format)s in the background?") % named
    sentence = ngettext(
        "“%(list)s” has more than %(number)s row. Make it as %(format)s in the background?",
        "“%(list)s” has more than %(number)s rows. Make it as %(format)s in the background?",
        number,
    )
    return sentence % named


def facts(sheet: Sheet) -> list[tuple[str, str]]:
    """What will be made, in words."""
    return [*sheet.filters(), *sheet.circumstances(), (_("Columns"), ", ".join(sheet.header))]
