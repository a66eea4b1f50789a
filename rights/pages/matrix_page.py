"""Shows a matrix: as it is, or as somebody filled it in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from desk.pages.answers import show
from rights.domain import matrix as domain

from .matrix_form import MatrixForm
from .matrix_sheet import Matrix
from .matrix_ticks import Ticks


def matrix_page(
    request: HttpRequest, template: str, matrix: Matrix, form: MatrixForm | None, **context: Any
) -> HttpResponse:
    """The ticks of the office, or those of a form that was refused or is to be gone on with."""
    now, version = domain.state(matrix.type_ids), domain.version(matrix.type_ids)
    ticks = Ticks(matrix, now, now, {})
    sent = form if form is not None and "shown" in form.cleaned_data else None
    if sent:
        # Compared with what its own page had shown, or what others did since would be lost.
        version = sent.cleaned_data.get("version", version)
        state = {**now, **sent.state}
        ticks = Ticks(matrix, state, {**now, **sent.ticked}, sent.alls)
    return show(
        request,
        template,
        matrix=matrix,
        ticks=ticks,
        shown=matrix.shown(ticks.state),
        version=version,
        form=form if form is not None else MatrixForm(matrix=matrix),
        **context,
    )
