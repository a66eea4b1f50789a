from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Finds what the other apps contribute: characteristic types, dossier panels, menu entries, words of the timeline,
    tabs of the settings, who uses what, and where files hang."""

    name = "desk"
    verbose_name = _("Desk")

    def ready(self) -> None:
        from desk import databases, fields  # noqa: PLC0415 -- app ready

        fields.KeyField.register_lookup(databases.Words)
        fields.KeyField.register_lookup(databases.WordsInEach)
        fields.KeyField.register_lookup(databases.WordsInFirstPart)
        autodiscover_modules("types", "characteristic_types", "panels", "menu", "timeline", "settings_tabs", "usage")
        autodiscover_modules("list_acts")
        autodiscover_modules("file_places")
        autodiscover_modules("undoing")
        autodiscover_modules("log_ins")
        autodiscover_modules("receipts", "sheet_sources")
        autodiscover_modules("sharing")
        autodiscover_modules("erasing")
        autodiscover_modules("finders")
