import csv
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from counterparties.domain import bank_lists

#: So many joined banks are told one by one; the rest are counted.
TOLD = 20


class Command(BaseCommand):
    help = "Makes one sheet for import_counterparties out of published lists of banks (.json): a row per BIC."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lists", metavar="DIR", help="a directory of .json lists, or one list")
        parser.add_argument("out", metavar="OUT.csv")

    def handle(self, *_args: Any, **options: Any) -> None:
        files = _files(Path(options["lists"]))
        try:
            done = bank_lists.convert(files)
            _write(Path(options["out"]), done.banks)
        except bank_lists.ListRefused as wrong:
            raise CommandError(str(wrong)) from None
        except OSError as wrong:
            raise CommandError(f"{wrong.filename} cannot be read or written: {wrong.strerror}.") from None
        self._tell(done)
        self.stdout.write(f"files={len(files)} read={done.read} banks={len(done.banks)} refused={len(done.refused)}")

    def _tell(self, done: bank_lists.Converted) -> None:
        for refusal in done.refused:
            self.stderr.write(refusal)
        joined = sorted(done.joined, key=lambda bank: -bank.entries)
        for bank in joined[:TOLD]:
            others = (
                f"; other names: {', '.join(bank.other_names[:3])}{' …' if len(bank.other_names) > 3 else ''}"
                if bank.other_names
                else ""
            )
            self.stderr.write(f"{bank.code}: {bank.entries} entries became one bank, {bank.name}{others}")
        if joined:
            entries = sum(bank.entries for bank in joined)
            self.stderr.write(f"In all {entries} entries stand for {len(joined)} banks that were listed several times.")


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise CommandError(f"{path}: there is no such file or directory.")
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise CommandError(f"{path}: no .json lists are in this directory.")
    return files


def _write(out: Path, banks: list[bank_lists.Bank]) -> None:
    """The sheet is there whole or not at all."""
    half = out.with_name(f"{out.name}.part")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(bank_lists.HEADER)
        writer.writerows(bank.row for bank in banks)
    os.replace(half, out)
