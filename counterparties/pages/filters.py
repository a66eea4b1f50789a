"""The built-in filters of a list of counterparties. To add one, write a class and name it in ``built_in``."""

from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures
from characteristics.models import Element, Nomenclature
from counterparties.domain import searching
from counterparties.kinds import kinds
from counterparties.models import Contract, Project, Status
from desk import places, text
from desk.databases import holders
from desk.fields import DateFormField
from desk.pages.filters import CodesField, Filter

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

    def __init__(self) -> None:
        self.label = _("Search")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"q": QuestionField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        question = searching.question(asked["q"])
        return searching.answering(question) if question.readings else Q()


class OneOfCodes(Filter):
    """Any of some codes."""

    column = ""

    def options(self) -> list[tuple[str, Any]]:
        raise NotImplementedError

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: CodesField(self.options())}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q(**{f"{self.column}__in": asked[self.key]})


class OfTypes(OneOfCodes):
    """Types with their subtypes. The list is narrowed by them before it is filtered, so there is no condition here."""

    key = "type"

    def __init__(self, decision: Any) -> None:
        self.label = _("Type")
        self._decision = decision

    def options(self) -> list[tuple[str, Any]]:
        tree = self._decision.tree
        return [
            (each.code, "\u2003" * tree.depth(each) + each.label)
            for each in self._decision.types("view")
        ]

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
        return Q(status__in=[each.pk for each in self._statuses.values() if each.code in asked["status"]])


class InCountry(OneOfCodes):
    """Countries by their two letters."""

    key = column = "country"

    def __init__(self) -> None:
        self.label = _("Country")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"country": CodesField(places.countries(), fold=str.upper)}


class Archived(Filter):
    """Daily work, the archive, or both."""

    key = "archived"

    def __init__(self) -> None:
        self.label = _("Archived")
        self._words = {"no": _("not shown"), "yes": _("only archived"), "all": _("shown too")}

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        field = forms.ChoiceField(choices=list(self._words.items()), required=False)
        field.error_messages["invalid_choice"] = _("“%(value)s” is neither no, yes nor all.")
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
        found = Q()
        if day := asked.get("created_after"):
            found &= Q(created_at__gte=_moment(day, time.min))
        if day := asked.get("created_before"):
            found &= Q(created_at__lte=_moment(day, time.max))
        return found

    def words(self, asked: Mapping[str, Any]) -> str:
        after, before = asked.get("created_after"), asked.get("created_before")
        if after and before:
            return _("%(after)s to %(before)s") % {"after": date_format(after), "before": date_format(before)}
        if after:
            return _("since %(after)s") % {"after": date_format(after)}
        return _("until %(before)s") % {"before": date_format(before)}


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))


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


def built_in(decision: Any, statuses: Mapping[int, Status], scope: Any, kind: Any = None) -> dict[str, Filter]:
    """Every built-in filter by its key; what only clients have is asked only in their own list."""
    found: list[Filter] = [
        Search(),
        OfTypes(decision),
        *([] if kind else [OfKind()]),
        WithStatus(statuses),
        InCountry(),
        Created(),
        Archived(),
    ]
    if kind and kind.is_client:
        category = ClientElement("category", _("Category"))
        found += [
            category,
            ClientElement("subcategory", _("Subcategory"), under=category, deep=True),
            OnProject(scope),
            WithContract(),
        ]
    return {each.key: each for each in found}


#: Names in the address that differ from the key of their filter.
NAMES = {"created_after": "created", "created_before": "created"}
