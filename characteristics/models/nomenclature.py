from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.fields import CodeField
from desk.models import Coded, Named, Positioned, Stoppable, Versioned
from trail.history import Recorded


class Nomenclature(Coded, Named, Positioned, Versioned, Recorded):
    """A reference list: regions, segments, payment terms."""

    is_system = models.BooleanField(_("system"), default=False, editable=False)

    class Meta:
        verbose_name = _("nomenclature")
        verbose_name_plural = _("nomenclatures")
        ordering = ["position", "name", "pk"]


class Element(Named, Positioned, Stoppable, Versioned, Recorded):
    """One choice of a nomenclature; elements may form a tree."""

    nomenclature = models.ForeignKey(
        Nomenclature, models.PROTECT, related_name="elements", verbose_name=_("nomenclature")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    code = CodeField(_("code"), max_length=32)
    picture = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )

    class Meta:
        verbose_name = _("element")
        verbose_name_plural = _("elements")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomenclature", "code"], name="element_code_once_per_nomenclature")
        ]
