from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from counterparties.domain import erasing
from counterparties.models import Counterparty, Erasure
from desk import text
from staff.models import User


class Command(BaseCommand):
    help = "Erases the personal data of a counterparty or a user, in the books and in their history, for good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--counterparty", metavar="CODE", help="a counterparty, with its log-in, papers and letters")
        whom.add_argument("--user", metavar="NAME", help="a user of the office")
        parser.add_argument("--reason", required=True, help="why, without a name: it is kept with the receipt")
        parser.add_argument("--as", dest="by", metavar="USER", help="in whose name; a superuser")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be blanked")

    def handle(self, *_args: Any, **options: Any) -> None:
        by = self._superuser(options["by"]) if options["by"] else None
        how = {"by": by, "reason": options["reason"], "is_rehearsal": options["dry_run"]}
        try:
            if options["counterparty"] is not None:
                receipt = erasing.erase_counterparty(self._counterparty(options["counterparty"]), **how)
            else:
                receipt = erasing.erase_user(self._user(options["user"]), **how)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from wrong
        self._tell(receipt, options["dry_run"])

    def _tell(self, receipt: Erasure, is_rehearsal: bool) -> None:
        for table, rows in receipt.counts.items():
            self.stdout.write(f"{table}={rows}")
        self.stdout.write(f"files={receipt.files}")
        self.stdout.write("Dry run: nothing was erased." if is_rehearsal else f"receipt={receipt.pk}")

    @staticmethod
    def _counterparty(code: str) -> Counterparty:
        found = Counterparty.objects.filter(code_key=text.key(text.clean(code))).first()
        if found is None:
            raise CommandError(f"There is no counterparty “{code}”; --counterparty takes its code.")
        return found

    @staticmethod
    def _user(name: str) -> User:
        found = User.objects.filter(username=name).first()
        if found is None:
            raise CommandError(f"There is no user “{name}”; --user takes a user name.")
        return found

    def _superuser(self, name: str) -> User:
        found = self._user(name)
        if not (found.is_active and found.is_superuser):
            raise CommandError(f"{name} may not erase personal data; superusers may.")
        return found
