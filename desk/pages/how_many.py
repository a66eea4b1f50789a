"""How many a list holds: counted with its page, after it, or to the end when somebody asks."""

from django.db.models import QuerySet

from desk.databases import Count, number_at_once, number_met, number_of_all

#: Counted up to here; beyond, only when somebody asks.
COUNTED = 1_000
#: Where the count follows its page, the page itself counts up to here, and only what no rows must be looked into for.
COUNTED_AT_ONCE = 200
#: What an address says of the count: to the end, or by itself, for the page that it follows.
EXACT, SOON = "exact", "soon"


def capped_count(records: QuerySet, cap: int = COUNTED) -> Count:
    """How many there are, counted no further than the cap and than a quick look leads."""
    found = number_met(records, cap + 1)
    return Count(cap, is_more=True) if found.number > cap else found


def in_tens(number: int) -> int:
    """“230+” is said sooner than “234+”: nobody counted to the end."""
    return max(number - number % 10, min(number, 10))


def how_many(records: QuerySet, asked: str, follows: bool, shown: int) -> Count:
    """How many of these there are, counted as far as the address asks; at least as many as are ``shown``.

    Where the count ``follows`` its page, the page tells what takes no time and else what it shows: “50+”.
    """
    if asked == EXACT:
        return Count(number_of_all(records))
    if follows and asked != SOON:
        told = number_at_once(records, COUNTED_AT_ONCE) or Count(shown, is_more=True)
    else:
        told = capped_count(records)
    return Count(max(in_tens(told.number), shown), is_more=True) if told.is_more else told
