"""Which of several sorts of rows is the rarest, tried no further than is worth it."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from .leading import beside, shortest_way
from .meeting import tried
from .owners import Owners

#: So many owners are asked as soon as what is dear to read is tried.
SOON_ASKED = 12_000


def tried_in_turn(ways: Sequence[Owners], records: QuerySet, are_few: Callable[[], bool]) -> list[int] | None:
    """What ``tried`` tells of these; what is dear to read is left alone where other rows are few, and where nobody
    answers because the records themselves ``are_few``.

    (A town and a piece of a text, in the order of a number: five hundred texts take SQLite 7 ms and PostgreSQL 38; to
    ask all ten thousand of the town 15 and 33. So they are asked where none of the first answers either: who came in
    half a year as well, SQLite 73 ms, so 65, PostgreSQL 120 and 84.)
    """
    soon = [each for each in ways if each.are_soon_tried]
    dear = [each for each in ways if not each.are_soon_tried]
    if soon and dear:
        known = tried(soon, records)
        rarest = shortest_way(records, soon)
        if known is not None or rarest.at_most(SOON_ASKED) or (not rarest.answering and are_few()):
            return known
        return tried(dear, records)
    # Whoever is met by way of the only condition need not be asked for it.
    return tried(ways, beside(records, ways[0]) if len(ways) == 1 else records)
