"""The rights on one type: every role, every right, and beside it who changed what."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.models import CounterpartyType
from desk.pages import settings
from rights.domain import matrix as domain

from .confirming import confirming
from .matrix_form import MatrixForm
from .matrix_history import history
from .matrix_page import matrix_page
from .matrix_sheet import Matrix

TYPES = "/settings/types/"


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def of_type(request: HttpRequest, code: str) -> HttpResponse:
    """Which role may do what with the counterparties of a type."""
    type_ = get_object_or_404(CounterpartyType, code=code)
    matrix = Matrix(request.decision.tree, one_type=type_)
    title = title_of(type_, matrix)

    def page(request: HttpRequest, form: MatrixForm | None = None) -> HttpResponse:
        return matrix_page(
            request,
            "rights/matrix.html",
            matrix,
            form,
            title=title,
            type=type_,
            subtypes=len(domain.below(type_, matrix.tree)),
            crumbs=crumbs_of(type_, matrix, here=True),
            **history(request, Q(type=type_.pk)),
        )

    if request.method != "POST":
        return page(request)
    return confirming(request, matrix, page, title=title, name=title, crumbs=crumbs_of(type_, matrix))


def title_of(type_: CounterpartyType, matrix: Matrix) -> str:
    return _("Rights to %(type)s") % {"type": matrix.tree.path(type_)}


def crumbs_of(type_: CounterpartyType, matrix: Matrix, *, here: bool = False) -> list[Any]:
    """The way to the rights of a type; ``here``: this is the page itself."""
    url = None if here else f"{TYPES}{type_.code}/rights/"
    return settings.crumbs("types", (matrix.tree.path(type_), f"{TYPES}#{type_.code}"), (_("Rights"), url))
