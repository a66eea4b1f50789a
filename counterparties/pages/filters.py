"""The built-in filters of a list of counterparties. To add one, write a class and name it in ``built_in``."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from counterparties.domain import holdings, searching
from counterparties.kinds import kinds
from counterparties.models import Counterparty, Status
from counterparties.pages import client_filters
from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.in_holding import InHolding
from counterparties.pages.in_town import InTown
from desk import places, text
from desk.databases import OneOf, number, within
from desk.fields import DateFormField
from desk.pages.filters import CodesField, Filter, SuggestedMany

#: Days outside are as good as these; a clock cannot be set to them in every time zone.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 1, 1)


class QuestionField(forms.CharField):
    """Free text; it is read as far as a question is read."""

    widget = forms.TextInput(attrs={"type": "search"})

    def to_python(self, value: Any) -> str:
        return text.clean(str(value or "").replace("\x00", " "))[: searching.LONGEST]

    def validate(self, value: Any) -> None:
        """Anything may be asked."""

    def run_validators(self, value: Any) -> None:
        """Anything may be asked."""


class Search(Filter):
    """Any word of what they are called, numbered or reached by."""

    key = "q"

    def __init__(self, decision: Any) -> None:
        self.label = _("Search")
        self._decision = decision

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"q": QuestionField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        question = searching.question(asked["q"])
        if not question.readings:
            return Q()
        seen, no_clients = self._decision.counterparties("view"), searching.hidden_clients(self._decision)
        if seen.query.where and number(seen, searching.FEW_SEEN + 1) <= searching.FEW_SEEN:
            return searching.in_each(question, no_clients)
        return searching.answering(question, no_clients)


class OfTypes(OneOfCodes):
    """Types with their subtypes. The list is narrowed by them before it is filtered, so there is no condition here."""

    key = "type"

    def __init__(self, decision: Any) -> None:
        self.label = _("Type")
        self._decision = decision

    def options(self) -> list[tuple[str, Any]]:
        tree = self._decision.tree
        return [(each.code, "\u2003" * tree.depth(each) + each.label) for each in self._decision.types("view")]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q()

    def words(self, asked: Mapping[str, Any]) -> str:
        return super().words(asked).replace("\u2003", "")


class OfKind(OneOfCodes):
    """A built-in kind; the list is narrowed by it before it is filtered."""

    key = "kind"

    def __init__(self) -> None:
        self.label = _("Kind")

    def options(self) -> list[tuple[str, Any]]:
        return [(each.code, each.plural) for each in kinds]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q()


class WithStatus(OneOfCodes):
    """Statuses, stopped ones too: old records bear them."""

    key = "status"

    def __init__(self, statuses: Mapping[int, Status]) -> None:
        self.label = _("Status")
        self._statuses = statuses

    def options(self) -> list[tuple[str, Any]]:
        return [(each.code, each.label) for each in self._statuses.values()]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return one_of("status", [each.pk for each in self._statuses.values() if each.code in asked["status"]])


class InCountry(OneOfCodes):
    """Countries by their two letters."""

    key = column = "country"

    def __init__(self) -> None:
        self.label = _("Country")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        field = CodesField(places.countries(), fold=str.upper)
        if isinstance(field.widget, SuggestedMany):
            field.widget.names = lambda: field.labels
        return {"country": field}

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return one_of("country", asked["country"])


def one_of(column: str, values: Iterable[Any]) -> Q:
    """Those with one of these in a column that has an index in the order of names."""
    return Q(OneOf(column, values, Counterparty.objects.current(), "name_key"))


class Archived(Filter):
    """Daily work, the archive, or both."""

    key = "archived"

    def __init__(self) -> None:
        self.label = pgettext("filter", "Archived")
        self._words = {"no": _("not shown"), "yes": _("only archived"), "all": _("shown too")}

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        field = forms.ChoiceField(choices=list(self._words.items()), required=False)
        # Whoever types it into an address reads what may stand there, and what each of it means.
        known = ", ".join(f"{code} ({words})" for code, words in self._words.items())
        told = _("“%(value)s” is not known here. Known are: %(known)s.")
        field.error_messages["invalid_choice"] = told % {"value": "%(value)s", "known": known}
        return {"archived": field}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return {"no": Q(archived_at=None), "yes": Q(archived_at__isnull=False), "all": Q()}[asked["archived"]]

    def words(self, asked: Mapping[str, Any]) -> str:
        return "" if asked["archived"] == "no" else self._words[asked["archived"]]


class Created(Filter):
    """When they were added, by days of the office's clock, both ends included."""

    key = "created"

    def __init__(self) -> None:
        self.label = _("Created")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"created_after": DateFormField(), "created_before": DateFormField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        after, before = asked.get("created_after"), asked.get("created_before")
        since, until = after and _moment(after, time.min), before and _moment(before, time.max)
        return within(Counterparty.objects.current(), "created_at", since, until) if since or until else Q()

    def words(self, asked: Mapping[str, Any]) -> str:
        after, before = asked.get("created_after"), asked.get("created_before")
        if after and before:
            return _("%(after)s to %(before)s") % {"after": date_format(after), "before": date_format(before)}
        if after:
            return _("since %(after)s") % {"after": date_format(after)}
        return _("until %(before)s") % {"before": date_format(asked["created_before"])}


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))


def built_in(
    data: QueryDict, decision: Any, statuses: Mapping[int, Status], scope: Any, kind: Any = None
) -> dict[str, Filter]:
    """Every built-in filter by its key; what only clients have is asked only in their own list.

    What is offered may depend on what else is asked, so ``data`` is the whole question.
    """
    found: list[Filter] = [
        Search(decision),
        OfTypes(decision),
        *([] if kind else [OfKind()]),
        WithStatus(statuses),
        InCountry(),
        InTown(),
        Created(),
        Archived(),
    ]
    if holdings.knows_holdings(decision):
        found.append(InHolding(data.getlist("holding"), decision))
    if kind and kind.is_client:
        found += client_filters.of_clients(data, scope)
    return {each.key: each for each in found}


#: Names in the address that differ from the key of their filter.
NAMES = {"created_after": "created", "created_before": "created"}
