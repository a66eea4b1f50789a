from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from counterparties.domain import defining
from desk.databases import attempt
from rights.domain.granting import copy_rights
from trail.domain.operations import operation


class Command(BaseCommand):
    help = "Makes nomenclatures, characteristics and types as a YAML file says; run again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.yaml")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and save nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        file = Path(options["file"])
        try:
            plan = defining.read(_text_of(file))
            report = attempt(lambda: _apply(plan, f"define_characteristics {file.name}", dry=options["dry_run"]))
        except defining.Refused as wrong:
            # What YAML says goes over several lines.
            raise CommandError(f"{file}: {' '.join(str(wrong).split())}") from None
        for word in ("created", "changed", "same"):
            for thing in getattr(report, word):
                self.stdout.write(f"{word} {thing}")
        counts = " ".join(f"{word}={len(getattr(report, word))}" for word in ("created", "changed", "same"))
        self.stdout.write(f"{counts} (dry run, nothing was saved)" if options["dry_run"] else counts)


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as wrong:
        raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not text in UTF-8; save it in that encoding.") from None


def _apply(plan: defining.Plan, reason: str, *, dry: bool) -> defining.Report:
    """Everything under one operation; new subtypes start with a copy of their parents' rights."""
    with operation("command", by=None, reason=reason) as act:
        report = defining.define(plan)
        for type_ in report.new_types:
            copy_rights(type_.parent, type_)
        if dry:
            act.row = None
            transaction.set_rollback(True)
    return report
