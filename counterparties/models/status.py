from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.models import Coded, Named, Positioned, Stoppable, Versioned
from trail.history import Recorded


def colors() -> list[tuple[str, Any]]:
    return [
        ("green", _("green")),
        ("teal", _("teal")),
        ("violet", _("violet")),
        ("amber", _("amber")),
        ("red", _("red")),
        ("slate", _("grey")),
    ]


class Status(Coded, Named, Positioned, Stoppable, Versioned, Recorded):
    """Where the office stands with a counterparty: active, contract signed, unreliable."""

    color = models.CharField(_("colour"), max_length=10, choices=colors, default="slate")
    is_default = models.BooleanField(_("for new counterparties"), default=False)

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statuses")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="one_default_status"
            )
        ]
