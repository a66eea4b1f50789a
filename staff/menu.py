from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts


@parts.register
class Office(Part):
    """The settings and the administration, for those who may change them."""

    code, position, heading = "office", 90, gettext_lazy("Office")

    def entries(self, request: HttpRequest) -> list[Entry]:
        if not request.decision.may_manage_settings:
            return []
        people = [Entry(_("People"), "/people/")] if request.decision.is_superuser else []
        return [Entry(_("Settings"), "/settings/"), *people, Entry(_("Django admin"), "/admin/")]
