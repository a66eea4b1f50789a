"""Acts that are done again when another one stood in their way."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")

#: Errors after which the same act may simply be tried again.
TRY_AGAIN = ("locked", "busy", "deadlock", "could not serialize")


def attempt(act: Callable[[], T], times: int = 6) -> T:
    """Do an act, again when the database was locked or the act was chosen as a deadlock's victim.

    The act must be whole in itself (open its own operation) and is not repeated inside another's transaction.
    """
    for left in reversed(range(times)):
        try:
            return act()
        except OperationalError as error:
            again = any(word in str(error).lower() for word in TRY_AGAIN)
            if not again or not left or connection.in_atomic_block:
                raise
            time.sleep(random.uniform(0.01, 0.05) * (times - left))  # noqa: S311
    raise AssertionError("unreachable")
