from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class Holding(Kind):
    """A group of clients; reports are made by group."""

    code, position = "holding", 60
    label, plural, new_words = _("Holding"), _("Holdings"), _("New holding")
    path, icon = "holdings", "hierarchy"
    groups_clients = True
