from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Came in; was refused for a wrong password; went out.
IN, WRONG, OUT = "in", "wrong", "out"

WORDS = {IN: _("logged in"), WRONG: _("was refused: wrong password"), OUT: _("logged out")}


def sorts() -> list[tuple[str, Any]]:
    return list(WORDS.items())


class Passage(models.Model):
    """Somebody at the door of the office. Administrators read it on the page of the person; it is no history."""

    #: None: a name that nobody has was typed. The row costs what the others cost, and goes with the next one.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="passages", db_index=False
    )
    sort = models.CharField(max_length=5, choices=sorts)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "at", "id"], name="passages_of_one_person")]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.at:%Y-%m-%d %H:%M}"
