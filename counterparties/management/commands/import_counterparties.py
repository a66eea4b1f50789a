import contextlib
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, IntegrityError
from django.utils.translation import override

from counterparties.domain import importing
from counterparties.models import CounterpartyType
from counterparties.pages.columns import built_in
from desk.databases import attempt
from desk.intake import SheetError, Table, open_sheet
from desk.models import LANGUAGES, Stale
from rights.domain import policy
from staff.models import User

#: So many refused rows are told one by one; the rest are counted, and all are in the report.
TOLD = 50


class Command(BaseCommand):
    help = (
        "Takes counterparties in from an .xlsx or .csv file, by the rules of the card; run again, it changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--type",
            dest="types",
            action="append",
            default=[],
            metavar="CODE",
            help="type of new counterparties; repeatable",
        )
        parser.add_argument(
            "--map",
            dest="columns",
            action="append",
            default=[],
            metavar="COLUMN=field",
            help="put a column to a field; COLUMN=- leaves it out",
        )
        parser.add_argument(
            "--set",
            dest="constants",
            action="append",
            default=[],
            metavar="field=value",
            help="the same value in every row, for example country=GB",
        )
        parser.add_argument(
            "--month-first",
            action="append",
            default=[],
            metavar="COLUMN",
            help="days of this column are written 12/31/99",
        )
        parser.add_argument(
            "--sheet", metavar="NAME", help="which sheet of a workbook; otherwise the first that holds anything"
        )
        parser.add_argument("--encoding", help="of a text file, where the guess is wrong, for example cp1251")
        parser.add_argument(
            "--key",
            default="code",
            help="code (default), registration_number, email, or c-CODE of a text characteristic",
        )
        parser.add_argument("--mode", default="upsert", choices=importing.MODES)
        parser.add_argument(
            "--empty-clears", action="store_true", help="an empty cell empties the fact instead of leaving it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and save nothing")
        parser.add_argument("--all-or-nothing", action="store_true", help="save nothing when any row is refused")
        parser.add_argument("--report", metavar="OUT.xlsx", help="write every refused row with its reasons")
        parser.add_argument(
            "--as", dest="user", metavar="USER", help="user name of the person in whose name this is done"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        file, person = Path(options["file"]), _person(options["user"])
        # Numbers are read and sentences written in the language of the person whose import it is.
        with override(person.language if person else settings.LANGUAGE_CODE), _told_in_one_line(file):
            report = _writable(options["report"])
            with _opened(file, options) as table:
                digest = table.digest
            with importing.Mark(digest, file.name) as mark:
                self._say(mark.told())
                outcome, headers, table = attempt(lambda: self._run(file, person, mark, options))
                if report:
                    importing.report(report, outcome, table.header, _facts(file, person, outcome, headers, options))
        self._tell(outcome, headers, table, options)

    def _run(self, file: Path, person: User | None, mark: Any, options: dict[str, Any]) -> Any:
        """One attempt, from the first row on."""
        decide = lambda: policy.for_user(person or User(is_superuser=True))  # noqa: E731
        fields = importing.Fields(decide(), _titles(decide()))
        with _opened(file, options) as table:
            headers = importing.columns_of(
                table.header, fields, options["columns"], options["constants"], options["month_first"]
            )
            plan = importing.plan_of(
                headers, _types(options["types"]), options["key"], options["mode"], empty_clears=options["empty_clears"]
            )
            outcome = importing.run(
                table,
                plan,
                decide,
                by=person,
                reason=f"import_counterparties {file.name}",
                is_dry=options["dry_run"],
                is_whole=options["all_or_nothing"],
                before_keeping=lambda done: mark.write(done.operation),
            )
        return outcome, headers, table

    def _tell(self, outcome: Any, headers: Any, table: Table, options: dict[str, Any]) -> None:
        if table.is_guessed:
            self._say(f"The encoding was guessed: {table.encoding}; --encoding overrules it.")
        if headers.ignored:
            self._say(f"Ignored columns: {', '.join(headers.ignored)}.")
        for note in outcome.notes:
            self._say(note)
        for refusal in outcome.refused[:TOLD]:
            self._say(f"row {refusal.number}: {'; '.join(map(str, refusal.reasons))}")
        if len(outcome.refused) > TOLD:
            where = options["report"] or "--report OUT.xlsx"
            self._say(f"… and {len(outcome.refused) - TOLD} more refused rows; all of them: {where}")
        self._say(_pace(outcome))
        if options["dry_run"]:
            self._say("Dry run: nothing was saved.")
        self.stdout.write(str(outcome))
        if options["all_or_nothing"] and outcome.refused:
            raise CommandError(f"{options['file']}: {len(outcome.refused)} rows are refused, so nothing was saved.")

    def _say(self, sentence: str) -> None:
        if sentence:
            self.stderr.write(self.style.NOTICE(sentence))


@contextlib.contextmanager
def _told_in_one_line(file: Path) -> Iterator[None]:
    """Whatever goes wrong becomes one sentence that names the file; --traceback shows where it came from."""
    try:
        yield
    except CommandError:
        raise
    except (SheetError, importing.ImportRefused, importing.UnderWay) as wrong:
        raise CommandError(f"{file}: {wrong}") from wrong
    except OSError as wrong:
        raise CommandError(f"{wrong.filename or file} cannot be read or written: {wrong.strerror or wrong}.") from wrong
    except (IntegrityError, Stale) as wrong:
        raise CommandError(
            f"{file}: somebody else saved one of these counterparties meanwhile; nothing was saved, run it again."
        ) from wrong
    except DatabaseError as wrong:
        raise CommandError(
            f"{file}: the database refused, nothing was saved: {' '.join(str(wrong).split())}"
        ) from wrong
    except Exception as wrong:
        raise CommandError(f"{file}: nothing was saved: {type(wrong).__name__}: {wrong}") from wrong


@contextlib.contextmanager
def _opened(file: Path, options: dict[str, Any]) -> Iterator[Table]:
    with (
        file.open("rb") as source,
        open_sheet(source, file.name, options["sheet"], encoding=options["encoding"]) as table,
    ):
        yield table


def _titles(decision: Any) -> dict[str, list[str]]:
    """What the register's own sheets call each column, in every language."""
    titles: dict[str, list[str]] = {}
    for language in LANGUAGES:
        with override(language):
            for column in built_in(decision, {}):
                titles.setdefault(column.key, []).append(str(column.title))
    return titles


def _person(name: str | None) -> User | None:
    if name is None:
        return None
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no user “{name}”; --as takes a user name.")
    if not found.is_active:
        raise CommandError(f"The user “{name}” is disabled.")
    return found


def _types(codes: list[str]) -> list[CounterpartyType]:
    by_code = {each.code: each for each in CounterpartyType.objects.order_by("position", "code")}
    unknown = [code for code in codes if code.lower() not in by_code]
    if unknown:
        known = ", ".join(by_code) or "none yet, run start_office first"
        raise CommandError(f"There is no counterparty type “{unknown[0]}”; known: {known}.")
    return [by_code[code.lower()] for code in codes]


def _writable(report: str | None) -> Path | None:
    """The report's path, tried before anything is saved."""
    if report is None:
        return None
    path = Path(report)
    if path.suffix.lower() != ".xlsx":
        raise CommandError(f"{path}: the report is a workbook; give it a name ending in .xlsx.")
    was_there = path.exists()
    with path.open("ab"):
        pass
    if not was_there:
        path.unlink()
    return path


def _facts(
    file: Path, person: User | None, outcome: Any, headers: Any, options: dict[str, Any]
) -> list[tuple[str, Any]]:
    return [
        ("File", file.name),
        ("User", person.username if person else ""),
        ("When", time.strftime("%Y-%m-%d %H:%M")),
        ("Rows", outcome.rows),
        ("Created", outcome.created),
        ("Updated", outcome.updated),
        ("Same", outcome.same),
        ("Refused", len(outcome.refused)),
        ("Saved", "yes" if outcome.is_kept else "no"),
        ("Pace", _pace(outcome)),
        ("Key", options["key"]),
        ("Mode", options["mode"]),
        *(("Column", f"{each.header} → {each.field}") for each in headers.columns),
        *(("Ignored column", each) for each in headers.ignored),
        *(("Note", each) for each in outcome.notes),
    ]


def _pace(outcome: Any) -> str:
    pace = outcome.rows / max(outcome.seconds, 0.001)
    return f"{outcome.rows} rows in {outcome.seconds:.1f} s, {pace:.0f} rows a second"
