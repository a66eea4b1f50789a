"""Which operations are worth asking about: all that a reader may know of are among them, and hardly any others."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Value

from desk.registry import Registry
from trail.domain.touched import AnyOf, rows_of
from trail.models import Operation
from trail.pages.words import words

#: Classes with a code, a position, the model of a ``thing`` and ``operations(decision)``: ids of the operations that
#: touched a thing the reader may view or anything told with it, and maybe of others; None where that helps nobody.
keepers = Registry("keeper of what operations touched")

#: So many are named; of more, each operation of the list is asked whether it is one of them.
FEW = 2_000


def worth_asking(knowing: Any) -> Q:
    """A condition of operations. One query, or none."""
    sources = _sources(knowing)
    if sources is None:
        return Q()
    named = sources[0].union(*sources[1:], all=True)[: FEW + 1]
    ids = [pk for (pk,) in named]
    if len(ids) <= FEW:
        return Q(pk__among=frozenset(ids))
    found = Q(user=knowing.me)
    for rows in sources[:-1]:
        # Said as a plain EXISTS, PostgreSQL reads all there is for one page, to look the operations up in it.
        (name,) = rows.query.values_select
        its = rows.filter(**{name: OuterRef("pk")}).annotate(is_known=Value(True))
        found |= Q(AnyOf(its.values("is_known")[:1]))
    return found


def _sources(knowing: Any) -> list[QuerySet] | None:
    """Where those are found that the reader may know of: of things, of what is told by itself, and their own."""
    if knowing.knows_all:
        return None
    found, kept = [], set()
    for each in keepers:
        rows = each.operations(knowing.decision)
        if rows is None:
            return None
        found.append(rows)
        kept.add(each.thing)
    others = knowing.told({each.model for each in words if (each.thing or each.model) not in kept})
    found += [rows_of(part).values_list("operation") for part in others.values()]
    return [*found, Operation.objects.filter(user=knowing.me).order_by().values_list("pk")]
