"""Numbers that are counted no further than they are shown."""

from typing import Any

from django.db.models import Exists, IntegerField, QuerySet, Subquery


class UpTo(Subquery):
    """How many ``rows`` answer: all up to ``most``, and one more where there are more.

    ``Element.objects.annotate(said=UpTo(Value.objects.filter(element=OuterRef("pk")), 1_000))`` looks at a thousand
    values of each, and is one statement for a whole page.
    """

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS found)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet, most: int, **extra: Any) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1], **extra)


class Behind(Exists):
    """What must stand behind a row that is counted, looked for row by row.

    PostgreSQL takes an element that few say for one that a third of all say, and would read everybody anew for each of
    a page's elements (100 at a million: 15 s, 0.4 so). An offset keeps it from turning the question round.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="EXISTS(%(subquery)s OFFSET 0)", **extra)
