"""What comes in, what leaves, and what goes on behind the pages."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts
from exchange.domain.jobs import news


@parts.register
class Exchange(Part):
    """Who may add or edit brings sheets in; everybody has exports and jobs. The number tells jobs that go on, and those
    that ended since one last looked."""

    code, position, heading = "exchange", 60, gettext_lazy("Sheets")

    def entries(self, request: HttpRequest) -> list[Entry]:
        may_write = request.decision.may_anywhere("add") or request.decision.may_anywhere("edit")
        return [
            *([Entry(_("Imports"), "/imports/")] if may_write else []),
            Entry(_("Exports"), "/exports/"),
            Entry(_("Jobs"), "/jobs/", news.number(request.user) or None),
        ]
