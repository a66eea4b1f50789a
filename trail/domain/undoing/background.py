"""What is too much for one click is taken back behind the pages, where an app knows how."""

from typing import Any

from desk.registry import Registry
from trail.models import Operation

from .asked import Asked

#: Classes with a code, a position and ``begin(operation, asked, by, reason)``: the address where it goes on.
ways = Registry("way to take back behind the pages")


def begin(operation: Operation, asked: Asked, *, by: Any, reason: str) -> str:
    """Where one can see how far it is."""
    return next(iter(ways)).begin(operation, asked, by, reason)
