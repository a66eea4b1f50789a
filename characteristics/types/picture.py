from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from files.pages.links import picture_link

from .base import types
from .file import File


@types.register
class Picture(File):
    """A picture, shown where it stands."""

    code, label, position, icon = "picture", _("Picture"), 90, "photo"
    css, pictures_only = "picture", True

    def html(self, value: Any) -> SafeString:
        return picture_link(value, 96)

    def line(self, value: Any) -> SafeString:
        return picture_link(value, 48)
