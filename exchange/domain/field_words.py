"""The fields that a sheet may fill, in words: what each is called, and what is to be known before one writes there."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from counterparties.domain import account_words, address_words, client_words
from counterparties.domain.importing import Fields
from counterparties.domain.importing.plan import fact_field


def label(fields: Fields, name: str) -> str:
    """What the office calls the field, in the reader's language."""
    characteristic = fields.characteristics.get(name)
    if name == "is_person":
        # Its cells say which of the two, not yes or no.
        return _("Person or organisation")
    if name in client_words.FACTS:
        return client_words.title(name)
    if name in address_words.PLACES:
        return address_words.title(name)
    if name in account_words.PARTS:
        return account_words.title(name)
    if characteristic is None:
        return capfirst(str(fact_field("type_set" if name == "types" else name).verbose_name))
    return f"{characteristic.label}, {characteristic.unit}" if characteristic.unit else characteristic.label


def header(fields: Fields, name: str) -> str:
    """A head under which the column is known again; its bare name where others are called the same."""
    words = label(fields, name)
    return words if fields.named(words) == name else name


def help_of(fields: Fields, name: str) -> list[str]:
    """Sentences about the field: what it means, and how it is filled in."""
    characteristic = fields.characteristics.get(name)
    if characteristic is None:
        told = [str(fact_field("type_set" if name == "types" else name).help_text)]
        return [_("Required."), *told] if name == "name" else [each for each in told if each]
    told = [_("Required.")] if characteristic.is_required else []
    told += [characteristic.definition] if characteristic.definition else []
    told += characteristic.type.limits_told(characteristic)
    if characteristic.default:
        words = characteristic.type.default_in_words(characteristic)
        told.append(_("Without this column a new counterparty gets: %(answer)s.") % {"answer": words})
    if characteristic.is_multiple:
        told.append(_("Several values may stand here, parted by semicolons."))
    return told
