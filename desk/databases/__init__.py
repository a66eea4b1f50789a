"""What differs between SQLite and PostgreSQL lives here and nowhere else."""

from .attempts import attempt
from .comparing import After, Before, firsts
from .hits import Hits, Sought
from .holding import FEW, LISTED, holders, owned_by, together
from .leading import Listed, number, number_led
from .search import count_anew, prepare_search, search_triggers_missing
from .words import Words, WordsInEach, WordsInFirstPart
from .writing import write_rows

__all__ = [
    "FEW",
    "LISTED",
    "After",
    "Before",
    "Hits",
    "Listed",
    "Sought",
    "Words",
    "WordsInEach",
    "WordsInFirstPart",
    "attempt",
    "count_anew",
    "firsts",
    "holders",
    "number",
    "number_led",
    "owned_by",
    "prepare_search",
    "search_triggers_missing",
    "together",
    "write_rows",
]
