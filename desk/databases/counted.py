"""Numbers that are counted no further than they are shown."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


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
