"""What operations touched: which of them a reader may know of, how many records of each model, and whose.

An operation may have touched a million records, and there may be a million operations: nothing here counts or walks
more than it is told to.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from trail.domain.changes import Part
from trail.models import Operation

#: Of an operation so many rows of each model are looked into for one the reader may know of.
LOOKED_INTO = 2_000


@dataclass(frozen=True)
class Held:
    """Some rows of a model's history, and how each says whose it is."""

    part: Part
    owner: Any

    @property
    def rows(self) -> QuerySet:
        """The rows themselves, in no order."""
        return rows_of(self.part)

    def of(self, owners: Collection[int]) -> Part:
        """The rows of these owners."""
        if isinstance(self.owner, F):
            return Part(self.part.model, self.part.rows & Q(**{f"{self.owner.name}__in": list(owners)}))
        theirs = self.rows.annotate(whose=self.owner).filter(whose__in=list(owners)).values("history_id")
        return Part(self.part.model, self.part.rows & Q(history_id__in=theirs))


def rows_of(part: Part) -> QuerySet:
    """The rows of a part, in no order."""
    history: Any = part.model.history.model  # type: ignore[attr-defined]
    return history.objects.filter(part.rows).order_by()


def _of_each(part: Part) -> QuerySet:
    """The rows of a part that the operation of the question around it wrote, in the order of their index.

    Unordered, PostgreSQL reads the history of 119,000 values from its beginning for each operation that wrote none.
    """
    return rows_of(part).filter(operation=OuterRef("pk")).order_by(*_indexed(part.model))


def _indexed(model: Any) -> list[str]:
    """The column by which an index finds what an operation wrote, where a model has one."""
    column = getattr(model, "history_by", "")
    return [model.history.model._meta.get_field(column).attname] if column else []


def models_of(models: Collection[type[Model]], operations: Collection[int]) -> dict[int, set[type[Model]]]:
    """Of each of these operations, the models whose records it touched, whoever may know of them. One query.

    Asked first, because an operation touches two or three of forty models, and a question about the rights to each of
    the forty takes Django longer to write than the database to answer.
    """
    if not operations:
        return {}
    models = tuple(models)
    with connection.cursor() as cursor:
        cursor.execute(f"{_looks(models)} ({', '.join(['%s'] * len(operations))})", list(operations))
        rows = cursor.fetchall()
    return {pk: {model for model, is_touched in zip(models, looks, strict=True) if is_touched} for pk, *looks in rows}


@cache
def _looks(models: tuple[Any, ...]) -> str:
    """The question of ``models_of`` up to the numbers of the operations."""
    name, looks = connection.ops.quote_name, ["id"]
    own = name(Operation._meta.db_table)
    for model in models:
        order = ", ".join(map(name, _indexed(model))) or "operation_id"
        rows = f"{name(model.history.model._meta.db_table)} WHERE operation_id = {own}.id ORDER BY {order} LIMIT 1"
        looks.append(f"(SELECT operation_id FROM {rows}) IS NOT NULL")  # noqa: S608 -- names of our own tables
    return f"SELECT {', '.join(looks)} FROM {own} WHERE id IN"  # noqa: S608 -- the same


class Many(Subquery):
    """How many different records a question finds among its first rows."""

    template = "(SELECT COUNT(DISTINCT touched.record) FROM (%(subquery)s) touched)"
    output_field = IntegerField()


class AnyKnown(Subquery):
    """Is one of the rows of a question known to the reader? Looked at one after another, no further than to it."""

    template = "EXISTS(SELECT 1 FROM (%(subquery)s) looked_into WHERE looked_into.is_known)"
    output_field = BooleanField()


def touching(parts: Iterable[Part], operations: Collection[int], *, looked_into: int | None = LOOKED_INTO) -> set[int]:
    """Of these operations, those that touched one of the parts; of a large one the first rows speak. One query."""
    if not operations:
        return set()
    known = Q()
    for part in parts:
        if looked_into is None or not part.rows:
            known |= Q(AnyKnown(_of_each(part).annotate(is_known=Value(True)).values("is_known")[:1]))
        else:
            # Said as a choice: of a condition that nothing can answer, Django makes a number, which PostgreSQL refuses.
            is_known = Case(When(part.rows, then=Value(True)), default=Value(False))
            of_it = _of_each(Part(part.model, Q())).annotate(is_known=is_known)
            known |= Q(AnyKnown(of_it.values("is_known")[:looked_into]))
    if not known:
        return set()
    return set(Operation.objects.filter(known, pk__in=list(operations)).order_by().values_list("pk", flat=True))


def counted(parts: Sequence[Part], operations: Collection[int], *, most: int) -> dict[int, dict[Any, int]]:
    """How many records of each model these operations touched, counted no further than the number. One query.

    More than ``most`` says only that there are more.
    """
    if not parts or not operations:
        return {pk: {} for pk in operations}
    counts = {
        f"of_{number}": Many(
            rows_of(part).filter(operation=OuterRef("pk")).annotate(record=F("id")).values("record")[: most + 1]
        )
        for number, part in enumerate(parts)
    }
    rows = Operation.objects.filter(pk__in=list(operations)).order_by().annotate(**counts).values("pk", *counts)
    return {
        row["pk"]: {part.model: many for number, part in enumerate(parts) if (many := row[f"of_{number}"])}
        for row in rows
    }


def first_owners(held: Sequence[Held], operations: Collection[int]) -> dict[int, list[int]]:
    """Of each operation, one or two of those whose records it touched, by their ids. One query."""
    looks: dict[str, Any] = {}
    for number, each in enumerate(held):
        whose = each.rows.filter(operation=OuterRef("pk")).annotate(record=each.owner).values("record")
        looks[f"first_{number}"] = Subquery(whose[:1], output_field=BigIntegerField())
        others = whose.exclude(record=OuterRef(f"first_{number}"))
        looks[f"other_{number}"] = Subquery(others[:1], output_field=BigIntegerField())
    rows = Operation.objects.filter(pk__in=list(operations)).order_by().annotate(**looks).values("pk", *looks)
    found = {row.pop("pk"): [pk for pk in row.values() if pk is not None] for row in map(dict, rows)}
    return {pk: list(dict.fromkeys(those))[:2] for pk, those in found.items() if those}


def owners(held: Iterable[Held], operation: int, *, after: int, many: int) -> list[int]:
    """The next so many of those whose records an operation touched, by their ids. One query for each model."""
    found: set[int] = set()
    for each in held:
        rows = each.rows.filter(operation=operation).annotate(whose=each.owner).filter(whose__gt=after)
        found |= set(rows.order_by("whose").values_list("whose", flat=True).distinct()[:many])
    return sorted(found)[:many]
