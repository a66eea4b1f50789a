"""Filters of lists whose rows hang on counterparties: projects, contracts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from characteristics.domain import nomenclatures
from counterparties.domain import agreements, holdings
from counterparties.domain.targets import Targets
from counterparties.models import Counterparty
from counterparties.pages.client_filters import OnProject, WithContract
from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.company_field import counterparties_field
from counterparties.pages.filters import Archived, OfTypes, QuestionField
from counterparties.pages.in_holding import InHolding
from counterparties.pages.standing import State
from desk.fields import DateFormField
from desk.pages.filters import Filter, shortened, told

#: So many days ahead may be asked for.
MOST_DAYS = 3_660


class Search(Filter):
    """Any word of what it is called, or of what its counterparty is."""

    key = "q"

    def __init__(self, model: Any, decision: Any) -> None:
        self.label = _("Search")
        self._model, self._decision = model, decision

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"q": QuestionField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return agreements.answering(self._model, asked["q"], self._decision)


class InState(OneOfCodes):
    """How they stand: by a column, or by what else says so."""

    def __init__(
        self, key: str, label: Any, states: Mapping[str, State], says: Callable[[Iterable[str]], Q] | None = None
    ) -> None:
        self.key = self.column = key
        self.label, self._states, self._says = label, states, says

    def options(self) -> list[tuple[str, Any]]:
        return [(code, each.label) for code, each in self._states.items()]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return self._says(asked[self.key]) if self._says else super().condition(asked)


class OfCounterparty(Filter):
    """Those of some counterparties, or signed by some of our own. Hidden ones are as good as none."""

    def __init__(self, key: str, label: Any, column: str, decision: Any, type_id: int | None = None) -> None:
        self.key, self.label = key, label
        self._column, self._decision, self._type_id = column, decision, type_id

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: counterparties_field(self.label, Targets.of(self._decision), self._type_id)}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        known = [each.pk for each in asked[self.key] if isinstance(each, Counterparty)]
        return Q(**{f"{self._column}__in": known})

    def words(self, asked: Mapping[str, Any]) -> str:
        said = asked[self.key]
        return shortened(
            [each.name if isinstance(each, Counterparty) else _("“%(name)s”") % {"name": told(each)} for each in said]
        )


class OfTypesOfCounterparties(OfTypes):
    """Those of counterparties of some types, subtypes with them; the list is narrowed by these counterparties."""

    key = "counterparty_type"

    def __init__(self, decision: Any) -> None:
        super().__init__(decision)
        self.label = _("Type of counterparty")


class OfMembers(InHolding):
    """Those of companies that belong to a holding today."""

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return agreements.of_members(self.memberships(asked))


class OfProject(OnProject):
    """Contracts on some projects."""

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q(project__in=[int(code) for code in asked["project"]])


class OfContractType(WithContract):
    """Contracts of some types; a type stands for those under it too."""

    def condition(self, asked: Mapping[str, Any]) -> Q:
        chosen = [each for each in self._elements() if each.code in asked[self.key]]
        return Q(contract_type__in=nomenclatures.families(self._nomenclature, chosen))


def of_whom(data: QueryDict, decision: Any) -> list[Filter]:
    """Whose they are: by name, by type, by the holding they belong to."""
    return [
        OfCounterparty("client", _("Counterparty"), "counterparty", decision),
        OfTypesOfCounterparties(decision),
        *([OfMembers(data.getlist("holding"), decision)] if holdings.knows_holdings(decision) else []),
    ]


class Between(Filter):
    """A day, both ends included."""

    def __init__(self, key: str, label: Any, column: str) -> None:
        self.key, self.label, self._column = key, label, column

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {f"{self.key}_after": DateFormField(), f"{self.key}_before": DateFormField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        found = Q()
        for ending, lookup in (("after", "gte"), ("before", "lte")):
            if day := asked.get(f"{self.key}_{ending}"):
                found &= Q(**{f"{self._column}__{lookup}": day})
        return found

    def words(self, asked: Mapping[str, Any]) -> str:
        after, before = asked.get(f"{self.key}_after"), asked.get(f"{self.key}_before")
        if after and before:
            return _("%(after)s to %(before)s") % {"after": date_format(after), "before": date_format(before)}
        if after:
            return _("since %(after)s") % {"after": date_format(after)}
        return _("until %(before)s") % {"before": date_format(asked[f"{self.key}_before"])}


class EndsWithin(Filter):
    """From today so many days on: the same question asks for other days tomorrow."""

    key = "ends_within"

    def __init__(self) -> None:
        self.label = _("Ends within so many days")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: forms.IntegerField(min_value=0, max_value=MOST_DAYS)}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        today = timezone.localdate()
        return Q(ends_on__gte=today, ends_on__lte=today + timedelta(days=asked[self.key]))

    def words(self, asked: Mapping[str, Any]) -> str:
        days = asked[self.key]
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


class OfArchived(Archived):
    """Those of counterparties in daily work, of archived ones, or of all; the list begins with these."""

    def __init__(self) -> None:
        super().__init__()
        self.label = _("Of archived counterparties")

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q()
