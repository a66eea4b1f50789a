"""What the settings objects and cards of an office have in common."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desk.fields import CodeField, Line

LANGUAGES = ("en", "bg", "ru")


class Stale(Exception):
    """Somebody else changed the thing since it was read."""

    def __init__(self, thing: models.Model) -> None:
        super().__init__(f"{thing._meta.label} {thing.pk} was changed by somebody else")
        self.thing = thing


class Gone(IntegrityError):
    """What the thing was to point at was deleted by somebody else since it was chosen."""


class Coded(models.Model):
    """Known by a short Latin code, fixed once the object exists."""

    code = CodeField(
        _("code"), max_length=32, unique=True, help_text=_("Short, Latin letters; it cannot be changed later.")
    )

    class Meta:
        abstract = True


class Named(models.Model):
    """Has a name, and optional names in the other interface languages."""

    name = Line(_("name"), max_length=200)
    name_en = Line(_("name in English"), max_length=200, blank=True)
    name_bg = Line(_("name in Bulgarian"), max_length=200, blank=True)
    name_ru = Line(_("name in Russian"), max_length=200, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """The name in the reader's language, or the name."""
        language = (get_language() or "")[:2]
        return (getattr(self, f"name_{language}", "") if language in LANGUAGES else "") or self.name

    def __str__(self) -> str:
        return self.label


class Positioned(models.Model):
    """Has a place among its siblings."""

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True


class Stoppable(models.Model):
    """Can be stopped: old values stay readable, nothing new is offered it."""

    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_stopped(self) -> bool:
        return self.stopped_at is not None


class Versioned(models.Model):
    """Guards against two people saving over each other."""

    version = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, seen: int | str) -> None:
        """Take the right to change what was read as version ``seen``; Stale when somebody was faster.

        The one conditional update: first in the operation, before anything else is written.
        """
        try:
            seen = int(seen)
        except (TypeError, ValueError):
            raise ValidationError(_("Open the page again: its version is missing.")) from None
        # A version from nowhere near a bigint cannot be the one that is stored.
        if abs(seen) > 2**62 or not self._claimed(seen):
            raise Stale(self)
        self.version = seen + 1

    def _claimed(self, seen: int) -> Any:
        rows = type(self)._base_manager.filter(pk=self.pk, version=seen)
        return rows.update(version=F("version") + 1)
