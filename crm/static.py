"""Static files under names that say their content, scripts that bring each other included."""

from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Old pages keep old files, new pages get new ones; nothing has to be asked for twice."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[tuple[str, bool, bool], str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """A page names forty files, which have the same addresses as long as the office runs: half a millisecond."""
        asked = name, force, settings.DEBUG
        if asked not in self._addresses:
            self._addresses[asked] = super().url(name, force)
        return self._addresses[asked]
