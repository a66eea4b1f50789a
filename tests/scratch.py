"""A folder of one process, gone with it; what killed processes left behind is swept by the next run of the suite."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "office-tests-"
#: Locked by the process the folder belongs to: the system takes the lock back however that process ends.
HELD = "held"


class Scratch(tempfile.TemporaryDirectory):
    def __init__(self) -> None:
        super().__init__(prefix=PREFIX, ignore_cleanup_errors=True)
        new = Path(self.name) / "new"
        self._held = new.open("w")
        fcntl.flock(self._held, fcntl.LOCK_EX)
        new.rename(new.with_name(HELD))  # nobody sees it before it is locked


def sweep() -> None:
    """Remove the folders that no living process holds; those that bear no lock are not known to be ours."""
    for held in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{HELD}"):
        with suppress(OSError):  # it is somebody's at work, or it went meanwhile
            if held.parent.lstat().st_uid == os.geteuid():
                _sweep(held)


def _sweep(held: Path) -> None:
    with held.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(held.parent)
