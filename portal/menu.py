from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.menu import Entry, Part, parts
from portal.domain import as_client


@parts.register
class Proposals(Part):
    """What clients would have changed; for whoever may view clients."""

    code, position, heading = "proposals", 25, gettext_lazy("Agreements")

    def entries(self, request: HttpRequest) -> list[Entry]:
        return [Entry(_("Proposals"), "/proposals/")] if as_client.knows_clients(request.decision) else []
