"""A condition on rows, asked of them where they are reached through a key of other ones."""

from typing import Any

from django.db.models import F, Q


def reached(condition: Any, through: str) -> Any:
    """``Q(number__gte=5)`` through ``values__`` is ``Q(values__number__gte=5)``, whatever it is made of."""
    if isinstance(condition, Q):
        children = [reached(each, through) for each in condition.children]
        return Q(*children, _connector=condition.connector, _negated=condition.negated)
    if isinstance(condition, tuple):
        name, value = condition
        return f"{through}{name}", value
    if isinstance(condition, F):
        return F(f"{through}{condition.name}")
    if not hasattr(condition, "get_source_expressions"):
        return condition
    expression = condition.copy()
    expression.set_source_expressions([reached(each, through) for each in condition.get_source_expressions()])
    return expression
