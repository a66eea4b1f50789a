from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from desk.fields import Lines
from desk.models import Versioned
from trail.history import Recorded

from .counterparty import Counterparty

#: A note is called by so much of its beginning.
CALLED = 60


def audiences() -> list[tuple[str, Any]]:
    return [
        ("office", _("colleagues who see the dossier")),
        ("roles", _("chosen roles")),
        ("client", _("colleagues and the client")),
    ]


class NoteQuerySet(models.QuerySet):
    def read_by(self, decision: Any) -> "NoteQuerySet":
        """Those the reader may know of, whose dossier they may view. Whatever tells of notes asks here.

        A note for chosen roles is read by them, by its author and by superusers; to others it does not exist.
        """
        if decision.is_superuser:
            return self
        open_to_all, reader = ~Q(audience="roles"), getattr(decision.user, "pk", None)
        if reader is None:
            return self.filter(open_to_all)
        chosen = NoteReader.objects.filter(note=OuterRef("pk"), role__user=reader)
        return self.filter(open_to_all | Q(author=reader) | Q(Exists(chosen)))


class Note(Versioned, Recorded):
    """What a colleague wants the others to know about a counterparty; internal unless it says otherwise."""

    counterparty = models.ForeignKey(Counterparty, models.PROTECT, related_name="notes", verbose_name=_("counterparty"))
    text = Lines(_("note"), max_length=10_000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    audience = models.CharField(_("who reads it"), max_length=8, default="office", choices=audiences)
    roles = models.ManyToManyField(Group, through="NoteReader", related_name="+", verbose_name=_("roles"))
    is_pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-is_pinned", "-created_at", "-pk"]

    def __str__(self) -> str:
        line = " ".join(self.text.split())
        return line if len(line) <= CALLED else f"{line[: CALLED - 1]}…"


class NoteReader(Recorded):
    """A role that reads a note meant for chosen roles."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="readers", verbose_name=_("note"))
    role = models.ForeignKey(Group, models.PROTECT, related_name="+", verbose_name=_("role"))

    class Meta:
        verbose_name = _("reader of a note")
        verbose_name_plural = _("readers of notes")
        constraints = [models.UniqueConstraint(fields=["note", "role"], name="role_once_per_note")]

    def __str__(self) -> str:
        return str(self.role)
