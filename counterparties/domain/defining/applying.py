"""Putting a plan into effect: everything it names is made, changed or found as it should be."""

from . import characteristics, nomenclatures, types
from .plan import Plan, Report


def define(plan: Plan) -> Report:
    """Apply a plan; the caller holds the operation, and a Refused leaves nothing behind once it is rolled back.

    Types come before characteristics, which may point at counterparties of a type; ties between them come last.
    """
    report = Report()
    for nomenclature in plan.nomenclatures:
        nomenclatures.define(nomenclature, report)
    made = types.define(plan.types, report)
    for characteristic in plan.characteristics:
        characteristics.define(characteristic, report)
    for type_ in plan.types:
        types.tie(type_, made[type_.code], report)
    return report
