"""Taking counterparties in from a sheet, by the rules of the card.

`columns_of` puts the columns of a sheet to fields, `run` takes its rows in under one operation, `report` writes down
what was refused, and `Mark` tells whether an earlier run was cut short.
"""

from .headers import Fields, Headers, columns_of, plan_of
from .marks import Mark, UnderWay
from .plan import KEYS, MODES, ImportRefused, Outcome, Plan, Reason, Refusal
from .report import report
from .running import run

__all__ = [
    "KEYS",
    "MODES",
    "Fields",
    "Headers",
    "ImportRefused",
    "Mark",
    "Outcome",
    "Plan",
    "Reason",
    "Refusal",
    "UnderWay",
    "columns_of",
    "plan_of",
    "report",
    "run",
]
