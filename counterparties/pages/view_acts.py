"""What is done to a saved view by one press, and the columns a person has remembered for a list."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from counterparties.domain import views as acts
from counterparties.pages import every_list
from counterparties.pages.list_views import address_of
from counterparties.pages.views import asked, mine
from desk.pages.addresses import Address
from desk.pages.answers import done, show


@require_POST
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """The view shows from now on what its list is asked for here (field ``list``: the address of the list)."""
    view = mine(request, pk)
    its, question = asked(request, request.POST.get("list", ""))
    if its.path != view.path:
        raise Http404
    try:
        acts.ask_anew(view, question.whole)
    except ValidationError as refused:
        return _refused(request, view.name, refused)
    view.refresh_from_db()
    return done(request, address_of(view), _("The view “%(name)s” shows this list from now on.") % {"name": view.name})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once; the list and what stands in it stay."""
    view = mine(request, pk)
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        acts.delete(view)
        return done(request, reverse("views"), _("The view “%(name)s” is deleted.") % {"name": view.name})
    shared = _("Everybody in the role “%(role)s” loses it from their menu.")
    return show(
        request,
        "desk/confirm.html",
        title=_("Delete a view"),
        question=_("Delete the view “%(name)s”?") % {"name": view.name},
        consequences=[
            *([shared % {"role": view.role.name}] if view.role else []),
            _("The counterparties it lists stay as they are."),
        ],
        confirm_label=_("Delete"),
        cancel_url=reverse("views"),
        is_danger=True,
        crumbs=[(_("Saved views"), reverse("views")), (view.name, None)],
    )


@require_POST
def up(request: HttpRequest, pk: int) -> HttpResponse:
    return _stepped(request, pk, -1)


@require_POST
def down(request: HttpRequest, pk: int) -> HttpResponse:
    return _stepped(request, pk, 1)


def _stepped(request: HttpRequest, pk: int, by_places: int) -> HttpResponse:
    view = mine(request, pk)
    acts.step(view, by_places)
    return done(request, f"{reverse('views')}#view-{view.pk}")


@require_POST
def remember(request: HttpRequest) -> HttpResponse:
    """These columns whenever the address of the list names none; without any the list has its own again."""
    found = every_list.read(request.GET.get("list") or reverse("register"))
    if found is None:
        raise Http404
    its, _data = found
    question = its.question(request.POST, request.decision)
    chosen = [column.key for column in question.chosen]
    # Who chooses what the list has anyway wants it to grow with the office.
    chosen = [] if chosen == question.own_columns else chosen
    try:
        acts.remember_columns(request.user, its.path, chosen)
    except ValidationError as refused:
        return _refused(request, its.title, refused)
    said = _("These columns are remembered for you.") if chosen else _("The list has its own columns again.")
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("columns", "csrfmiddlewaretoken")
        for value in values
    ]
    return done(request, str(Address(its.path, kept)), said)


def _refused(request: HttpRequest, title: str, refused: ValidationError) -> HttpResponse:
    links = [(_("Saved views"), reverse("views"))]
    return show(request, "desk/message.html", status=422, title=title, sentence=refused.messages[0], links=links)
