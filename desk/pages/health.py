"""For the machine that watches the office: is the process alive, can it work?"""

import logging
import secrets
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


class HealthMiddleware:
    """Answers `/healthz` and `/readyz` before anything else is asked: no session, no user, no host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path)
        return answer() if answer else self.get_response(request)


def alive() -> HttpResponse:
    """The process answers."""
    return _said("ok", 200)


def ready() -> HttpResponse:
    """The database and the store of files can be reached; otherwise 503, and the log says why."""
    missing = [
        name for name, can in (("database", reach_database), ("storage", reach_storage)) if not _works(name, can)
    ]
    return _said(f"not reached: {', '.join(missing)}", 503) if missing else _said("ok", 200)


ANSWERS = {"/healthz": alive, "/readyz": ready}


def reach_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        cursor.fetchone()


def reach_storage() -> None:
    """A full disk lets read and not write, so a small file is written and taken away."""
    name = default_storage.save(f".ready-{secrets.token_hex(8)}", ContentFile(b"ready"))
    default_storage.delete(name)


def _works(name: str, reach: Callable[[], None]) -> bool:
    try:
        reach()
    except Exception:  # whatever hinders it, the office is not ready
        log.exception("The %s is not reached", name)
        return False
    return True


def _said(word: str, status: int) -> HttpResponse:
    return HttpResponse(f"{word}\n", status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})
