"""Out of daily work, and back into it."""

from typing import Any

from django.utils import timezone

from counterparties.domain import keeping, log_ins
from counterparties.models import Counterparty
from desk.databases import attempt
from trail.domain.operations import operation


def archive(counterparty: Counterparty, *, by: Any, seen: int | str, reason: str = "") -> bool:
    """Take a counterparty out of daily work; its documents and history stay. False when it is archived already."""
    return _move(counterparty, "archive", timezone.now(), by, seen, reason)


def restore(counterparty: Counterparty, *, by: Any, seen: int | str, reason: str = "") -> bool:
    """Bring an archived counterparty back into daily work. False when it is at work already."""
    return _move(counterparty, "restore", None, by, seen, reason)


def _move(counterparty: Counterparty, kind: str, archived_at: Any, by: Any, seen: int | str, reason: str) -> bool:
    def act() -> bool:
        moved = keeping.held(counterparty.pk)
        if moved.is_archived == (archived_at is not None):
            return False
        with operation(kind, by=by, reason=reason):
            moved.claim(seen)
            moved.archived_at = archived_at
            moved.save()
            log_ins.follow([moved], by=by)
        return True

    return attempt(act)
