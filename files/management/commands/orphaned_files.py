from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from files.domain import orphans


class Command(BaseCommand):
    help = "Finds stored files that belong to nobody; --delete removes them. What only history shows is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--delete", action="store_true", help="remove them; without it they are only named")

    def handle(self, *_args: Any, **options: Any) -> str:
        found = orphans.find()
        for name in found.names:
            self.stderr.write(f"nobody's: {name}")
        for row in found.rows:
            self.stderr.write(f"nothing points at: {row.pk} {row.name} ({row.storage_name})")
        for row in found.lost:
            self.stderr.write(f"gone from the store: {row.pk} {row.name} ({row.storage_name})")
        if options["delete"]:
            orphans.remove(found)
        done = "deleted" if options["delete"] else "found"
        return f"{done}={len(found.names) + len(found.rows)} gone={len(found.lost)}"
