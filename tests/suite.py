"""`./dev test`: the whole suite on SQLite and on PostgreSQL, with a real browser."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import servers

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
    with tempfile.TemporaryDirectory(prefix="office-tests-") as scratch:
        environment = clean_environment(Path(scratch), browser)
        answers = {
            "SQLite": run("SQLite", environment | {"DATABASE_URL": f"sqlite:///{scratch}/office.sqlite3"}, arguments)
        }
        with servers.postgres() as address:
            second = environment | {"DATABASE_URL": address, "SECOND_DATABASE": "1"}
            answers["PostgreSQL"] = run("PostgreSQL, for all that asks a database", second, arguments)
    failed = [name for name, answer in answers.items() if answer not in (0, NOTHING_COLLECTED)]
    if not failed and set(answers.values()) == {NOTHING_COLLECTED}:
        say("No test was chosen by these words.")
        return NOTHING_COLLECTED
    say(closing_line(failed, browser, time.monotonic() - began))
    return 1 if failed else 0


def clean_environment(scratch: Path, browser: Path | None) -> dict[str, str]:
    """What the tests see: nobody's own office, key, files or mail."""
    environment = os.environ | {
        "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "MEDIA_ROOT": str(scratch / "media"),
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
    say(f"\nThe suite on {name}")
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
