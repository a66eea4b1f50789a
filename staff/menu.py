from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts


@parts.register
class Office(Part):
    """The settings, for those who may change them."""

    code, position, heading = "office", 90, gettext_lazy("Office")

    def entries(self, request: HttpRequest) -> list[Entry]:
        return [Entry(_("Settings"), "/admin/")] if request.decision.may_manage_settings else []
