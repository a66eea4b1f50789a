"""Receipts of what left the house."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .job import Job

BEGUN, COMPLETE, BROKEN = "begun", "complete", "broken"


def states() -> list[tuple[str, Any]]:
    return [
        (BEGUN, pgettext_lazy("export", "begun")),
        (COMPLETE, pgettext_lazy("export", "complete")),
        (BROKEN, pgettext_lazy("export", "broken off")),
    ]


PAGE, JOB, COMMAND = "page", "job", "command"


def ways() -> list[tuple[str, Any]]:
    return [
        (PAGE, pgettext_lazy("export", "page")),
        (JOB, pgettext_lazy("export", "job")),
        (COMMAND, pgettext_lazy("export", "command")),
    ]


class Export(models.Model):
    """The receipt of one sheet: who took what along, when, and by which hash the file is known again.

    It is a record of an act and has no history of its own: written when the sheet begins, closed when it ends, and
    never changed afterwards. What it tells was true then, in the words of whoever took it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="exports", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=states, default=BEGUN)
    through = models.CharField(_("through"), max_length=8, choices=ways, default=PAGE)
    #: The list, as its sheets are called: *clients*, *projects*.
    code = models.CharField(_("list"), max_length=60)
    title = models.TextField(_("list"))
    #: Where the list is read with the same question, and the question in words: what it was asked for (*filter*, label,
    #: words), and what else one must know to make it again (*how*, label, words).
    address = models.TextField(_("address"), blank=True)
    asked = models.JSONField(_("question"), default=list)
    #: Key and title of each column, in the order of the sheet.
    columns = models.JSONField(_("columns"), default=list)
    ending = models.CharField(_("format"), max_length=4)
    file_name = models.TextField(_("file"))
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    left_out = models.PositiveBigIntegerField(_("left out"), default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    #: The job that made it while nobody waited; jobs go after a while, receipts stay.
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="exports", verbose_name=pgettext_lazy("thing", "job")
    )

    class Meta:
        verbose_name = pgettext_lazy("thing", "export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-id"], name="export_of_user"),
            models.Index(fields=["code", "-id"], name="export_of_list"),
            models.Index(fields=["at"], name="export_by_day"),
        ]

    def __str__(self) -> str:
        return gettext("No. %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return f"/exports/{self.pk}/"


class Exported(models.Model):
    """Which counterparties stand in one sheet, of those whose numbers lie in one block.

    ``members`` is a packed row of bits, one for each number of the block: a sheet of a million counterparties is 250
    rows here, and the dossier of one of them reads one row for each sheet that touched its block.
    """

    export = models.ForeignKey(Export, models.CASCADE, related_name="blocks")
    block = models.BigIntegerField()
    members = models.BinaryField()

    class Meta:
        verbose_name = _("counterparties of an export")
        verbose_name_plural = _("counterparties of exports")
        constraints = [models.UniqueConstraint(fields=["block", "export"], name="exported_once_a_block")]

    def __str__(self) -> str:
        return f"{self.export_id}/{self.block}"
