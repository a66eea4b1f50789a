"""The filters of the clients' own list: category, subcategory, project, type of contract."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from characteristics.models import Element
from counterparties.domain import agreements
from counterparties.models import Client, Contract, Project
from counterparties.pages.codes_filter import OneOfCodes
from desk import text
from desk.databases import holders
from desk.pages.filters import MOST_TICKS, NAMED

#: The number of a project, as far as a database knows numbers.
NUMBER = re.compile(r"[0-9]{1,18}")


class ClientElement(OneOfCodes):
    """An element of the clients' own nomenclature: their category, or the subcategory under it."""

    def __init__(self, key: str, label: Any, under: Any = None, chosen: Iterable[str] = ()) -> None:
        """``under``: the filter of the elements above, of which these were ``chosen``."""
        self.key, self.label = key, label
        self._under, self._chosen = under, set(chosen)

    @cached_property
    def elements(self) -> list[Element]:
        if self._under:
            return self._under.elements
        nomenclature = nomenclatures.called("client-category")
        return nomenclatures.elements(nomenclature) if nomenclature else []

    def options(self) -> list[tuple[str, Any]]:
        """A subcategory is offered under the chosen categories; under all of them while none is chosen."""
        highest = [each for each in self.elements if each.parent_id is None]
        if not self._under:
            return [(each.code, each.label) for each in highest]
        above = {each.pk for each in highest if not self._chosen or each.code in self._chosen}
        return [(each.code, each.label) for each in self.elements if each.parent_id in above]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        chosen = [each.pk for each in self.elements if each.code in asked[self.key]]
        return holders(Client.objects.filter(**{f"{self.key}__in": chosen}), "counterparty")


class OnProject(OneOfCodes):
    """Counterparties of a project, by the project's number or its whole name."""

    key = "project"

    def __init__(self, said: Iterable[str], scope: Any) -> None:
        self.label = _("Project")
        words = [word.strip() for each in said for word in each.split(",")]
        self._numbers = [int(word) for word in words if NUMBER.fullmatch(word)][:MOST_TICKS]
        self._words = [word for word in words if word and not NUMBER.fullmatch(word)]
        self._scope = scope

    def options(self) -> list[tuple[str, Any]]:
        """Projects of counterparties the reader may see: those asked for by number, and some to suggest.

        An office may have any number of projects. Up to a list of ticks they are all offered; beyond, those that
        hold the words typed, or else the first ones by name.
        """
        projects = agreements.of_counterparties(Project, self._scope.counterparties(), "all").order_by("name_key", "pk")
        suggested = projects
        if self._words:
            holding = [Q(name_key__contains=text.key(word)) for word in self._words[:NAMED]]
            suggested = projects.filter(reduce(or_, holding))
        found = list(suggested.values_list("pk", "name")[: MOST_TICKS + 1])
        if missing := set(self._numbers) - {pk for pk, _name in found}:
            found = [*projects.filter(pk__in=missing).values_list("pk", "name"), *found]
        return [(str(pk), name) for pk, name in found]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return holders(Project.objects.filter(pk__in=[int(code) for code in asked["project"]]), "counterparty")


class WithContract(OneOfCodes):
    """Counterparties with a contract of some type; a type of contract stands for those under it too."""

    key = "contract_type"

    def __init__(self) -> None:
        self.label = _("Type of contract")

    @cached_property
    def _nomenclature(self) -> Any:
        return nomenclatures.called("contract-type")

    def _elements(self) -> list[Element]:
        return nomenclatures.elements(self._nomenclature) if self._nomenclature else []

    def options(self) -> list[tuple[str, Any]]:
        return [(each.code, each.label) for each in self._elements()]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        chosen = [each for each in self._elements() if each.code in asked[self.key]]
        families = nomenclatures.families(self._nomenclature, chosen)
        return holders(Contract.objects.filter(contract_type__in=families), "counterparty")


def of_clients(data: QueryDict, scope: Any) -> list[OneOfCodes]:
    """What only clients have, and so only their list can be asked for."""
    category = ClientElement("category", _("Category"))
    subcategory = ClientElement("subcategory", _("Subcategory"), category, data.getlist("category"))
    return [category, subcategory, OnProject(data.getlist("project"), scope), WithContract()]
