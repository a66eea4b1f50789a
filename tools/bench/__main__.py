"""`./dev bench`: builds the offices that are missing, measures them, prints what it found. It fails on nothing."""

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tools.bench import table
from tools.bench.choices import DATABASES, GROUPS, SIZES, WIDE_GROUPS, WIDE_SIZE
from tools.bench.offices import Office
from tools.bench.planning import Step, carry_out, plan
from tools.bench.shelves import ROOT, Keeper, Shelf

#: One office is given up after so many seconds, the others are still measured.
PATIENCE = 900


def main() -> None:
    asked = read()
    keeper = Keeper(asked.home)
    collect_static(keeper, asked)
    began = time.monotonic()
    built(keeper, asked)
    building = time.monotonic() - began
    if asked.build_only:
        say(f"Built in {building:.0f} s")
        return
    found: list[dict[str, Any]] = []
    for database in asked.databases:
        with keeper.opened(database) as shelf:
            for office in offices(asked, database):
                say(f"{office}")
                found.append(measured(shelf, office, asked))
    measuring = time.monotonic() - began - building
    result = {"at": time.strftime("%Y-%m-%d %H:%M"), "machine": machine(), "offices": found}
    result |= {"building": round(building), "measuring": round(measuring)}
    asked.out.write_text(json.dumps(result, ensure_ascii=False, indent=1))
    print(table.text(result))
    say(f"Measured in {measuring:.0f} s, built in {building:.0f} s; figures: {asked.out}")


def read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="10000,100000,1000000")
    parser.add_argument("--databases", type=among(DATABASES), default=DATABASES, help="sqlite,postgresql")
    parser.add_argument("--only", type=among(GROUPS), default=list(GROUPS), help=",".join(GROUPS))
    parser.add_argument("--build-only", action="store_true", help="build what is missing and measure nothing")
    parser.add_argument("--home", type=Path, default=ROOT / "var" / "bench", help="where the offices are kept")
    parser.add_argument("--out", type=Path, default=ROOT / "var" / "bench.json")
    parser.add_argument("--table", type=Path, help="print the table of earlier figures and measure nothing")
    asked = parser.parse_args()
    if asked.table:
        print(table.text(json.loads(asked.table.read_text())))
        sys.exit()
    return asked


def numbers(said: str) -> list[int]:
    return [int(each.replace("_", "")) for each in said.split(",")]


def among(known: Any) -> Any:
    def words(said: str) -> list[str]:
        unknown = [each for each in said.split(",") if each not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: known are {', '.join(known)}")
        return said.split(",")

    return words


def offices(asked: argparse.Namespace, database: str) -> Iterator[Office]:
    """The smallest first; the one of many types and roles last, when the largest size is asked for."""
    for size in sorted(asked.sizes):
        yield Office(database, size)
    if max(SIZES) in asked.sizes and set(WIDE_GROUPS) & set(asked.only):
        yield Office(database, WIDE_SIZE, is_wide=True)


def built(keeper: Keeper, asked: argparse.Namespace) -> None:
    """Build the offices that are not there, those of both databases side by side; bring the others up to date."""
    wanted = [office for database in asked.databases for office in offices(asked, database)]
    missing = [office for office in wanted if not keeper.has(office)]
    with ExitStack() as opened:
        # Where PostgreSQL alone is asked for, its rows are made up beside an empty office on SQLite all the same.
        databases = dict.fromkeys(["sqlite", *asked.databases])
        shelves = {each: opened.enter_context(keeper.opened(each, in_haste=bool(missing))) for each in databases}

        def perform(step: Step) -> None:
            began = time.monotonic()
            getattr(shelves[step.office.database], step.act)(step.office)
            say(f"{step}: {time.monotonic() - began:.0f} s")

        steps = plan(missing) | {Step("bring_up_to_date", office): set() for office in wanted if office not in missing}
        carry_out(steps, perform)
        for step in steps:
            shelves[step.office.database].tidy(step.office)


def measured(shelf: Shelf, office: Office, asked: argparse.Namespace) -> dict[str, Any]:
    """The figures of one office, taken by a process of its own."""
    groups = [each for each in asked.only if not office.is_wide or each in WIDE_GROUPS]
    out = asked.home / "figures.json"
    out.unlink(missing_ok=True)
    program = [sys.executable, "-m", "tools.bench.measuring", str(out), str(office.size), *groups]
    if min(asked.sizes) < office.size < max(asked.sizes) and not office.is_wide:
        program.append("--brief")
    began = time.monotonic()
    try:
        answer = subprocess.run(program, cwd=ROOT, env=shelf.environment(office), check=False, timeout=PATIENCE)
        trouble = f"ended with {answer.returncode}" if answer.returncode else ""
    except subprocess.TimeoutExpired:
        trouble = f"given up after {PATIENCE} s"
    return {
        "database": office.database,
        "size": office.size,
        "is_wide": office.is_wide,
        "built": shelf.built(office),
        "seconds": round(time.monotonic() - began),
        "trouble": trouble,
        "figures": json.loads(out.read_text()) if out.exists() else [],
    }


def collect_static(keeper: Keeper, asked: argparse.Namespace) -> None:
    """Pages name their static files by what is in them."""
    shelf = Shelf(keeper.home, "sqlite", "")
    words = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(words, cwd=ROOT, env=shelf.environment(Office("sqlite", 0)), check=True)


def machine() -> str:
    """The kind of machine, as the table names it."""
    system = platform.freedesktop_os_release().get("NAME", platform.system()) if os.name == "posix" else "?"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {system}, {versions}"


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
