from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from desk.models import Positioned
from trail.history import Recorded


class SavedView(Positioned, Recorded):
    """A list with its filters, columns and order, kept under a name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views", verbose_name=_("who")
    )
    name = Line(_("name"), max_length=100)
    path = models.CharField(max_length=200)
    query = models.CharField(max_length=2000, blank=True)
    is_shared = models.BooleanField(_("colleagues see it too"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="view_name_once_per_person")]

    def __str__(self) -> str:
        return self.name
