"""Receipts: written when a sheet begins, closed when it ends; and which counterparties left the house in which."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from desk.databases import attempt
from exchange.domain import blocks
from exchange.models import Export, Exported
from exchange.models.export import BEGUN, BROKEN, COMPLETE

#: So many of the newest sheets that touched its block are looked through for one counterparty.
LOOKED_THROUGH = 1_000


def begin(sheet: Any, ending: str) -> Export:
    """A sheet is about to leave. Without its receipt it does not."""
    made = Export(
        user_id=getattr(sheet.user, "pk", None),
        at=sheet.at,
        through=sheet.through,
        code=sheet.code,
        title=str(sheet.title),
        address=sheet.address,
        asked=[
            *(["filter", str(label), str(words)] for label, words in sheet.filters()),
            *(["how", str(label), str(words)] for label, words in sheet.circumstances()),
        ],
        columns=[[column.key, str(column.title)] for column in sheet.columns],
        ending=ending,
        file_name=f"{sheet.file_name}.{ending}",
        left_out=sheet.left_out,
        job=sheet.job,
    )
    attempt(made.save)
    return made


def complete(export: Export, sheet: Any, *, size: int, sha256: str) -> None:
    _close(export, sheet, state=COMPLETE, size=size, sha256=sha256)


def break_off(export: Export, sheet: Any, *, size: int) -> None:
    """What was written until then may be in somebody's hands all the same, so it is noted too."""
    _close(export, sheet, state=BROKEN, size=size)


def give_up(job: Any) -> None:
    """Earlier tries of a job were killed: what they had made is gone, and nobody ever had it."""
    Export.objects.filter(job=job, state=BEGUN).update(state=BROKEN, ended_at=timezone.now())


def _close(export: Export, sheet: Any, **facts: Any) -> None:
    # The name of the file tells the number of the receipt, which was not known when that was begun.
    name_of_file = f"{sheet.file_name}.{export.ending}"
    facts |= {"file_name": name_of_file, "rows": sheet.rows_written, "ended_at": timezone.now()}
    for name, value in facts.items():
        setattr(export, name, value)
    # A job that was broken off kept no file, so nobody left the house in it.
    about = sheet.about if export.state == COMPLETE or export.job is None else ()
    packed = [Exported(export=export, block=block, members=bits) for block, bits in blocks.packed(about)]

    def act() -> None:
        with transaction.atomic():
            export.save()
            Exported.objects.bulk_create(packed, batch_size=500)

    attempt(act)


def seen_by(decision: Any) -> QuerySet[Export]:
    """The receipts that a reader may see: those who manage the settings all of them, everybody else their own."""
    if decision.may_manage_settings:
        return Export.objects.all()
    return Export.objects.filter(user=decision.user.pk)


def numbers_of(counterparty: int) -> list[int]:
    """The sheets in which a counterparty left the house, the newest first, as far as they are looked through."""
    touched = Exported.objects.filter(block=blocks.block_of(counterparty)).order_by("-export")
    rows = touched.values_list("export", "members")[:LOOKED_THROUGH]
    return [number for number, members in rows if blocks.holds(members, counterparty)]
