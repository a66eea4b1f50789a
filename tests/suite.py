"""`./dev test`: the whole suite on SQLite and on PostgreSQL, with a real browser."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import ready, scratch, servers

ROOT = Path(__file__).resolve().parent.parent
WORKERS = "2"
NOTHING_COLLECTED = 5  # pytest's answer when the given words choose no test


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that PostgreSQL is shut down then too
    browser, sentence = servers.browser_or_install()
    say(sentence)
    if browser is None and os.environ.get("CI"):
        say("In CI the browser tests must run, so this is a failure.")
        return 1
    began = time.monotonic()
    scratch.sweep()
    with scratch.Scratch() as folder, servers.postgres() as address:
        runs = environments(Path(folder), address, browser)
        # A server that was given is somebody's: nothing but the tests' own databases comes there.
        if not ready.make([each for each in runs.values() if ready.READY in each]):
            say("The tables could not be made; the reason stands above.")
            return 1
        answers = {name: run(name, environment, arguments) for name, environment in runs.items()}
    failed = [name for name, answer in answers.items() if answer not in (0, NOTHING_COLLECTED)]
    if not failed and set(answers.values()) == {NOTHING_COLLECTED}:
        say("No test was chosen by these words.")
        return NOTHING_COLLECTED
    say(closing_line(failed, browser, time.monotonic() - began))
    return 1 if failed else 0


def environments(folder: Path, address: str, browser: Path | None) -> dict[str, dict[str, str]]:
    """What the runs are told, by their names."""
    clean = clean_environment(folder, browser)
    first = {"DATABASE_URL": f"sqlite:///{folder}/office.sqlite3", ready.READY: f"{folder}/ready.sqlite3"}
    second = {"DATABASE_URL": address, "SECOND_DATABASE": "1"}
    if os.environ.get("DATABASE_URL") != address:
        second[ready.READY] = "ready"
    return {"SQLite": clean | first, "PostgreSQL": clean | second}


def clean_environment(folder: Path, browser: Path | None) -> dict[str, str]:
    """What the tests see: nobody's own office, key, files or mail."""
    environment = os.environ | {
        # What was compiled once is not compiled again by every worker: that takes each 5 seconds of the processor.
        "PYTHONDONTWRITEBYTECODE": "",
        "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "MEDIA_ROOT": str(folder / "media"),
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "memorymail://",
        "OFFICE_URL": "https://office.example",
        "DEBUG": "0",
        "DEMO": "0",
        "HTTPS": "0",
        "LANGUAGE_CODE": "en",
    }
    return environment | ({"CHROMIUM": str(browser)} if browser else {})


def run(name: str, environment: dict[str, str], arguments: list[str]) -> int:
    say(f"\nThe suite on {name}{', for all that asks a database' if 'SECOND_DATABASE' in environment else ''}")
    spread = [] if {"-n", "--pdb"} & set(arguments) else ["-n", WORKERS, "--dist", "worksteal"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *spread, *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def closing_line(failed: list[str], browser: Path | None, seconds: float) -> str:
    if failed:
        return f"\nThe suite failed on {' and on '.join(failed)} ({seconds:.0f} s)."
    without = "" if browser else " The browser tests were left out: there is no browser."
    return f"\nThe suite passed on SQLite and on PostgreSQL ({seconds:.0f} s).{without}"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
