"""What of the counterparties the search box finds: lists of their types and towns, and the first of themselves."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from counterparties.domain import searching, towns
from counterparties.pages.facts import visible_path
from counterparties.pages.suggest import suggested
from desk.pages.finding import Finder, Hit, begins, finders


@finders.register
class Types(Finder):
    """The list of a type that the reader may view; a stopped one too, for it keeps its counterparties."""

    code, position = "types", 20

    def hits(self, request: HttpRequest, said: str) -> Iterable[Hit]:
        decision = request.decision
        return [
            Hit(visible_path(each, decision), f"/counterparties/?type={each.code}", _("Type"))
            for each in decision.types("view")
            if begins(each.label, said) or begins(each.code, said)
        ]


@finders.register
class Towns(Finder):
    """Those in a town, as a list: the words of a search are not looked for in towns."""

    code, position, most = "towns", 25, 2

    def hits(self, request: HttpRequest, said: str) -> Iterable[Hit]:
        decision = request.decision
        if not decision.may_anywhere("view"):
            return []
        named = towns.first_called(said, decision.counterparties("view").current(), self.most)
        return [Hit(each, f"/counterparties/?{urlencode({'city': each})}", _("Town")) for each in named]


@finders.register
class Counterparties(Finder):
    """Those in daily work; the archive is searched in the register."""

    code, position, most = "counterparties", 30, 8

    def hits(self, request: HttpRequest, said: str) -> Iterable[Hit]:
        decision = request.decision
        if not decision.may_anywhere("view"):
            return []
        current, tab = decision.counterparties("view").current(), ""
        if searching.question(said).is_iban:
            tab = "?tab=accounts"
        return [
            Hit(each.name, f"{each.get_absolute_url()}{tab}", each.code)
            for each in suggested(current, said, searching.hidden_clients(decision), self.most)
        ]
