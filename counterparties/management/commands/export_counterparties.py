"""The register as a file, from the command line: the rows, columns and order of the page with the same question."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from counterparties.pages.asked import Question
from counterparties.pages.sheet import Sheet
from desk.sheets import Leaving
from rights.domain import policy
from staff.domain.people import reader

ENDINGS = ("xlsx", "csv")


class Command(BaseCommand):
    help = "Writes counterparties into an .xlsx or .csv file, as the register would with the same question."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT.xlsx", help="the file to write; .csv makes a CSV file")
        parser.add_argument(
            "--type", action="append", default=[], metavar="CODE", help="a type with its subtypes; may be repeated"
        )
        parser.add_argument(
            "--query", default="", help='the question of an address, for example "status=active&c-size_min=3"'
        )
        parser.add_argument(
            "--columns", default="", help="keys of columns parted by commas, for example code,name,c-segment"
        )
        parser.add_argument("--as", dest="by", metavar="USER", help="with the rights of this user; else everything")

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        ending = out.suffix.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise CommandError(f"{out}: the name must end in .xlsx or .csv.")
        user = reader(options["by"])
        if user is None:
            raise CommandError(f"There is no user “{options['by']}”; --as takes a user name.")
        decision = policy.for_user(user)
        if not decision.may_anywhere("export"):
            raise CommandError(f"{user.username} has the right export on no type.")
        question = Question(self._asked(options), decision)
        sheet = Sheet(question, user)
        # A page tells what it leaves out; nobody looks at a command, and a filter left out would write too much.
        if question.notes:
            raise CommandError(f"{out}: nothing was written. {' '.join(question.notes)}")
        sheet.through = "command"
        try:
            Leaving(sheet, ending).into(out)
        except OSError as error:
            raise CommandError(f"{out} could not be written: {error.strerror}.") from error
        print(f"rows={sheet.rows_written} left_out={sheet.left_out}")

    def _asked(self, options: dict[str, Any]) -> QueryDict:
        asked = QueryDict(options["query"].removeprefix("?"), mutable=True)
        if options["type"]:
            asked.setlist("type", options["type"])
        if options["columns"]:
            asked.setlist("columns", [key.strip() for key in options["columns"].split(",")])
        return asked
