"""What sheets, coming in or going out, say of a person: kept files that hold it go, receipts stay."""

from typing import Any

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from exchange.domain import blocks
from exchange.models import Export, Exported, Import, ImportRow, Job
from exchange.models.job import ABOUT
from files.domain.finding import holds
from files.models import StoredFile
from trail.domain.erasing import Eraser, Subject, erasers
from trail.domain.erasing.registry import FILES
from trail.models import Operation

IMPORTS, JOBS, ROWS = "exchange.Import", "exchange.Job", "exchange.ImportRow"


@erasers.register
class Imports(Eraser):
    """A sheet in which it stands goes as a whole; what became of its other rows stays told."""

    code, position, model = IMPORTS, 210, Import
    blanks = {"examples": []}
    mentions = ("header", "sheets", "sheet", "notes", "trouble", "reason")

    def search(self, subject: Subject) -> None:
        """By what they changed, by what their rows say, and by what stands in their files."""
        held = subject.held[IMPORTS]
        held |= set(Import.objects.filter(operation__in=sorted(subject.operations)).values_list("pk", flat=True))
        for pk, of, said in ImportRow.objects.order_by().values_list("pk", "of", "said").iterator():
            if _is_about(said, subject):
                subject.held[ROWS].add(pk)
                held.add(of)
        words = subject.phrases.bytes()
        for other in Import.objects.exclude(pk__in=held).select_related("file").order_by("pk"):
            if words and holds(other.file, words):
                held.add(other.pk)
        found = Import.objects.filter(pk__in=held)
        subject.held[FILES] |= set(found.values_list("file", flat=True))
        subject.held[JOBS] |= set(Job.objects.filter(said__import__in=sorted(held)).values_list("pk", flat=True))

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        """The operation of an import is called by its file, whomever else it touched."""
        for of in Import.objects.filter(asked, operation__isnull=False).select_related("file", "operation"):
            called = of.operation and of.operation.reason
            if called == of.file.name and subject.phrases.tell(called):
                Operation.objects.filter(pk=of.operation_id).update(reason="")
        super()._blank_records(subject, asked)


def _is_about(said: dict[str, Any], subject: Subject) -> bool:
    is_its_own = subject.counterparty is not None and said.get("id") == subject.counterparty
    return is_its_own or any(subject.phrases.stand_in(word) for word in _texts(said))


def _texts(said: Any) -> Any:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _texts(each)


@erasers.register
class Rows(Eraser):
    """The row is still counted; its cells say nothing."""

    code, position, model = ROWS, 220, ImportRow

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        for row in ImportRow.objects.filter(asked).order_by("pk"):
            said = dict(row.said)
            if "cells" in said:
                said["cells"] = [""] * len(said["cells"])
            if "reasons" in said:
                said["reasons"] = [[*each[:2], subject.called] for each in said["reasons"]]
            if "changes" in said:
                said["changes"] = {}
            if "name" in said:
                said["name"] = subject.called
            if subject.phrases.tell(said.get("code", "")):
                said["code"] = ""
            ImportRow.objects.filter(pk=row.pk).update(said=said)
            subject.counts[ImportRow._meta.db_table] += 1


@erasers.register
class Exports(Eraser):
    """A receipt says that it left in a sheet; the sheet is kept no more. One about it alone tells no question."""

    code, position, model = "exchange.Export", 230, Export
    mentions = ("title", "address", "asked", "file_name")
    blanks = {"asked": [], "address": ""}

    def search(self, subject: Subject) -> None:
        left = self._sheets_with(subject.counterparty) if subject.counterparty else set()
        subject.held[self.code] |= set(Export.objects.filter(pk__in=left, rows=1).values_list("pk", flat=True))
        made = StoredFile.objects.filter(pk__in=Job.objects.filter(file__isnull=False).values("file"))
        subject.held[FILES] |= set(made.filter(pk__in=_files_of(left)).values_list("pk", flat=True))
        words = subject.phrases.bytes()
        for kept in made.exclude(pk__in=subject.held[FILES]).order_by("pk"):
            if words and holds(kept, words):
                subject.held[FILES].add(kept.pk)

    @staticmethod
    def _sheets_with(counterparty: int) -> set[int]:
        rows = Exported.objects.filter(block=blocks.block_of(counterparty)).values_list("export", "members")
        return {number for number, members in rows.iterator() if blocks.holds(members, counterparty)}


def _files_of(exports: set[int]) -> Any:
    return Job.objects.filter(exports__in=sorted(exports), file__isnull=False).values("file")


@erasers.register
class Jobs(Eraser):
    """That something was done stays; what it was about does not."""

    code, position, model = JOBS, 240, Job
    called, blanks = ("about",), {"sentence": "", "problem": "", "told": {}}
    mentions = ("about", "sentence", "problem", "told", "said", "address")

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        for job in Job.objects.filter(asked, said__has_key=ABOUT).order_by("pk"):
            said = {name: each for name, each in job.said.items() if name != ABOUT}
            Job.objects.filter(pk=job.pk).update(said=said)
        super()._blank_records(subject, asked)


@erasers.register
class Tickets(Eraser):
    """What the queue keeps of jobs is their number, and of faults what went wrong."""

    code, position, model = "django_tasks_database.DBTaskResult", 250, DBTaskResult
    mentions = ("traceback",)
