"""Reasons in the settings."""

from django.utils.translation import gettext_lazy as _

from desk.pages.settings import Tab, tabs
from trail.domain import reasons


@tabs.register
class Reasons(Tab):
    code, position, label = "reasons", 90, _("Reasons")

    def count(self) -> int:
        return len(reasons.required())
