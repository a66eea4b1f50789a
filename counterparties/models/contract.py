from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from characteristics.models import Element
from desk import text
from desk.fields import ExactField, KeyField, Line
from desk.models import Versioned
from files.models import StoredFile
from trail.history import Recorded

from .counterparty import SORTED_LENGTH, Counterparty
from .project import Project

#: Nobody is reminded earlier: what ends soon is looked for no further than this.
MOST_REMIND_DAYS = 366


def contract_states() -> list[tuple[str, Any]]:
    """How a contract stands on a day."""
    return [
        ("coming", pgettext_lazy("contract", "not begun")),
        ("running", pgettext_lazy("contract", "in force")),
        ("soon", pgettext_lazy("contract", "ends soon")),
        ("ended", pgettext_lazy("contract", "ended")),
    ]


class Contract(Versioned, Recorded):
    """What was signed with a counterparty, and by which of our own companies."""

    not_recorded = ("number_key", "remind_on", "search")

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
    number_key = KeyField(editable=False)
    subject = Line(_("subject"), max_length=300, blank=True)
    contract_type = models.ForeignKey(
        Element,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("type of contract"),
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    amount = ExactField(_("amount"), places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    remind_days = models.PositiveSmallIntegerField(_("remind so many days before the end"), null=True, blank=True)
    remind_on = models.DateField(null=True, editable=False)
    search = KeyField(editable=False, default="")

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["number_key", "id"], name="contract_by_number"),
            models.Index(fields=["contract_type", "number_key", "id"], name="contract_by_type"),
            models.Index(fields=["contract_type", "counterparty"], name="contract_by_type_to_whom"),
            models.Index(fields=["starts_on", "id"], name="contract_by_start"),
            models.Index(fields=["ends_on", "id"], name="contract_by_end"),
            models.Index(fields=["amount", "id"], name="contract_by_amount"),
            models.Index(
                fields=["ends_on", "id", "remind_on"], name="contract_reminders", condition=Q(remind_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def derive(self) -> None:
        """Keys for sorting and searching, and the day of the reminder, follow from the facts."""
        self.number_key = text.key(text.clean(self.number))[:SORTED_LENGTH]
        self.search = "".join(f" {each}" for said in (self.number, self.subject) for each in text.spellings(said))
        self.remind_on = None
        if self.ends_on is not None and self.remind_days is not None:
            # No day comes before the first one of the calendar.
            self.remind_on = date.fromordinal(max(self.ends_on.toordinal() - self.remind_days, 1))


def contract_state(starts_on: date | None, ends_on: date | None, remind_on: date | None, today: date) -> str:
    """How a contract with these days stands; without days it is in force."""
    if ends_on is not None and ends_on < today:
        return "ended"
    if starts_on is not None and starts_on > today:
        return "coming"
    return "soon" if remind_on is not None and remind_on <= today else "running"
