"""The office reads and writes UTF-8, whatever a visitor says about the letters of what they send."""

import re
from collections.abc import Callable, Iterable
from typing import Any

#: The part of a Content-Type that names an alphabet: ``; charset=utf-7``.
CHARSET = re.compile(r"""; \s* charset \*? \s* = \s* ( "[^"]*" | [^;]* )""", re.IGNORECASE | re.VERBOSE)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def utf8_only(application: Application) -> Application:
    """Forget the alphabet a request names.

    Django would read the address in it before any of our code runs: ``hex`` is no alphabet for texts and breaks the
    request, ``utf-7`` and ``unicode_escape`` smuggle in letters that no database takes.
    """

    def reading_utf8(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if said := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = CHARSET.sub("", said)
        return application(environ, start_response)

    return reading_utf8
