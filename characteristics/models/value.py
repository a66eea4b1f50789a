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
    # Most rows hold none of these: their own indexes are partial, see ``value_indexes``.
    element = models.ForeignKey(
        Element, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("element")
    )
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("file")
    )

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


#: The columns by which values are found, by the names of their indexes; the second ones point at a thing of its own.
STORAGES = {"text": "text_sort", "number": "number", "day": "day", "flag": "flag"}
POINTING = ("element", "file")


def value_indexes(owner: str, prefix: str, *more_pointing: str) -> list[models.Index]:
    """A partial index per storage: the values of one characteristic in order, each leading to its record.

    What is pointed at is asked for by itself too: may it be deleted, who points at it?
    """
    pointing = (*POINTING, *more_pointing)
    storages = {**STORAGES, **{name: name for name in pointing}}
    return [
        *[_said(column, ["characteristic", column, owner], f"{prefix}_{name}") for name, column in storages.items()],
        *[_said(name, [name, owner], f"{prefix}_{name}_alone") for name in pointing],
    ]


def _said(column: str, fields: list[str], name: str) -> models.Index:
    return models.Index(fields=fields, name=name, condition=Q(**{f"{column}__isnull": False}))
