from django.db import models
from django.utils.translation import gettext_lazy as _

from characteristics.models import Element
from desk.fields import ExactField, Line
from desk.models import Versioned
from files.models import StoredFile
from trail.history import Recorded

from .counterparty import Counterparty
from .project import Project


class Contract(Versioned, Recorded):
    """What was signed with a counterparty, and by which of our own companies."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="contracts", verbose_name=_("counterparty")
    )
    company = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_contracts",
        verbose_name=_("own company"),
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="contracts", verbose_name=_("project")
    )
    number = Line(_("number"), max_length=64)
    subject = Line(_("subject"), max_length=300, blank=True)
    contract_type = models.ForeignKey(
        Element, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("type of contract")
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    amount = ExactField(_("amount"), places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    remind_days = models.PositiveSmallIntegerField(_("remind so many days before the end"), null=True, blank=True)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.number
