from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CharacteristicsConfig(AppConfig):
    name = "characteristics"
    verbose_name = _("Characteristics")
