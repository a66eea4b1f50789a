"""The filters of the clients' own list: category, subcategory, project, type of contract."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from characteristics.models import Element, Nomenclature
from counterparties.models import Contract, Project
from counterparties.pages.codes_filter import OneOfCodes
from desk.databases import holders


class ClientElement(OneOfCodes):
    """An element of the clients' own nomenclature: their category, or the subcategory under it."""

    def __init__(self, key: str, label: Any, under: Any = None, deep: bool = False) -> None:
        self.key, self.label, self.column = key, label, f"client__{key}"
        self._deep = deep
        self._under = under

    @cached_property
    def elements(self) -> list[Element]:
        nomenclature = Nomenclature.objects.filter(code="client-category").first()
        return nomenclatures.elements(nomenclature) if nomenclature else []

    def options(self) -> list[tuple[str, Any]]:
        """A subcategory is offered under the chosen categories; under all of them while none is chosen."""
        elements = self._under.elements if self._under else self.elements
        if not self._deep:
            return [(each.code, each.label) for each in elements if each.parent_id is None]
        chosen = set(self._under.chosen)
        above = {each.pk for each in elements if each.parent_id is None and (not chosen or each.code in chosen)}
        return [(each.code, each.label) for each in elements if each.parent_id in above]

    #: The codes of the categories asked for, told by the list before its subcategories are offered.
    chosen: tuple[str, ...] = ()

    def condition(self, asked: Mapping[str, Any]) -> Q:
        elements = self._under.elements if self._under else self.elements
        return Q(**{f"{self.column}__in": [each.pk for each in elements if each.code in asked[self.key]]})


class OnProject(OneOfCodes):
    """Counterparties of a project, by the project's number."""

    key = "project"

    def __init__(self, scope: Any) -> None:
        self.label = _("Project")
        self._scope = scope

    def options(self) -> list[tuple[str, Any]]:
        """Projects of counterparties the reader may see, and no others."""
        projects = Project.objects.filter(counterparty__in=self._scope.counterparties())
        return [(str(pk), name) for pk, name in projects.order_by("name", "pk").values_list("pk", "name")]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return holders(Project.objects.filter(pk__in=[int(code) for code in asked["project"]]), "counterparty")


class WithContract(OneOfCodes):
    """Counterparties with a contract of some type; a type of contract stands for those under it too."""

    key = "contract_type"

    def __init__(self) -> None:
        self.label = _("Type of contract")

    @cached_property
    def _nomenclature(self) -> Nomenclature | None:
        return Nomenclature.objects.filter(code="contract-type").first()

    def _elements(self) -> list[Element]:
        return nomenclatures.elements(self._nomenclature) if self._nomenclature else []

    def options(self) -> list[tuple[str, Any]]:
        return [(each.code, each.label) for each in self._elements()]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        chosen = [each for each in self._elements() if each.code in asked[self.key]]
        families = nomenclatures.families(self._nomenclature, chosen)
        return holders(Contract.objects.filter(contract_type__in=families), "counterparty")


def of_clients(scope: Any) -> list[OneOfCodes]:
    """What only clients have, and so only their list can be asked for."""
    category = ClientElement("category", _("Category"))
    subcategory = ClientElement("subcategory", _("Subcategory"), under=category, deep=True)
    return [category, subcategory, OnProject(scope), WithContract()]
