"""Taking a small sheet in, as the tests of the import do."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


class Told:
    """What the command said: the counts of its last line, and its log."""

    def __init__(self, out: str, log: str) -> None:
        self.out, self.log = out, log
        self.last = out.strip().splitlines()[-1] if out.strip() else ""


@pytest.fixture
def take_in(office: None, tmp_path: Path, settings: Any) -> Any:
    """Runs the command; its marks are kept in the test's own directory."""
    settings.VAR = tmp_path / "var"

    def run(file: Path, *words: str) -> Told:
        out, log = io.StringIO(), io.StringIO()
        try:
            call_command("import_counterparties", str(file), *words, stdout=out, stderr=log)
        finally:
            run.said = Told(out.getvalue(), log.getvalue())
        return run.said

    return run
