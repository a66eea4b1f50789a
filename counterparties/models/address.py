import re
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk import text
from desk.fields import KeyField, Line
from trail.history import Recorded

from .counterparty import Counterparty


def address_kinds() -> list[tuple[str, Any]]:
    return [("company", _("company address")), ("delivery", _("delivery address")), ("other", _("other address"))]


#: Before the name of a town: *гр. София*, *г. Москва*, *с. Бистрица*, *1000 Sofia*.
BEFORE_A_TOWN = re.compile(r"(?:гр|град|г|город|с|село|пос|поселок|[0-9]+)")
PARTS_OF_A_TOWN = re.compile(r"[^\W_]+")


class Address(Recorded):
    """Where a counterparty sits, takes delivery, or is found otherwise. Guarded by the counterparty's version."""

    not_recorded = ("city_key",)
    history_by = "counterparty"

    # Its index knows the town, so that whoever is passed on a walk is passed in the index.
    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="addresses", db_index=False, verbose_name=_("counterparty")
    )
    kind = models.CharField(_("kind of address"), max_length=10, choices=address_kinds)
    name = Line(_("what is there"), max_length=100, blank=True)
    line1 = Line(_("address"), max_length=255, blank=True)
    line2 = Line(_("address, second line"), max_length=255, blank=True)
    city = Line(_("town"), max_length=100, blank=True)
    city_key = KeyField(editable=False, default="")
    region = Line(_("region"), max_length=100, blank=True)
    postal_code = Line(_("postal code"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["counterparty", "kind"], condition=~Q(kind="other"), name="one_address_of_a_kind"
            )
        ]
        indexes = [
            models.Index(fields=["city_key", "counterparty"], name="address_by_town"),
            models.Index(fields=["counterparty", "city_key"], name="address_town_of_each"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.line1, self.line2, f"{self.postal_code} {self.city}".strip(), self.region]))

    def derive(self) -> None:
        self.city_key = town_key(self.city)


def town_key(said: str) -> str:
    """Under what a town is found, whichever alphabet it is written in: *гр. София*, *1000 Sofia* and *sofiya* are one.

    Latin letters, as the law transliterates: *-ия* at the end of a word is *-ia*.
    """
    words = PARTS_OF_A_TOWN.findall(text.key(text.clean(said)))
    while len(words) > 1 and BEFORE_A_TOWN.fullmatch(words[0]):
        del words[0]
    return " ".join(re.sub("iya$", "ia", text.latin(each)) for each in words)
