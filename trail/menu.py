from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts


@parts.register
class Operations(Part):
    """Who did what: there is always something one may know, if only what one did oneself."""

    code, position, heading = "operations", 85, gettext_lazy("Office")

    def entries(self, request: HttpRequest) -> list[Entry]:
        return [Entry(_("Operations"), "/operations/")]
