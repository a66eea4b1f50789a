from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class Company(Kind):
    """A legal entity of the office itself, a user of the system."""

    code, position = "company", 40
    label, plural, new_words = _("Own company"), _("Own companies"), _("New own company")
    path, icon = "companies", "building"
    is_own_company = True
