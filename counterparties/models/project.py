from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty


class Project(Versioned, Recorded):
    """A piece of work for a counterparty."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="projects", verbose_name=_("counterparty")
    )
    name = Line(_("name"), max_length=200)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
