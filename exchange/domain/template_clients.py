"""What a template offers besides: facts of clients, as far as its reader may say them; addresses and an account."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from characteristics.domain.nomenclatures import elements
from counterparties.domain import account_words, address_words, client_words
from counterparties.domain.clients import SETTINGS
from counterparties.domain.identifiers.accounts import IBAN_EXAMPLE
from counterparties.domain.identifiers.electronic import offered
from counterparties.domain.importing.telling import besides
from counterparties.models import CounterpartyType
from desk import places

#: Of an address that has to be filled at all.
EXAMPLES = {
    "payment_term": 14,
    "language": "en",
    "office_phone": "+359 2 400 1234",
    "account-number": IBAN_EXAMPLE,
    "account-currency": "EUR",
}


def names(counterparty_type: CounterpartyType, decision: Any) -> list[str]:
    """The fields of clients, where the type is one; the settings only with their right. Then addresses and accounts."""
    shared = [*address_words.PLACES, *account_words.PARTS]
    if not counterparty_type.kind.is_client:
        return shared
    may_set = decision.may("settings", counterparty_type)
    return [name for name in client_words.FACTS if may_set or name not in SETTINGS] + shared


def listed(name: str) -> list[str]:
    """What may be chosen, in words; nothing where anything may be written."""
    write = _writer(name)
    return [str(write(each)) for each in _values(name)]


def _values(name: str) -> Iterable[Any]:
    if name in client_words.CODED:
        return [code for code, _word in client_words.CODED[name]()]
    if name in ("category", "subcategory"):
        named = client_words.categories(name)
        every = elements(named.nomenclature) if named else []
        return [each for each in every if not each.is_stopped and bool(each.parent_id) == (name == "subcategory")]
    if address_words.is_country(name):
        return [code for code, _name in places.countries()]
    return {
        "account-currency": [code for code, _name in places.currencies()],
        "email_notifications": [_("Yes"), _("No")],
        "electronic_address_scheme": [each.label for each in offered()],
    }.get(name, [])


def example(name: str) -> Any:
    """What stands in the example row."""
    said = EXAMPLES.get(name)
    return _writer(name)(said) if said is not None else None


def _writer(name: str) -> Any:
    return besides(name).writer(name)
