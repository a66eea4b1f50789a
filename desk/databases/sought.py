"""Records among so many hits of a search that each of them is looked into."""

from typing import Any

from django.db import models

from .found import insisted
from .hits import Hits
from .words import WordsInEach

#: Up to so many hits a count begins with their index; of more the first thousand are soon met anywhere.
COUNTED_FROM_INDEX = 100_000


class Sought(WordsInEach):
    """There are so many hits that each record is looked into; a count still begins with what the index names first."""

    def __init__(self, hits: Hits) -> None:
        super().__init__(models.F(hits.column), hits.readings)
        self.hits, self.owners = hits, hits if hits.is_indexed else None

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        is_counted = compiler.query.is_sliced and not compiler.query.order_by
        if is_counted and self.hits.at_most(COUNTED_FROM_INDEX):
            # 20,000 hits of a million: by the index of types 131 ms, so 12.
            return insisted(self.lhs, self.readings).as_sql(compiler, connection)
        return self.as_sql(compiler, connection)
