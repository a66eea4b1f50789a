"""One import, at the step it has come to: its columns, the preview, the run, the report."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk import places
from desk.intake import SheetError
from desk.pages.acts import takes_along
from desk.pages.answers import done, show
from desk.sheets import XLSX_CONTENT_TYPE
from exchange.domain import importing, jobs
from exchange.models import Import
from exchange.models.importing import BEFORE, MAPPED, PREVIEWED, RECEIVED, RUNNING

from .imports import mine, require_writer
from .imports_form import MappingForm
from .imports_frame import LIST, crumbs
from .imports_preview import RunForm, preview
from .imports_progress import progress
from .imports_report import report


def found_of(request: HttpRequest, pk: int) -> Import:
    """One's own import, or for superusers anybody's; to others there is none."""
    return get_object_or_404(mine(request).select_related("file", "user", "operation", "job"), pk=pk)


def own(request: HttpRequest, pk: int) -> Import:
    """The import of whoever acts: its rows are judged by their rights, so nobody else runs it."""
    found = found_of(request, pk)
    if found.user_id != request.user.pk:
        raise PermissionDenied(_("Only %(person)s goes on with this import.") % {"person": found.user})
    require_writer(request.decision)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of an import: whatever comes next."""
    if request.method == "POST":
        return _send_columns(request, own(request, pk))
    found = found_of(request, pk)
    if not request.looking:
        importing.catch_up(found)
    is_own = found.user_id == request.user.pk
    if found.state == RECEIVED or (found.state in BEFORE and is_own and request.GET.get("step") == "columns"):
        return columns(request, found)
    if found.state in (MAPPED, RUNNING) and found.job and not found.job.is_over:
        return progress(request, found, found.job)
    if found.state == MAPPED:
        return columns(request, found, trouble=_why_not(found))
    return preview(request, found) if found.state == PREVIEWED else report(request, found)


def _send_columns(request: HttpRequest, found: Import) -> HttpResponse:
    """The columns are said: the preview is made, or the other sheet is opened."""
    if found.state not in BEFORE:
        return done(request, found.get_absolute_url())
    if "choose_sheet" in request.POST:
        return _choose_sheet(request, found)
    form = _form(request, found, request.POST)
    if form.is_valid():
        form.tell()
        try:
            importing.preview(found)
        except (SheetError, importing.ImportRefused) as wrong:
            form.add_error(None, str(wrong))
        else:
            return done(request, found.get_absolute_url())
    return columns(request, found, form)


def _why_not(found: Import) -> str:
    """Why there is no preview, though one was asked for."""
    return (found.job and found.job.what_failed) or _("It was stopped. Ask for it again.")


def _choose_sheet(request: HttpRequest, found: Import) -> HttpResponse:
    name = request.POST.get("sheet", "")
    if name in found.sheets and name != found.sheet:
        try:
            importing.choose_sheet(found, name)
        except SheetError as wrong:
            form = _form(request, found)
            return columns(request, found, form, sheet_trouble=str(wrong))
    return done(request, f"{found.get_absolute_url()}?step=columns")


def _form(request: HttpRequest, found: Import, *sent: Any) -> MappingForm:
    return MappingForm(*sent, of=found, decision=request.decision, fields=importing.fields_for(request.decision))


def columns(request: HttpRequest, found: Import, form: MappingForm | None = None, **more: Any) -> HttpResponse:
    """Which column is what, and what is to be done with the rows."""
    return show(
        request,
        "exchange/import_columns.html",
        of=found,
        form=form or _form(request, found),
        language=places.language_name(found.user.language or get_language() or "en"),
        is_own=found.user_id == request.user.pk,
        cancel_url=found.get_absolute_url() if found.state == PREVIEWED else LIST,
        crumbs=crumbs(found),
        **more,
    )


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What was previewed is done, behind the pages."""
    found = own(request, pk)
    form = RunForm(request.POST)
    if found.state == PREVIEWED and not form.is_valid():
        return preview(request, found, form)
    if found.state == PREVIEWED:
        found.reason = form.cleaned_data["reason"]
        importing.run(found, by=request.user)
    return done(request, found.get_absolute_url())


@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The rest of a run that was cut off."""
    found = own(request, pk)
    importing.go_on(found, by=request.user)
    return done(request, found.get_absolute_url())


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop; what was taken in stays, and can be taken back."""
    found = own(request, pk)
    if found.job:
        jobs.cancel(found.job)
    return done(request, found.get_absolute_url())


@takes_along
@require_safe
def refused(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that are left out, with their reasons as comments, to be mended and brought again."""
    found = found_of(request, pk)
    book, name = importing.refused_book(found), f"refused-{found.pk}.xlsx"
    return FileResponse(book, as_attachment=True, filename=name, content_type=XLSX_CONTENT_TYPE)
