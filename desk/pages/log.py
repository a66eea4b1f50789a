"""The log: each line says in which request it was written, for whom, from where; and is one line.

Django sets the log up before there are models, so this module may need none.
"""

import logging
from contextvars import ContextVar

from django.http import HttpRequest

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class AboutRequest(logging.Filter):
    """Adds to each line of the log: the number of the request, who, from where."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = getattr(record, "request", None)  # Django logs a refusal when the request is over already
        request = said if isinstance(said, HttpRequest) else current.get()
        record.number = getattr(request, "number", "-")
        record.address = request.META.get("REMOTE_ADDR", "-") if request else "-"
        # Only a user already read: a line of the log must not ask the database, which may be what is failing.
        user = getattr(request, "_cached_user", None)
        record.user = getattr(user, "pk", None) or "-"
        if record.levelno < logging.ERROR:
            record.exc_info = None  # a refusal is one line; where it came from is no news
        return True


class OneLine(logging.Formatter):
    """What came from outside cannot forge a line of the log or reach the terminal that shows it."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in super().formatMessage(record))
