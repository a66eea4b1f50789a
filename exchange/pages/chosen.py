"""Whom a bulk act is about: the ticked rows of a list, or all that the list shows."""

from array import array
from collections.abc import Sequence
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from counterparties.kinds import Kind, kinds
from counterparties.models import Counterparty, CounterpartyType
from counterparties.pages.asked import Question
from desk import text
from desk.pages.addresses import Address
from exchange.domain.bulk import MOST, ids_of

#: Names of the address that say whom and what; everything else in it is the question of the list.
OWN_NAMES = ("list", "rows", "row", "act")
CHOSEN, ALL = "chosen", "all"


class Chosen:
    """The counterparties of a bulk act, as far as the user may view them.

    ``row`` names single ones by id. ``rows=all``, or nothing said, means everybody in the list: ten thousand of them
    travel as the question that finds them, never as ids. ``list`` is the kind whose list it is.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.decision = request.decision
        said = _with_sent(request)
        words = said.getlist("rows")
        self.asked = list(dict.fromkeys(each for each in said.getlist("row") if each))
        self.is_all = words[-1] == ALL if words else not self.asked
        self.kind = _kind(said.get("list", ""))
        question = said.copy()
        for name in OWN_NAMES:
            question.pop(name, None)
        self.question = Question(question, request.decision, self.kind)

    @property
    def list_url(self) -> str:
        """Back to where the rows were ticked."""
        path = f"/{self.kind.path}/" if self.kind else reverse("register")
        return str(Address(path, self.question.pairs))

    @cached_property
    def records(self) -> QuerySet:
        if self.is_all:
            return self.question.records()
        known = [text.number(each) for each in self.asked]
        return self.decision.counterparties("view").filter(pk__in=[each for each in known if each is not None])

    @cached_property
    def ids(self) -> array:
        return ids_of(self.records)

    @property
    def count(self) -> int:
        return len(self.ids)

    @property
    def are_too_many(self) -> bool:
        return self.count > MOST

    @property
    def unknown(self) -> int:
        """Ticked, but not there for this user: gone, hidden, or nonsense, which to him are the same."""
        return 0 if self.is_all else len(self.asked) - self.count

    @cached_property
    def types(self) -> list[CounterpartyType]:
        """The types that at least one of them carries, as far as the user may view them."""
        sets = set(self.records.order_by().values_list("type_set", flat=True).distinct())
        carried = set().union(*[self.decision.type_sets.get(each, frozenset()) for each in sets])
        return [each for each in self.decision.types("view") if each.pk in carried]

    def first(self, many: int) -> Sequence[Counterparty]:
        return list(Counterparty.objects.filter(pk__in=self.ids[:many]).only("pk", "code", "name"))


def _with_sent(request: HttpRequest) -> QueryDict:
    """The address, with rows that a form sent in their place; so any number of them may be sent."""
    said = request.GET.copy()
    for name in ("rows", "row"):
        if name in request.POST:
            said.setlist(name, request.POST.getlist(name))
    return said


def _kind(code: str) -> Kind | None:
    if not code:
        return None
    if code not in kinds:
        raise Http404
    return kinds.get(code)
