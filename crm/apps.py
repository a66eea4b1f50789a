from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class CrmConfig(AppConfig):
    name = "crm"

    def ready(self) -> None:
        from crm import checks  # noqa: F401, PLC0415 -- app ready


class AdministrationConfig(AdminConfig):
    """Django admin behind the office's own door."""

    default_site = "staff.pages.administration.Administration"
