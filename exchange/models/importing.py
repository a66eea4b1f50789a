"""A sheet on its way into the books: what was brought, how it is read, how far it has come."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk import said
from desk.fields import Line, Lines

from .job import Job

RECEIVED, MAPPED, PREVIEWED, RUNNING = "received", "mapped", "previewed", "running"
DONE, CANCELLED, FAILED = "done", "cancelled", "failed"
#: Until the run, its columns may be chosen anew.
BEFORE = (RECEIVED, MAPPED, PREVIEWED)
#: Nothing more happens with these, unless somebody goes on with them.
OVER = (DONE, CANCELLED, FAILED)

#: What becomes of a row.
NEW, CHANGED, SAME, CONFLICT, REFUSED = "new", "changed", "same", "conflict", "refused"
OUTCOMES = (NEW, CHANGED, SAME, CONFLICT, REFUSED)


def states() -> list[tuple[str, Any]]:
    return [
        (RECEIVED, _("its columns are to be chosen")),
        (MAPPED, _("to be previewed")),
        (PREVIEWED, _("ready to run")),
        (RUNNING, _("running")),
        (DONE, _("done")),
        (CANCELLED, _("cancelled")),
        (FAILED, _("failed")),
    ]


def outcomes() -> list[tuple[str, Any]]:
    return [
        (NEW, pgettext_lazy("row", "new")),
        (CHANGED, pgettext_lazy("row", "changed")),
        (SAME, pgettext_lazy("row", "same")),
        (CONFLICT, pgettext_lazy("row", "conflict")),
        (REFUSED, pgettext_lazy("row", "refused")),
    ]


class Import(models.Model):
    """One sheet that one person brought. What it changes stands in history, under its one operation."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("who"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name=_("file"))
    sheets = models.JSONField(default=list, editable=False)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    header = models.JSONField(default=list, editable=False)
    #: The first filled cells of each column, for whoever chooses what the column means.
    examples = models.JSONField(default=list, editable=False)
    #: By this the mapping of the same header is remembered.
    fingerprint = models.CharField(max_length=64, db_index=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)

    #: The field of each column, in the order of the columns; an empty one is not imported.
    mapping = models.JSONField(default=list)
    #: Places of the columns whose days are written 12/31/99.
    month_first = models.JSONField(default=list)
    key = models.CharField(_("known by"), max_length=40, default="code")
    mode = models.CharField(_("mode"), max_length=10, default="upsert")
    types = models.JSONField(_("types"), default=list)
    creates_elements = models.BooleanField(_("create missing elements"), default=False)
    empty_clears = models.BooleanField(_("an empty cell empties"), default=False)
    is_whole = models.BooleanField(_("all or nothing"), default=False)
    overwrites = models.BooleanField(_("overwrite what changed since the export"), default=False)

    state = models.CharField(_("state"), max_length=10, choices=states, default=RECEIVED)
    #: How many rows the preview promised of each outcome, and how many the run has made of each so far.
    foreseen = models.JSONField(default=dict, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    #: When the preview was made, in the words of ``trail.domain.meanwhile``.
    looked_at = models.TextField(blank=True, editable=False)
    notes = models.JSONField(default=list, editable=False)
    trouble = Lines(_("what went wrong"), blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    reason = Line(_("reason"), max_length=500, blank=True)
    operation = models.ForeignKey(
        "trail.Operation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("operation")
    )
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("thing", "job")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("thing", "import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "-id"], name="import_of_user")]

    def __str__(self) -> str:
        return str(self.file)

    def get_absolute_url(self) -> str:
        return f"/imports/{self.pk}/"

    @property
    def sentences(self) -> list[str]:
        """What is told besides the numbers, in the language of whoever reads it."""
        return said.read(self.notes)

    @property
    def is_over(self) -> bool:
        return self.state in OVER


class ImportRow(models.Model):
    """What becomes of one row: by the preview, and once the import has run, by the run itself."""

    # Both indexes below begin with it.
    of = models.ForeignKey(Import, models.CASCADE, related_name="outcomes", db_index=False)
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=outcomes)
    said = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="row_once_per_import")]
        indexes = [models.Index(fields=["of", "outcome", "number"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"
