"""Which column fills which field: as it was said for the same header before, otherwise by the words of the header."""

from typing import Any

from counterparties.domain.importing import Fields, Plan, columns_of, plan_of
from counterparties.domain.importing.headers import Headers
from counterparties.domain.importing.missing import Missing
from exchange.models import Import
from exchange.models.importing import RECEIVED
from rights.domain import policy

from .versions import versions_of


def fields_for(decision: Any, missing: Missing | None = None) -> Fields:
    """Every field that a sheet of this user may fill."""
    return Fields(decision, missing=missing)


def remembered(of: Import) -> Import | None:
    """The newest import with the very same header, by the same person or else by anybody of the office."""
    alike = Import.objects.filter(fingerprint=of.fingerprint).exclude(state=RECEIVED).exclude(pk=of.pk)
    return alike.filter(user=of.user).order_by("-pk").first() or alike.order_by("-pk").first()


def guess(of: Import) -> list[str]:
    """A field for each column, or nothing; no field twice, and none that this user does not know."""
    fields = fields_for(policy.for_user(of.user))
    habit = remembered(of)
    if habit and len(habit.mapping) == len(of.header):
        return [name if name in fields.names else "" for name in habit.mapping]
    found = {each.place: each.field for each in columns_of(of.header, fields).columns}
    return [found.get(place, "") for place in range(len(of.header))]


def plan_for(of: Import, decision: Any) -> Plan:
    """How the sheet is to be taken in; ImportRefused says why it cannot be like that."""
    creates = of.creates_elements and decision.may_manage_settings
    missing = Missing() if creates else None
    fields, headers = fields_for(decision, missing), Headers()
    for place, (header, name) in enumerate(zip(of.header, of.mapping, strict=True)):
        if name:
            facts = {"is_month_first": place in of.month_first}
            headers.columns.append(fields.column(fields.check(name, header), header, place, **facts))
        else:
            headers.ignored.append(header)
    types = [each for each in decision.types("view") if each.code in of.types]
    return plan_of(
        headers,
        types,
        of.key,
        of.mode,
        empty_clears=of.empty_clears,
        overwrites=of.overwrites,
        versions={} if of.overwrites else versions_of(of),
        missing=missing,
    )
