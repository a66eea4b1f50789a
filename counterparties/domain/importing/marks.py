"""A mark beside the database while a sheet is taken in, so that the next run can say how the last one ended."""

import fcntl
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from trail.models import Operation


class UnderWay(Exception):
    """The same file is being taken in right now."""


class Mark:
    """Held while one file goes into one database; what a killed run leaves behind is read by the next."""

    def __init__(self, digest: str, name: str) -> None:
        self.name = name
        database = "|".join(str(connection.settings_dict.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME"))
        key = hashlib.sha256(f"{digest}|{database}".encode()).hexdigest()[:32]
        self.path = Path(settings.VAR) / "imports" / f"{key}.json"
        self.earlier: dict[str, Any] | None = None

    def __enter__(self) -> "Mark":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._open()
        self._file.seek(0)
        self.earlier = _read(self._file.read())
        self.write(None)
        return self

    def _open(self) -> Any:
        """Open and lock the mark. A mark removed between opening and locking belongs to nobody: once more."""
        while True:
            file = self.path.open("a+")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                raise UnderWay(
                    _("%(file)s is being imported by another process right now.") % {"file": self.name}
                ) from None
            if self.path.exists() and os.fstat(file.fileno()).st_ino == self.path.stat().st_ino:
                return file
            file.close()

    def write(self, operation: int | None) -> None:
        """Note the operation before it is committed: afterwards the database knows whether it was."""
        at = Operation.objects.get(pk=operation).at.isoformat() if operation else None
        self._file.truncate(0)
        json.dump({"began": timezone.now().isoformat(), "operation": operation, "at": at}, self._file)
        self._file.flush()
        os.fsync(self._file.fileno())

    def __exit__(self, *_error: Any) -> None:
        # The run has ended by itself, well or not: its transaction is decided, nothing is left to tell.
        self.path.unlink(missing_ok=True)
        self._file.close()

    def told(self) -> str:
        """What became of an earlier run that did not end by itself; empty when there was none."""
        if self.earlier is None:
            return ""
        began = parse_datetime(self.earlier.get("began") or "")
        said = {"file": self.name, "began": timezone.localtime(began).strftime("%Y-%m-%d %H:%M:%S") if began else "?"}
        if self._was_kept():
            said["operation"] = self.earlier["operation"]
            return (
                _(
                    "An earlier run of %(file)s, begun %(began)s, was killed when all its rows were saved "
                    "(operation %(operation)s)."
                )
                % said
            )
        return _("An earlier run of %(file)s, begun %(began)s, was interrupted; nothing of it was kept.") % said

    def _was_kept(self) -> bool:
        number, at = (self.earlier or {}).get("operation"), parse_datetime((self.earlier or {}).get("at") or "")
        # The number alone may have been given to another operation since.
        return bool(number and at) and Operation.objects.filter(pk=number, at=at).exists()


def _read(said: str) -> dict[str, Any] | None:
    try:
        found = json.loads(said) if said.strip() else None
    except ValueError:
        # Killed while writing it: it says at least that there was a run.
        return {}
    return found if isinstance(found, dict) else None
