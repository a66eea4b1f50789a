"""Records among the hits of a search, all of which are read for a page."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from .hits import Hits
from .leading import Listed
from .words import WordsInEach

#: From so many hits on a list in the order of something else is walked, and each asked whether it is among them.
MET_SOON = 4_000


class Found(Listed):
    """Records among so few hits that all of them are read and then sorted.

    Unless the list is in the order of what another table says: that is walked, and each row asked whether its owner is
    among the hits, before anything else is read. (14,000 hits of a million by a number: 5 ms on SQLite, where the list
    of all takes 80; 23 and 200 on PostgreSQL.) Neither database thinks of it by itself.
    """

    def __init__(self, hits: Hits) -> None:
        super().__init__(hits)
        self.hits = hits

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        if (owner := self._walked(compiler)) is None:
            return super().as_sql(compiler, connection)
        sql, given = self.hits.statement()
        # The plus keeps SQLite from beginning with the hits; in the order of their ids the list of them is sooner made.
        return f"+{owner} IN ({sql} ORDER BY 1)", given

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        if (owner := self._walked(compiler)) is None:
            column = self.lhs.target.model._meta.get_field(self.hits.column).get_col(self.lhs.alias)
            # More are not rare enough when they are said twice.
            times = 2 if self.hits.are_few else 4
            return insisted(column, self.hits.readings, times).as_sql(compiler, connection)
        sql, given = self.hits.statement()
        # As a truth and not as a condition it is no join: the hits are kept in a table of their own.
        return f"({owner} IN ({sql})) IS TRUE", given

    def _walked(self, compiler: Any) -> str | None:
        """The owner's key in another table, in the order of which a page is asked for and hits are met soon enough."""
        query = compiler.query
        if not (query.is_sliced and query.order_by) or self.hits.at_most(MET_SOON):
            return None
        key = key_of_another(query)
        return compiler.compile(key)[0] if key else None


def key_of_another(query: Any) -> models.expressions.Col | None:
    """The record's key in another table, in the order of which a list stands."""
    # The last of the keys by which a list is sorted is the record's id.
    last = query.annotations.get(query.order_by[-1].lstrip("-"))
    return last if isinstance(last, models.expressions.Col) and last.alias != query.get_initial_alias() else None


def insisted(column: Any, readings: Sequence[str], times: int = 2) -> WordsInEach:
    """The same words several times, taken by PostgreSQL for so rare that their index is begun with and no other.

    (A page of 14,000 hits by names: 1,100 ms, so 17. One letter that a tenth say is only rare enough said four times.)
    """
    return WordsInEach(column, [" ".join([reading] * times) for reading in readings])
