"""Characteristics and nomenclatures in the settings."""

from django.utils.translation import gettext_lazy as _

from characteristics.models import Characteristic, Nomenclature
from desk.pages.settings import Tab, tabs


@tabs.register
class Characteristics(Tab):
    code, position, label = "characteristics", 30, _("Characteristics")
    add_label = _("Characteristic")

    def count(self) -> int:
        return Characteristic.objects.count()


@tabs.register
class Nomenclatures(Tab):
    code, position, label = "nomenclatures", 40, _("Nomenclatures")
    add_label = _("Nomenclature")

    def count(self) -> int:
        return Nomenclature.objects.count()
