"""The columns of a list of counterparties. To add a built-in one, add a line (or a class) here."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from characteristics.pages.columns import CharacteristicColumn
from characteristics.pages.said import Said
from counterparties.domain import holdings
from counterparties.models import Counterparty, Status, Value
from counterparties.pages.in_holding import Holding
from counterparties.pages.in_town import Towns
from counterparties.pages.links import mobile_words
from counterparties.pages.moments import Moment
from desk import places, text
from desk.columns import Column, Fact, OneOfFew
from desk.databases.stepping import each_once
from desk.pages.keyset import Run
from desk.widgets import escaped_together

BY_NAME = ("name_key", "pk")


class Name(Fact):
    """The name, as the one link of its row."""

    key, css, fields, order_by = "name", "name cut", ("name", "archived_at"), ("name_key",)

    def __init__(self) -> None:
        self.title = _("Name")
        self._list = reverse("register")
        self._mark = format_html('<span class="gone-word">{}</span>', _("archived"))

    def html(self, record: Any) -> str:
        return self.lines([record])[0]

    def lines(self, records: Sequence[Any]) -> Sequence[str]:
        names = escaped_together([each.name for each in records])
        marks = [self._mark if each.archived_at else "" for each in records]
        return [
            f'<a href="{self._list}{each.pk}/">{name}</a>{mark}'
            for each, name, mark in zip(records, names, marks, strict=True)
        ]


class Types(OneOfFew):
    """The types the reader may know of; the first one in full, the others unfold."""

    key, css, fields = "types", "types cut", ("type_set_id",)

    def __init__(self, decision: Any) -> None:
        self.title = _("Types")
        self._decision = decision
        self._labels: dict[int, str] = {}
        self._ready: dict[int, str] = {}

    def _of(self, record: Any) -> list[str]:
        return [each.label for each in self._decision.visible_types(record)]

    def value(self, record: Any) -> str:
        if record.type_set_id not in self._labels:
            self._labels[record.type_set_id] = ", ".join(self._of(record))
        return self._labels[record.type_set_id]

    def html(self, record: Any) -> str:
        if record.type_set_id not in self._ready:
            self._ready[record.type_set_id] = self._written(self._of(record))
        return self._ready[record.type_set_id]

    @staticmethod
    def _written(labels: list[str]) -> str:
        if not labels:
            return ""
        first, *rest = [escape(each) for each in labels]
        more = f'<span class="plus" aria-hidden="true">+{len(rest)}</span>' if rest else ""
        others = "".join(f' <span class="type second">{each}</span>' for each in rest)
        return f'<span><span class="type">{first}</span>{more}{others}</span>'


class Mobile(Fact):
    """A mobile as people write it; sheets get it as it is kept."""

    def __init__(self) -> None:
        super().__init__("mobile", _("Mobile"), "phone cut")

    def html(self, record: Any) -> str:
        return f"<span>{escape(mobile_words(record.mobile))}</span>" if record.mobile else ""


class StatusColumn(OneOfFew):
    """Where the office stands with them; sorted in the order of the office's own list."""

    key, css, fields, order_by = "status", "state-cell", ("status_id",), ("status",)

    def __init__(self, statuses: Mapping[int, Status]) -> None:
        self.title = _("Status")
        self._statuses = statuses

    @cached_property
    def _labels(self) -> dict[int | None, str | None]:
        return {None: None} | {pk: each.label for pk, each in self._statuses.items()}

    @cached_property
    def _ready(self) -> dict[int, str]:
        return {
            pk: f'<span class="state s-{escape(each.color)}">{escape(each.label)}</span>'
            for pk, each in self._statuses.items()
        }

    def value(self, record: Any) -> str | None:
        return self._labels[record.status_id]

    def html(self, record: Any) -> str:
        return self._ready[record.status_id] if record.status_id else ""

    def runs(self, descending: bool) -> list[Run]:
        order = sorted(self._statuses.values(), key=lambda each: (each.position, each.pk), reverse=descending)
        return [Run(BY_NAME, (*[Q(status=each.pk) for each in order], Q(status=None)))]


class Country(OneOfFew):
    """The country by its name in the reader's language, sorted in that language.

    ``with_archive``: whether the list shows archived ones too.
    """

    key, css, fields, order_by = "country", "country cut", ("country",), ("country",)

    def __init__(self, decision: Any, with_archive: bool = True) -> None:
        self.title = _("Country")
        self._decision, self._with_archive = decision, with_archive
        self._names: dict[str, str | None] = {"": None}

    def value(self, record: Any) -> str | None:
        code = record.country
        if code not in self._names:
            self._names[code] = places.country_name(code)
        return self._names[code]

    def html(self, record: Any) -> str:
        name = self.value(record)
        return f"<span>{escape(name)}</span>" if name else ""

    def runs(self, descending: bool) -> list[Run]:
        # A place in the list holds the number of its country: counted among all, it would tell of hidden ones.
        seen = self._decision.counterparties("view").order_by()
        codes = each_once(seen if self._with_archive else seen.current(), "country")
        order = sorted(codes, key=lambda code: text.key(places.country_name(code)), reverse=descending)
        return [Run(BY_NAME, (*[Q(country=code) for code in order], Q(country="")))]


class Choice(OneOfFew):
    """Yes or no in the office's words."""

    def __init__(self, key: str, title: Any, yes: Any, no: Any) -> None:
        self.key, self.title, self.fields = key, title, (key,)
        self._words = {True: str(yes), False: str(no)}

    def value(self, record: Any) -> str:
        return self._words[getattr(record, self.key)]


def built_in(decision: Any, statuses: Mapping[int, Status], with_archive: bool = True) -> list[Column]:
    """Every fact that all counterparties have, in the order in which columns are offered."""
    return [
        Fact("code", _("Code"), "code", order_by=("code_key",)),
        Name(),
        Fact("alias", _("Alias"), "text cut"),
        Types(decision),
        StatusColumn(statuses),
        Choice("is_person", _("Person or organisation"), _("Individual"), _("Legal entity")),
        Country(decision, with_archive),
        Towns(),
        Choice("is_foreign", _("Foreign"), _("Yes"), _("No")),
        Fact("registration_number", _("Company number"), "phone"),
        Fact("vat_number", _("VAT number"), "phone"),
        Fact("email", _("E-mail"), "mail cut"),
        Fact("phone", _("Phone"), "phone cut"),
        Mobile(),
        Fact("website", _("Website"), "long cut"),
        Fact("comment", _("Comment"), "long cut"),
        *([Holding(decision)] if holdings.knows_holdings(decision) else []),
        Moment("created", _("Created"), "created_at", order_by=("created_at",)),
        Moment("archived", _("Archived"), "archived_at"),
    ]


def of_characteristics(asked: Sequence[Any], scope: Any, answers: Mapping[str, Any]) -> list[Column]:
    """A column for each characteristic the reader may see; ``scope`` knows in which counterparties.

    ``answers`` are those to the filters of the list, by the keys of these.
    """
    said, rows = Said(Counterparty, scope.decision), Value.objects.all()
    return [
        CharacteristicColumn(each, said, rows, scope, ("name_key",), answers.get(each.field_name)) for each in asked
    ]


def default_keys(columns: Sequence[str], characteristics: Sequence[Any]) -> list[str]:
    """The columns before somebody chooses: the list's own, and before the day of creation what the office added."""
    added = [each.field_name for each in characteristics if each.in_list and not each.is_stopped]
    last = [key for key in columns if key == "created"]
    return [key for key in columns if key != "created"] + added + last
