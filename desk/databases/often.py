"""What very many records say: PostgreSQL keeps it in an index of its own, shelf by shelf."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Sequence

from .shelves import MOST_PIECES, Shelves
from .words import SHORTEST, terms

#: What so many of a thousand say, and no more of them: more are met wherever one begins to look.
LEAST, MOST = 125, 500
#: So many records tell what that is.
ASKED = 1_000
#: From this share of all records on a search asks for it: a hit costs no more than four records that say a piece of it.
OFTEN = 0.1


def chosen(shelves: Shelves, names: int) -> str:
    """A question for the pieces of three letters that very many say, the rarest first.

    A shorter word is asked for with the space before it. What the same records say in the same alphabet is kept once
    (``inf`` and ``nfo``): whoever looks for one of them seldom looks for the other. Figures that very many have would
    be three times as many pieces, and nobody looks for them.
    """
    pieces = f"SELECT DISTINCT substr(said, place, {SHORTEST}) FROM generate_series(1, length(said) - 2) AS place"
    return (
        f"WITH asked AS MATERIALIZED (SELECT ctid AS who, {shelves.column} AS said FROM {shelves.table}"
        f" TABLESAMPLE SYSTEM (LEAST(100, 100.0 * {ASKED} / {max(names, 1)})) REPEATABLE (1) WHERE {names} > 0),"
        " told AS (SELECT piece, COUNT(*) AS many, array_agg(who ORDER BY who) AS whose,"
        f" piece ~ '^[ -~]*$' AS is_latin FROM asked, LATERAL ({pieces}) AS pieces(piece)"
        " WHERE piece ~ '^ ?[^ -@]+$' GROUP BY piece),"
        " one AS (SELECT DISTINCT ON (whose, is_latin) piece, many FROM told"
        f" WHERE many * 1000 / (SELECT COUNT(*) FROM asked) BETWEEN {LEAST} AND {MOST}"
        " ORDER BY whose, is_latin, left(piece, 1) = ' ', piece)"
        f" SELECT ARRAY(SELECT piece FROM (SELECT * FROM one ORDER BY many DESC, piece LIMIT {MOST_PIECES}) AS common"
        " ORDER BY many, piece)"
    )


def said_in(readings: Sequence[str], pieces: Sequence[str]) -> tuple[int, ...]:
    """The numbers of pieces one of which stands in whatever answers these readings; none where there are no such."""
    found = []
    for reading in readings:
        words = terms(reading)
        number = next((at for at, piece in enumerate(pieces) if any(piece in word for word in words)), None)
        if number is None:
            return ()
        found.append(number)
    return tuple(sorted(set(found)))
