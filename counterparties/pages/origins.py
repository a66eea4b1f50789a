"""Characteristics of a list by the type they come from, for panels that would be too long without groups."""

from collections import defaultdict

from characteristics.models import Characteristic
from counterparties.domain.inheritance import Inherited
from counterparties.models import CounterpartyType
from counterparties.pages.asked import Question


def by_origin(question: Question) -> dict[CounterpartyType, list[Characteristic]]:
    """Each characteristic of the list under its type, in settings order."""
    groups: dict[CounterpartyType, list[Characteristic]] = defaultdict(list)
    for each in question.inherited:
        groups[_origin(each, question)].append(each.characteristic)
    return groups


def _origin(asked: Inherited, question: Question) -> CounterpartyType:
    """The type it comes from; where that may not be named, the first of the list's own types that brought it."""
    decision = question.decision
    if asked.type.pk in decision.type_ids("view"):
        return asked.type
    carriers = decision.tree.carriers(asked.characteristic)
    return next(each for each in decision.types("view") if each.pk in carriers)
