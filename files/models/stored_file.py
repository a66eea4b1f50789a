from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import Line
from trail.history import Recorded


class StoredFile(Recorded):
    """A file or picture that came through the upload door; kept under a name we made, served only by `/files/<id>/`."""

    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    name = Line(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(_("content type"), max_length=100)
    storage_name = models.CharField(max_length=255, unique=True, editable=False)
    # Whose rights decide; empty for pictures of nomenclature elements, which every user may see.
    counterparty = models.ForeignKey(
        "counterparties.Counterparty",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("counterparty"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/files/{self.pk}/"
