"""The template of a type: a column for whatever its reader may say of such a counterparty, and what goes in there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain.importing import Fields
from counterparties.domain.importing.examples import mark
from counterparties.models import CounterpartyType, Status
from desk import places
from exchange.domain import field_words, template_clients

#: The facts all have, in the order of the card. The type is chosen when the sheet comes in.
FACTS = (
    "code", "name", "alias", "status", "is_person", "country", "is_foreign", "registration_number",
    "is_vat_registered", "vat_number", "email", "phone", "mobile", "website", "comment",
)  # fmt: skip


@dataclass(frozen=True)
class TemplateColumn:
    """One column of the template."""

    header: str
    help: list[str] = field(default_factory=list)
    #: What may be chosen; empty where anything may be written.
    listed: list[Any] = field(default_factory=list)
    example: Any = None
    are_several: bool = False
    #: What else a cell must keep to: its sort, the least and the most.
    rule: tuple[str, Any, Any] | None = None


def columns(counterparty_type: CounterpartyType, decision: Any) -> list[TemplateColumn]:
    """What this reader may fill for counterparties of this type."""
    fields = Fields(decision)
    mine = _characteristics(counterparty_type, decision)
    besides = template_clients.names(counterparty_type, decision)
    return [
        *(_fact(fields, name) for name in FACTS),
        *(_fact_besides(fields, name) for name in besides),
        *(_characteristic(fields, name) for name in mine),
    ]


def _characteristics(counterparty_type: CounterpartyType, decision: Any) -> list[str]:
    """Those the type asks for, that may be added or edited, and of which a sheet can bring a value."""
    right = "edit" if decision.may("edit", counterparty_type) else "add"
    asked = [each.characteristic for each in decision.characteristics(right, [counterparty_type])]
    return [each.field_name for each in asked if not each.is_stopped and each.type.comes_in_sheets]


def _fact(fields: Fields, name: str) -> TemplateColumn:
    listed = LISTED[name]() if name in LISTED else []
    example = EXAMPLES[name]() if name in EXAMPLES else None
    return TemplateColumn(field_words.header(fields, name), field_words.help_of(fields, name), listed, example)


def _fact_besides(fields: Fields, name: str) -> TemplateColumn:
    listed, example = template_clients.listed(name), template_clients.example(name)
    return TemplateColumn(field_words.header(fields, name), field_words.help_of(fields, name), listed, example)


def _characteristic(fields: Fields, name: str) -> TemplateColumn:
    characteristic = fields.characteristics[name]
    sort = characteristic.type
    write, example = sort.writer(characteristic), _fitting(characteristic, sort.example(characteristic))
    return TemplateColumn(
        field_words.header(fields, name),
        field_words.help_of(fields, name),
        [_in_words(write(each)) for each in sort.listed(characteristic)],
        None if example is None else _in_words(write(example)),
        characteristic.is_multiple,
        None if characteristic.is_multiple else sort.rule(characteristic),
    )


def _fitting(characteristic: Characteristic, example: Any) -> Any:
    """None where the usual example is beyond the limits."""
    try:
        characteristic.type.check(characteristic, example)
    except ValidationError:
        return None
    return example


def _in_words(cell: Any) -> Any:
    """Yes and no as people write them."""
    return _flag(cell) if type(cell) is bool else cell


def _flag(said: bool) -> str:
    return _("Yes") if said else _("No")


def _flags() -> list[str]:
    return [_flag(True), _flag(False)]


def _statuses() -> list[str]:
    """Their names, and the codes of those whose names are alike."""
    offered = list(Status.objects.filter(stopped_at=None).order_by("position", "pk"))
    names = [each.label for each in offered]
    return [each.label if names.count(each.label) == 1 else each.code for each in offered]


def _country() -> str:
    return places.country_name(settings.OFFICE_COUNTRY)


#: What may be chosen of each fact, and what stands in the example row.
LISTED: dict[str, Callable[[], list[str]]] = {
    "status": _statuses,
    "is_person": lambda: [_("Individual"), _("Legal entity")],
    "country": lambda: [name for _code, name in places.countries()],
    "is_foreign": _flags,
    "is_vat_registered": _flags,
}
EXAMPLES: dict[str, Callable[[], Any]] = {
    "code": mark,
    "name": lambda: _("An example: this row is left out when the sheet comes back"),
    "status": lambda: next(iter(_statuses()), None),
    "is_person": lambda: _("Legal entity"),
    "country": _country,
    "is_foreign": lambda: _flag(False),
    "is_vat_registered": lambda: _flag(False),
    "email": lambda: "office@example.com",
    "phone": lambda: "+359 2 400 1234",
    "mobile": lambda: "+359 88 800 1234",
    "website": lambda: "https://example.com",
    "comment": lambda: _("Some words"),
}
