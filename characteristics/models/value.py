from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desk import text
from desk.fields import ExactField, KeyField, Lines

from .characteristic import Characteristic
from .nomenclature import Element

#: So much of a text's key is sorted and compared as a whole; the rest is still searched.
SORTED_LENGTH = 100


class StoredValue(models.Model):
    """What one record says for one characteristic: one typed column per storage, the others empty.

    Abstract: the app that owns the records adds the key to its record and history. ``place`` counts several values
    of one characteristic from 0.
    """

    not_recorded = ("text_key", "text_sort")

    characteristic = models.ForeignKey(
        Characteristic, models.PROTECT, related_name="+", verbose_name=_("characteristic")
    )
    place = models.PositiveSmallIntegerField(default=0)
    text = Lines(_("text"), null=True)
    text_key = KeyField(null=True, editable=False)
    text_sort = KeyField(null=True, editable=False)
    number = ExactField(pgettext_lazy("value", "number"), places=6, null=True)
    day = models.DateField(_("day"), null=True)
    flag = models.BooleanField(_("yes or no"), null=True)
    element = models.ForeignKey(Element, models.PROTECT, null=True, related_name="+", verbose_name=_("element"))
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name=_("file"))

    class Meta:
        abstract = True

    @property
    def says_nothing(self) -> bool:
        """What it said was erased."""
        return all(getattr(self, each.attname) is None for each in self._meta.concrete_fields if each.null)

    def derive(self) -> None:
        """The keys a text is searched and sorted by."""
        self.text_key, self.text_sort = text_keys(self.text)


def text_keys(said: str | None) -> tuple[str | None, str | None]:
    """The two keys stored beside a text."""
    if said is None:
        return None, None
    key = text.key(said)
    return key, key[:SORTED_LENGTH]


def value_indexes(owner: str, prefix: str) -> list[models.Index]:
    """A partial index per storage: the values of one characteristic in order, each leading to its record."""
    storages = {
        "text": "text_sort",
        "number": "number",
        "day": "day",
        "flag": "flag",
        "element": "element",
        "file": "file",
    }
    return [
        models.Index(
            fields=["characteristic", column, owner],
            name=f"{prefix}_{name}",
            condition=Q(**{f"{column}__isnull": False}),
        )
        for name, column in storages.items()
    ]
