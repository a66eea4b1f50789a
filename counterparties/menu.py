from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import counting
from counterparties.kinds import kinds
from counterparties.pages import counts
from desk.menu import Entry, Part, parts


@parts.register
class Home(Part):
    code, position = "home", 0

    def entries(self, request: HttpRequest) -> list[Entry]:
        return [Entry(_("Home"), "/")]


@parts.register
class Counterparties(Part):
    """All counterparties and those of each kind, as far as the reader may view one of its types."""

    code, position, heading = "counterparties", 10, gettext_lazy("Counterparties")

    def entries(self, request: HttpRequest) -> list[Entry]:
        decision = request.decision
        if not decision.may_anywhere("view"):
            return []
        current = counts.of_type_sets(request)
        all_of_them = Entry(_("All"), "/counterparties/", counting.total(current, decision.set_ids("view")))
        of_kinds = [
            Entry(kind.plural, f"/{kind.path}/", counting.total(current, decision.set_ids("view", types)))
            for kind in kinds
            if (types := {each.pk for each in decision.types("view") if each.kind_code == kind.code})
        ]
        return [all_of_them, *of_kinds]


@parts.register
class Agreements(Part):
    """What is done for them and what was signed; how many there are, nobody has to count on each page."""

    code, position, heading = "agreements", 20, gettext_lazy("Agreements")

    def entries(self, request: HttpRequest) -> list[Entry]:
        if not request.decision.may_anywhere("view"):
            return []
        return [Entry(_("Projects"), "/projects/"), Entry(_("Contracts"), "/contracts/")]
