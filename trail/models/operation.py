from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from desk.fields import Lines
from trail.kinds import LABELS, act_choices


class Operation(models.Model):
    """One act of one person, and everything it changed: every row of history points to its operation."""

    kind = models.CharField(_("what"), max_length=20, choices=act_choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("who"))
    reason = Lines(_("reason"), blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    undoes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["-at", "-pk"]
        # The list of operations is read from one to the next, of one person or one sort of act.
        indexes = [
            models.Index(fields=["user", "at", "id"], name="operations_of_one_person"),
            models.Index(fields=["kind", "at", "id"], name="operations_of_one_sort"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Django's own way translates all sorts there are to name one: 0.1 ms for each line of a list."""
        return str(LABELS.get(self.kind, self.kind))
