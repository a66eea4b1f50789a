from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Finds in the apps' `jobs.py` what may go on behind the pages."""

    name = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        autodiscover_modules("jobs")
