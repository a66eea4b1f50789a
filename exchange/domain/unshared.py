"""What nobody shares, where many are changed at once: one alone may be given it."""

from typing import Any

from django.utils.translation import gettext as _

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.domain.importing.checks import holder_words
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import Counterparty, Value


def why_not(
    one: Counterparty, characteristic: Characteristic, said: list[Any], allowed: Allowed, *, is_alone: bool
) -> str:
    """Why this one may not be given the answer; empty when it may."""
    if not (characteristic.is_unique and said):
        return ""
    if not is_alone:
        told = {"name": characteristic.label}
        return _("No two counterparties share “%(name)s”: write it on each card.") % told
    contents = [characteristic.type.content(value) for value in said]
    owners = unshared.owners(Value, {characteristic: contents}).values()
    others = {pk for each in owners for pk in each} - {one.pk}
    return holder_words(Counterparty.objects.get(pk=min(others)), allowed) if others else ""
