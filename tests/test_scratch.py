"""What a killed run leaves in the folder of passing things goes with the next run; nothing of anybody else does."""

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.scratch import PREFIX, Scratch, sweep

ROOT = Path(__file__).resolve().parent.parent
HOLDER = "from tests.scratch import Scratch; made = Scratch(); print(made.name, flush=True); input()"


@pytest.fixture
def apart(tmp_path, monkeypatch):
    """A folder of passing things of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


@pytest.fixture
def another(apart):
    """Another process and its folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_a_folder_goes_when_its_process_was_killed_and_never_before(another):
    process, folder = another
    (folder / "media").mkdir()

    sweep()
    assert folder.exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert folder.exists()
    sweep()
    assert not folder.exists()


def test_ones_own_folder_stays_until_it_is_let_go(apart):
    with Scratch() as name:
        sweep()
        assert Path(name).exists()
    assert list(apart.iterdir()) == []


def test_what_bears_no_lock_is_left_alone(apart):
    folder = apart / f"{PREFIX}of-somebody"
    folder.mkdir()
    (apart / "else").mkdir()
    (apart / "else" / "held").touch()
    (apart / f"{PREFIX}a-way-out").symlink_to(apart / "else")

    sweep()

    assert folder.exists()
    assert (apart / "else" / "held").exists()
