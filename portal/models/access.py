from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from counterparties.models import Counterparty
from desk import text
from desk.fields import KeyField
from trail.history import Recorded


class Access(Recorded):
    """A client's way in to his own page: the log-in the office gave him. Never deleted, but withdrawn."""

    not_recorded = ("email_key",)
    history_by = "counterparty"

    counterparty = models.OneToOneField(
        Counterparty, models.PROTECT, related_name="access", verbose_name=_("counterparty")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="access", verbose_name=_("log-in")
    )
    # While it is open no other log-in of a client has this e-mail, however many are allowed at the same moment.
    email_key = KeyField(unique=True, null=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("invitation accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("log-in of a client")
        verbose_name_plural = _("log-ins of clients")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None

    def derive(self) -> None:
        self.email_key = text.key(text.clean(self.user.email)) if self.is_open else None
