"""Measuring one office; run as a program of its own, with the office's address in DATABASE_URL.

python -m tools.bench.measuring OUT.json SIZE GROUP … [--brief] [--strict]
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.db import connection

from tools.bench.choices import GROUPS


def main(out: str, size: int, groups: list[str]) -> None:
    from tools.bench.asking import Person  # noqa: PLC0415 -- slow import
    from tools.bench.watch import Watch  # noqa: PLC0415 -- slow import

    watch = Watch(Person("admin"), is_brief="--brief" in sys.argv)
    for name in groups:
        watch.group = name
        print(f"  {name}", file=sys.stderr, flush=True)
        try:
            figures = import_module(f"tools.bench.figures.{GROUPS[name]}")
            figures.measure(watch, size, connection.vendor)
        except Exception as wrong:  # one group that cannot be measured must not hide the others
            watch.note("could not be measured", note=f"{type(wrong).__name__}: {wrong}"[:200])
            if "--strict" in sys.argv:
                raise
        write(out, watch)
    watch.tell_steady()
    write(out, watch)


def write(out: str, watch: Any) -> None:
    Path(out).write_text(json.dumps(watch.as_json(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]), [each for each in sys.argv[3:] if not each.startswith("--")])
