from urllib.parse import parse_qsl

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from desk.models import Positioned
from trail.history import Recorded

#: So long may the question of a view be; an address of more is nobody's list.
LONGEST = 4000


class SavedView(Positioned, Recorded):
    """A list with its filters, columns and order, kept under a name; the one without a name holds my own columns."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views", verbose_name=_("who")
    )
    name = Line(_("name"), max_length=100, blank=True)
    path = models.CharField(_("list"), max_length=200)
    query = models.CharField(_("what it shows"), max_length=LONGEST, blank=True)
    role = models.ForeignKey(
        Group, models.PROTECT, null=True, blank=True, related_name="saved_views", verbose_name=_("shared with")
    )
    is_default = models.BooleanField(_("the list opens with it"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "name"], name="view_name_once_per_person_and_list"),
            models.UniqueConstraint(
                fields=["user", "path"], condition=Q(is_default=True), name="one_default_view_per_person_and_list"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/views/{self.pk}/"

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The question it asks of its list."""
        return parse_qsl(self.query)
