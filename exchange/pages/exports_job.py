"""A large sheet, made behind the pages: with the rights its owner has then, and fetched with those of later still."""

from tempfile import TemporaryFile
from typing import Any

from django.utils.formats import number_format

from desk.pages.sources import sheet_of
from desk.said import gettext as _
from desk.said import ngettext
from desk.sheets import Leaving, Sheet
from exchange.domain import exports, jobs
from exchange.models import Job
from files.domain import intake
from files.domain.made import Made
from rights.domain import policy
from trail.domain.operations import operation


def make(work: Any) -> None:
    """Make the sheet and keep it. After a killed try it begins anew: half a sheet is of no use to anybody."""
    decision = policy.for_user(work.by)
    sheet = sheet_of(work.said["list"], decision)
    if sheet is None:
        raise jobs.Refused(_("This list is not there any more."))
    sheet.through, sheet.job = "job", work.job
    exports.give_up(work.job)
    # Whoever has lost any of these until they fetch it does not get it any more.
    said = {**work.said, **granted(decision)}
    Job.objects.filter(pk=work.job.pk).update(said=said)
    with TemporaryFile() as whole:
        leaving = Leaving(sheet, work.said["format"])
        written_into(whole, leaving, work)
        made = Made(
            f"{sheet.file_name}.{work.said['format']}", leaving.content_type, leaving.size, leaving.sha256, whole
        )
        with intake.leaving_nothing_behind(), operation("export", by=work.by):
            work.hold()
            stored = intake.keep(made)
            # With the file itself, so that there never is one that hangs on no job.
            Job.objects.filter(pk=work.job.pk).update(file=stored)
        work.finish(address=sheet.receipt.address, file=stored, sentence=sentence(sheet))


def written_into(whole: Any, leaving: Leaving, work: Any) -> None:
    total = leaving.sheet.total()
    try:
        for part in leaving:
            whole.write(part)
            work.progress(leaving.sheet.rows_written, total)
    finally:
        leaving.close()


def granted(decision: Any) -> dict[str, list[int]]:
    return {right: sorted(decision.type_ids(right)) for right in ("view", "export")}


def may_fetch(job: Job, decision: Any) -> bool:
    """Does its owner still hold every right with which it was made?"""
    return all(set(job.said.get(right, ())) <= decision.type_ids(right) for right in ("view", "export"))


def sentence(sheet: Sheet) -> str:
    said = ngettext("%(number)s row.", "%(number)s rows.", sheet.rows_written) % {"number": grouped(sheet.rows_written)}
    if not sheet.left_out:
        return said
    return f"{said} {sheet.left_out_words()}: {grouped(sheet.left_out)}."


def grouped(number: int) -> str:
    """A number as its reader writes it."""
    return str(number_format(number, use_l10n=True, force_grouping=True))
