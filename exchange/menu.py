"""What comes in, what leaves, and what goes on behind the pages."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts
from exchange.domain.jobs import news


@parts.register
class Exchange(Part):
    """Everybody has exports and jobs; the number tells jobs that go on, and those that ended since one last looked."""

    code, position, heading = "exchange", 60, gettext_lazy("Sheets")

    def entries(self, request: HttpRequest) -> list[Entry]:
        return [
            Entry(_("Exports"), "/exports/"),
            Entry(_("Jobs"), "/jobs/", news.number(request.user) or None),
        ]
