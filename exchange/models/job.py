"""Work that goes on while nobody waits for a page: an import, a large sheet."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk import said
from desk.fields import Line, Lines

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
#: Nothing more happens with these by itself.
OVER = (DONE, FAILED, CANCELLED)

#: Where ``said`` keeps what it is about, as ``desk.said`` does.
ABOUT = "about"


def states() -> list[tuple[str, Any]]:
    return [
        (WAITING, _("waiting")),
        (RUNNING, _("running")),
        (DONE, _("done")),
        (FAILED, _("failed")),
        (CANCELLED, _("cancelled")),
    ]


class Job(models.Model):
    """One piece of work for one person. Its heartbeats are nobody's history; what it changes is, as everywhere.

    It goes some months after it is over: whoever points at a job does so with SET_NULL.
    """

    sort = models.CharField(_("sort"), max_length=40)
    about = Line(_("about"), max_length=500)
    said = models.JSONField(default=dict, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("who"))
    state = models.CharField(_("state"), max_length=10, choices=states, default=WAITING)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("of"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("asked to stop"), null=True, blank=True)
    problem = Lines(_("what went wrong"), blank=True)
    sentence = Lines(_("result"), blank=True)
    #: Both as ``desk.said`` keeps them, where it can; as they were written they stand in the language of its owner.
    told = models.JSONField(default=dict, editable=False)
    address = models.CharField(_("address"), max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    worker = models.CharField(_("worker"), max_length=100, blank=True)
    #: Its place in the queue of the library; a waiting job without a ready one is queued again.
    ticket = models.UUIDField(null=True, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("thing", "job")
        verbose_name_plural = pgettext_lazy("thing", "jobs")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_of_owner"),
            models.Index(fields=["state", "beat_at"], name="job_alive"),
        ]

    def __str__(self) -> str:
        return self.what_about

    def get_absolute_url(self) -> str:
        return f"/jobs/{self.pk}/"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def what_about(self) -> str:
        """What it is about, in the language of whoever reads it."""
        kept = self.said.get(ABOUT)
        return said.words(kept) if kept else self.about

    @property
    def what_came(self) -> str:
        """What came of it, in the language of whoever reads it."""
        return self._again("sentence")

    @property
    def what_failed(self) -> str:
        """What went wrong, in the language of whoever reads it."""
        return self._again("problem")

    def _again(self, name: str) -> str:
        kept = self.told.get(name)
        return said.words(kept) if kept else getattr(self, name)


def in_words(**sentences: str) -> dict[str, Any]:
    """The ``sentence`` and ``problem`` of a job as they are written, and as they can be said again."""
    told = {name: kept for name, each in sentences.items() if (kept := said.kept(each))}
    return {**sentences, "told": told}


class Worker(models.Model):
    """A process that performs jobs, and its last sign of life."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    beat_at = models.DateTimeField(_("last sign of life"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name
