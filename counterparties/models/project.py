from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk.fields import Line
from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty


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

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="projects", verbose_name=_("counterparty")
    )
    code = Line(_("code"), max_length=32, blank=True)
    name = Line(_("name"), max_length=200)
    status = models.CharField(_("status"), max_length=10, default="running", choices=project_states)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
