"""The limits that a characteristic may have beside its type, and the answer with which a new card begins."""

from typing import Any

#: So many values of one characteristic are kept, where several are.
MOST_VALUES = 100
#: By their fields, what each is where nothing is said.
NOTHING: dict[str, Any] = {
    "minimum": "",
    "maximum": "",
    "max_length": None,
    "pattern": "",
    "pattern_hint": "",
    "default": "",
    "is_unique": False,
}
