"""Django admin: for superusers, and for those who manage the settings."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.pages.onward import onward


class Administration(AdminSite):
    """Its pages are Django's; its door is the office's."""

    site_header = gettext_lazy("Administration of the office")
    site_title = gettext_lazy("Administration")
    index_title = gettext_lazy("What can be administered")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return user.is_active and (user.is_superuser or user.has_perm("staff.manage_settings"))


@login_not_required
def way_in(request: HttpRequest) -> HttpResponse:
    """The admin has no door of its own: strangers go to ours, colleagues without the right are told so."""
    wanted = onward(request, otherwise="/admin/")
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"/login/?{urlencode({'next': wanted})}")
    if Administration().has_permission(request):
        return HttpResponseRedirect(wanted)
    raise PermissionDenied(_("The administration is open to those who manage the settings of the office."))
