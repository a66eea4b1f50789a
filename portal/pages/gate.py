"""The gate before all pages: a client finds his own page behind his log-in, and nothing else answers him."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from desk.pages.acts import open_to_guests
from portal.domain.entering import way_in

View = Callable[..., HttpResponse]
#: Where a client's own pages begin.
PAGE = "/portal/"


def for_the_client(view: View) -> View:
    """A page of the client's own, about ``request.access``. To colleagues there is none: they have the dossier."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.access is None:
            raise Http404
        return view(request, *args, **kwargs)

    return open_to_guests(answer)


class GateMiddleware:
    """Decides anew at each request, so that whoever was let in yesterday is out the moment it is withdrawn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = None
        if getattr(request.user, "is_guest", False):
            request.access = way_in(request.user)
            if request.access is None:
                return self._out(request)
        return self.get_response(request)

    def _out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        messages.warning(request, _("This log-in is not open any more. Ask the office if you need it."))
        return redirect_to_login(request.get_full_path())

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.access is None or getattr(view, "is_open_to_guests", False):
            return None
        if request.path == "/":
            # Log-in leads everybody to the first page; his is his own.
            return HttpResponseRedirect(PAGE)
        raise Http404
