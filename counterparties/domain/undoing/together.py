"""Facts of a counterparty and of what hangs on it that are nothing but beside each other, checked as their forms do."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from characteristics.models import Element
from counterparties.domain import checking, checking_clients, terms
from counterparties.models import Client
from trail.domain.undoing.agreeing import is_another_pair
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import Undoing
from trail.domain.undoing.stretch import Stretch

#: Why, by column.
Wrong = dict[str, str]
#: The columns that are checked together, and the check: it takes the record as it would be.
Check = tuple[tuple[str, ...], Callable[[Any], object]]

#: By the country a number is what it is.
HOME = ("country", "is_person", "is_foreign")


def _number(name: str) -> Check:
    columns = (name, *HOME)
    return columns, lambda record: checking.CHECKS[name]({each: getattr(record, each) for each in columns}, None)


def _as_client(name: str, beside: str) -> Check:
    def check(record: Any) -> object:
        return checking_clients.CHECKS[name]({each: getattr(record, each) for each in (name, beside)}, Client())

    fields: list[Any] = [Client._meta.get_field(each) for each in (name, beside)]
    return tuple(each.attname for each in fields), check


OF_CARD = [_number(name) for name in ("registration_number", "vat_number", "mobile")]
OF_CLIENT = [
    _as_client("subcategory", "category"),
    _as_client("electronic_address", "electronic_address_scheme"),
    _as_client("currency", "credit_limit"),
]
OF_PROJECT: list[Check] = [(("ends_on", "starts_on"), lambda it: terms.refuse_turned_round(it.starts_on, it.ends_on))]
OF_CONTRACT: list[Check] = [
    *OF_PROJECT,
    (("ends_on", "remind_days"), lambda it: terms.refuse_no_end(it.remind_days, it.ends_on)),
    (("currency", "amount"), lambda it: terms.refuse_no_currency(it.amount, it.currency)),
]


def wrong(record: Any, pieces: Sequence[Piece], checks: Iterable[Check]) -> Wrong:
    """What of these facts would stand beside others as it may not, though the office never was so."""
    found: Wrong = {}
    for columns, check in checks:
        if is_another_pair(record, pieces[0], columns):
            try:
                check(record)
            except ValidationError as error:
                label = capfirst(str(record._meta.get_field(columns[0].removesuffix("_id")).verbose_name))
                told = {"field": label, "why": " ".join(error.messages)}
                found |= dict.fromkeys(columns, _("“%(field)s” would not fit any more: %(why)s") % told)
    return found


def read_categories(record: Client, undoing: Undoing, stretch: Stretch) -> None:
    """Those of all clients of a stretch are read at once."""
    if "categories" not in stretch.known:
        rows = [row for each in stretch.of[undoing] for row in (each.step.now, each.step.after) if row is not None]
        ids = {pk for row in rows for pk in (row.category_id, row.subcategory_id)} - {None}
        stretch.known["categories"] = Element.objects.in_bulk(ids) if ids else {}
    for name in ("category", "subcategory"):
        pk = getattr(record, f"{name}_id")
        setattr(record, name, stretch.known["categories"].get(pk))
