"""What differs between SQLite and PostgreSQL lives here and nowhere else."""

from .attempts import attempt
from .comparing import After, Before, firsts
from .holding import FEW, holders, owned_by, together
from .leading import number_led
from .search import count_anew, prepare_search, search_triggers_missing
from .words import Words, WordsInEach, WordsInFirstPart
from .writing import write_rows

__all__ = [
    "FEW",
    "After",
    "Before",
    "Words",
    "WordsInEach",
    "WordsInFirstPart",
    "attempt",
    "count_anew",
    "firsts",
    "holders",
    "number_led",
    "owned_by",
    "prepare_search",
    "search_triggers_missing",
    "together",
    "write_rows",
]
