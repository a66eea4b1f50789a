"""What every page of the office stands in: the menu, the colours, the name over the door."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject

from desk.menu import menu
from desk.pages.acts import open_to_guests


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template. The menu asks the database, so it waits until a page shows it."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)) if is_inside(request) else [],
        "theme": getattr(getattr(request, "user", None), "theme", "auto"),
        "office_name": settings.OFFICE_NAME,
    }


def is_inside(request: HttpRequest) -> bool:
    """Somebody who came through the door and about whom decisions can be asked."""
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and hasattr(request, "decision"))


@open_to_guests
@login_not_required
def mark(request: HttpRequest) -> HttpResponse:
    """Browsers ask for the mark of the tab here on pages that do not name it."""
    return HttpResponseRedirect(static("desk/mark.svg"))
