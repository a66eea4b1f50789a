"""What stops the web server before it serves the first page."""

import logging

from django.db import DatabaseError, connection

from crm.checks import known_passwords

log = logging.getLogger(__name__)


def refuse_known_passwords() -> None:
    """A real office does not open with the users of the demo; anybody knows their passwords."""
    try:
        found = known_passwords(databases=["default"])
    except DatabaseError:
        log.exception("The database is not reached; whether demo users are in it is unknown")
        return
    finally:
        connection.close()  # the workers open their own
    if found:
        raise SystemExit(f"The office does not open. {found[0].msg}. {found[0].hint}")
