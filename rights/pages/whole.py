"""The whole matrix: every role over every type, or a part of it, in one Confirm."""

from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.models import CounterpartyType
from desk import text
from desk.pages import settings
from rights.catalog import RIGHTS

from .confirming import confirming
from .matrix_form import MatrixForm
from .matrix_history import history
from .matrix_page import matrix_page
from .matrix_sheet import Matrix

#: So many ticks are sent by one form; a larger office chooses a role or a type first.
MOST_TICKS = 18_000


@settings.settings_only
@require_http_methods(["GET", "HEAD", "POST"])
def whole(request: HttpRequest) -> HttpResponse:
    """Which role may do what with the counterparties of which type."""
    matrix = Matrix(request.decision.tree)
    role, type_ = _role(request, matrix), matrix.tree.by_code.get(request.GET.get("type", ""))
    is_too_large = not role and not type_ and len(matrix.roles) * len(matrix.types) * len(RIGHTS) > MOST_TICKS
    if is_too_large:
        role = matrix.roles[0]
    matrix.show_only(role, type_)
    title, name = _("Rights of all roles"), _("The matrix of rights")

    def page(request: HttpRequest, form: MatrixForm | None = None) -> HttpResponse:
        return matrix_page(
            request,
            "rights/whole.html",
            matrix,
            form,
            title=title,
            role=role,
            type=type_,
            is_too_large=is_too_large,
            crumbs=settings.crumbs("types", (title, None)),
            **history(request, _asked(role, type_)),
        )

    if request.method != "POST":
        return page(request)
    return confirming(
        request, matrix, page, title=title, name=name, crumbs=settings.crumbs("types", (title, "/settings/rights/"))
    )


def _role(request: HttpRequest, matrix: Matrix) -> Group | None:
    asked = text.number(request.GET.get("role", ""))
    return None if asked is None else matrix.role_by_id.get(asked)


def _asked(role: Group | None, type_: CounterpartyType | None) -> Q:
    """The rows of history that belong to the part that is shown."""
    rows = Q()
    if role:
        rows &= Q(role=role.pk)
    return rows & Q(type=type_.pk) if type_ else rows
