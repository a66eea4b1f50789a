"""The preview: every row judged by the code of the run, nothing of it written but what is told."""

from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import transaction
from django.utils import translation

from counterparties.domain.importing.judging import Judge
from counterparties.domain.importing.pointing import foresee
from counterparties.domain.importing.rows import drafts_of
from counterparties.domain.importing.running import chunks
from desk.databases import attempt
from desk.said import noted
from exchange.domain import jobs
from exchange.models import Import
from exchange.models.importing import BEFORE, MAPPED, OUTCOMES, PREVIEWED
from rights.domain import policy
from staff.models import User
from trail.domain import meanwhile

from . import rows
from .mapping import plan_for
from .opening import opened

#: Sheets of up to so many rows are previewed while the page waits.
AT_ONCE = 1_000
JOB = "import-preview"


def decide(of: Import) -> Any:
    """The rights of the person whose import it is, as they are now."""
    # Asked anew for each portion, on purpose.
    (person,) = User.objects.filter(pk=of.user_id)
    return policy.for_user(person)


def preview(of: Import) -> None:
    """Judge all rows as the import says; a small sheet at once, a large one behind the pages.

    ImportRefused and SheetError say why it cannot be done like that.
    """
    if of.state not in BEFORE:
        return
    plan_for(of, decide(of))
    is_small = of.rows <= AT_ONCE

    def begin() -> None:
        with transaction.atomic():
            if of.job:
                jobs.cancel(of.job)
            of.state, of.foreseen, of.counts, of.trouble, of.rows_done = MAPPED, {}, {}, "", 0
            of.job = None if is_small else jobs.enqueue(JOB, by=of.user, about=str(of.file), said={"import": of.pk})
            of.save()
            rows.forget(of)

    attempt(begin)
    if is_small:
        # Numbers are read in the language in which the run will read them.
        with translation.override(of.user.language) if of.user.language else nullcontext():
            attempt(lambda: _look_at_once(of))


def perform(work: Any) -> None:
    """The preview as a job. One that was asked for before its columns were chosen anew is nobody's any more."""
    of = Import.objects.select_related("file", "user").get(pk=work.said["import"])
    if of.job_id == work.job.pk and look(of, work.progress):
        work.finish(address=of.get_absolute_url())


def _look_at_once(of: Import) -> None:
    with transaction.atomic():
        look(of)


def look(of: Import, progress: Callable[[int, int], None] = lambda done, total: None) -> bool:
    """Judge every row, and keep what would become of it. False: its columns were chosen anew meanwhile."""
    moment, counted, done = meanwhile.now(), Counter(dict.fromkeys(OUTCOMES, 0)), 0
    plan = plan_for(of, decide(of))
    judge = Judge(plan, writes=False, tells=True)
    if not attempt(lambda: _keep(of, None)):
        return False
    with opened(of) as table:
        for chunk in chunks(table, plan):
            verdict = judge.judge(drafts_of(chunk, plan), decide(of))
            if plan.missing:
                plan.missing.count(verdict, judge.answers.asked)
            foresee(plan, verdict)
            counted += rows.count(verdict)
            told = list(rows.told(verdict, plan, of))
            if not attempt(lambda told=told: _keep(of, told)):
                return False
            done += len(chunk)
            progress(done, of.rows)
    of.state, of.foreseen, of.looked_at = PREVIEWED, {each: counted[each] for each in OUTCOMES}, str(moment)
    of.notes = noted(plan.missing.words()) if plan.missing else []
    mine = Import.objects.filter(pk=of.pk, job=of.job_id, state=MAPPED)
    facts = {name: getattr(of, name) for name in ("state", "foreseen", "looked_at", "notes")}
    return bool(attempt(lambda: mine.update(**facts)))


def _keep(of: Import, told: list[Any] | None) -> bool:
    """Write down rows; the first time (None) those of an earlier try go. False: another preview is at work."""
    with transaction.atomic():
        mine = Import.objects.select_for_update().filter(pk=of.pk, job=of.job_id, state=MAPPED)
        if not mine.values_list("pk").first():
            return False
        if told is None:
            rows.forget(of)
        else:
            rows.keep(told)
    return True
