"""What differs between SQLite and PostgreSQL lives here and nowhere else."""

from .among import Among
from .attempts import attempt
from .comparing import After, Before, WalkedBackFrom, WalkedFrom, firsts
from .contents import beside_each_other, said_by_one, written_ids
from .counted import Behind, UpTo
from .found import Found
from .hits import Hits
from .holding import FEW, LISTED, Together, holders, owned_by, owning, together
from .leading import (
    Count,
    Listed,
    Named,
    beside_what_tells,
    decided,
    left_open,
    number_at_once,
    number_led,
    number_met,
    number_of_all,
)
from .listed_by_name import ListedByName, OwnersByName
from .owners import Owners, number
from .pieces import Pieces
from .prepared import Prepared, by_ids
from .rarer import OneOf
from .scattered import Scattered
from .search import count_anew, make_way_for_migrations, prepare_search, put_in_order, search_triggers_missing
from .shelves import Shelves
from .shelving import put_on_shelves
from .sought import Sought
from .spans import within
from .stamps import prepare_stamps, stamp_of, stamp_triggers_missing
from .walking import met_soon
from .words import SHORTEST, Words, WordsInEach, WordsInFirstPart
from .writing import write_rows

__all__ = [
    "FEW",
    "LISTED",
    "SHORTEST",
    "After",
    "Among",
    "Before",
    "Behind",
    "Count",
    "Found",
    "Hits",
    "Listed",
    "ListedByName",
    "Named",
    "OneOf",
    "Owners",
    "OwnersByName",
    "Pieces",
    "Prepared",
    "Scattered",
    "Shelves",
    "Sought",
    "Together",
    "UpTo",
    "WalkedBackFrom",
    "WalkedFrom",
    "Words",
    "WordsInEach",
    "WordsInFirstPart",
    "attempt",
    "beside_each_other",
    "beside_what_tells",
    "by_ids",
    "count_anew",
    "decided",
    "firsts",
    "holders",
    "left_open",
    "make_way_for_migrations",
    "met_soon",
    "number",
    "number_at_once",
    "number_led",
    "number_met",
    "number_of_all",
    "owned_by",
    "owning",
    "prepare_search",
    "prepare_stamps",
    "put_in_order",
    "put_on_shelves",
    "said_by_one",
    "search_triggers_missing",
    "stamp_of",
    "stamp_triggers_missing",
    "together",
    "within",
    "write_rows",
    "written_ids",
]
