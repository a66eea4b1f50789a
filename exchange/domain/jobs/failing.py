"""Why a job failed, in words that its owner can do something with."""

import errno

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError

from desk.said import gettext as _

from .endings import Failed, Refused


def words(error: Exception, number: int) -> str:
    """A sentence for its owner; what only a programmer can read is in the log."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, Failed) and str(error):
        return error.args[0]  # not made a text: it knows how to be said again
    if isinstance(error, PermissionDenied):
        return _("You lack a right that this needs.")
    if isinstance(error, OperationalError):
        return _("The database was busy or out of reach.")
    if isinstance(error, MemoryError):
        return _("There was not enough memory.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full.")
    return _("Something went wrong that nobody foresaw. The log says more under the name job %(number)s.") % {
        "number": number
    }


def is_final(error: Exception) -> bool:
    """Trying again would say the same."""
    return isinstance(error, Refused | ValidationError | PermissionDenied)
