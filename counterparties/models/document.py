from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from desk.models import Versioned
from files.models import StoredFile
from trail.history import Recorded

from .counterparty import Counterparty


class DocumentQuerySet(models.QuerySet):
    def current(self) -> "DocumentQuerySet":
        return self.filter(deleted_at=None)

    def deleted(self) -> "DocumentQuerySet":
        return self.filter(deleted_at__isnull=False)


class Document(Versioned, Recorded):
    """A file that belongs to a counterparty's dossier. A deleted one stays, struck through, for who asks for it."""

    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="documents", verbose_name=_("counterparty")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = Line(_("title"), max_length=200, blank=True)
    dated_on = models.DateField(_("date of the document"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)
    is_shared = models.BooleanField(_("the client sees it"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-created_at", "-pk"]

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    def __str__(self) -> str:
        return self.title or str(self.file)
