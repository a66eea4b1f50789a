from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk import text
from desk.fields import KeyField, Line
from desk.models import Versioned
from trail.history import Recorded

from .counterparty import SORTED_LENGTH, Counterparty


def project_states() -> list[tuple[str, Any]]:
    return [
        ("planned", _("planned")),
        ("running", _("running")),
        ("on-hold", pgettext_lazy("project", "on hold")),
        ("done", pgettext_lazy("project", "done")),
        ("given-up", _("given up")),
    ]


class Project(Versioned, Recorded):
    """A piece of work for a counterparty."""

    not_recorded = ("code_key", "name_key", "search")

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="projects", verbose_name=_("counterparty")
    )
    code = Line(_("code"), max_length=32, blank=True)
    code_key = KeyField(null=True, editable=False)
    name = Line(_("name"), max_length=200)
    name_key = KeyField(editable=False)
    status = models.CharField(_("status"), max_length=10, default="running", choices=project_states)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    search = KeyField(editable=False, default="")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name", "pk"]
        constraints = [
            # Two clients may number their projects alike; those without a code do not meet.
            models.UniqueConstraint(fields=["counterparty", "code_key"], name="project_code_once_per_counterparty")
        ]
        indexes = [
            models.Index(fields=["name_key", "id"], name="project_by_name"),
            models.Index(fields=["code_key", "id"], name="project_by_code"),
            models.Index(fields=["status", "name_key", "id"], name="project_by_status"),
            models.Index(fields=["starts_on", "id"], name="project_by_start"),
            models.Index(fields=["ends_on", "id"], name="project_by_end"),
        ]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        """Keys for comparing, sorting and searching follow from the facts."""
        self.code_key = text.key(text.clean(self.code)) or None
        self.name_key = text.key(text.clean(self.name))[:SORTED_LENGTH]
        self.search = "".join(f" {each}" for said in (self.code, self.name) for each in text.spellings(said))
