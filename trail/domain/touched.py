"""What operations touched: which of them a reader may know of, how many records of each model, and whose.

Asked of each operation by itself, from one of its rows to the next and no further than to the answer: it may have
touched a million records. For whoever sees few of them ``gathered`` answers the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from trail.domain.changes import Part
from trail.models import Operation


@dataclass(frozen=True)
class Held:
    """Some rows of a model's history, and how each says whose it is."""

    part: Part
    owner: Any
    #: Does each of them tell something? Whatever was added does; a change may have been of what is not for the reader.
    is_exact: bool = True

    @property
    def rows(self) -> QuerySet:
        """The rows themselves, in no order."""
        return rows_of(self.part)

    @property
    def is_by_owners(self) -> bool:
        """Are they those of some owners, by whom an index leads to them beside the one by operation and owner?"""
        return bool(self.part.rows and _indexed(self.part.model))

    @property
    def telling(self) -> Part:
        """Those of them that tell something for sure."""
        return self.part if self.is_exact else Part(self.part.model, self.part.rows & Q(history_type="+"))

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


class AnyOf(Subquery):
    """Is there any row? Looked at one after another in their order, which PostgreSQL drops where it stands outside."""

    template = "EXISTS(SELECT 1 FROM (%(subquery)s) looked_into WHERE looked_into.is_known)"
    output_field = BooleanField()


def touching(held: Iterable[Held], operations: Collection[int]) -> set[int]:
    """Of these operations, those that wrote a row that tells something for sure. One query."""
    touched = Q()
    for each in held:
        touched |= Q(AnyOf(_of_each(each.telling).annotate(is_known=Value(True)).values("is_known")[:1]))
    if not touched or not operations:
        return set()
    return set(Operation.objects.filter(touched, pk__in=list(operations)).order_by().values_list("pk", flat=True))


def counted(held: Sequence[Held], operations: Collection[int], *, most: int) -> dict[int, dict[Any, int]]:
    """How many records of each model these operations touched, counted no further than the number. One query.

    More than ``most`` says only that there are more.
    """
    if not held or not operations:
        return {pk: {} for pk in operations}
    counts = {
        f"of_{number}": Many(
            each.rows.filter(operation=OuterRef("pk")).annotate(record=F("id")).values("record")[: most + 1]
        )
        for number, each in enumerate(held)
    }
    rows = Operation.objects.filter(pk__in=list(operations)).order_by().annotate(**counts).values("pk", *counts)
    return {
        row["pk"]: {each.part.model: many for number, each in enumerate(held) if (many := row[f"of_{number}"])}
        for row in rows
    }


def first_owners(held: Sequence[Held], operations: Collection[int]) -> dict[int, list[int]]:
    """Of each operation, one or two of those whose records it touched, by their ids. One query."""
    looks: dict[str, Any] = {}
    for number, each in enumerate(held):
        whose = each.rows.filter(operation=OuterRef("pk")).annotate(record=each.owner).values("record")
        for name, order in (("lowest", "record"), ("highest", "-record")):
            looks[f"{name}_{number}"] = Subquery(whose.order_by(order)[:1], output_field=BigIntegerField())
    rows = Operation.objects.filter(pk__in=list(operations)).order_by().annotate(**looks).values_list("pk", *looks)
    return one_or_two((pk, those) for pk, *those in rows)


def one_or_two(found: Iterable[tuple[int, Iterable[int | None]]]) -> dict[int, list[int]]:
    """Of each operation the first ones that there are."""
    return {pk: owners for pk, those in found if (owners := list(dict.fromkeys(each for each in those if each))[:2])}


def owners(held: Iterable[Held], operation: int, *, after: int, many: int) -> list[int]:
    """The next so many of those whose records an operation touched, by their ids. One query for each model."""
    found: set[int] = set()
    for each in held:
        rows = each.rows.filter(operation=operation).annotate(whose=each.owner).filter(whose__gt=after)
        found |= set(rows.order_by("whose").values_list("whose", flat=True).distinct()[:many])
    return sorted(found)[:many]
