from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk.fields import Line
from desk.models import Positioned, Versioned
from trail.history import Recorded

from .counterparty import Counterparty


class Contact(Positioned, Versioned, Recorded):
    """A person to talk to at a counterparty."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="contacts", verbose_name=_("counterparty")
    )
    name = Line(pgettext_lazy("person", "name"), max_length=200)
    job = Line(_("job"), max_length=100, blank=True)
    email = Line(_("e-mail"), max_length=254, blank=True)
    phone = Line(_("phone"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
