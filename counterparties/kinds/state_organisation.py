from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class StateOrganisation(Kind):
    """An administrative body to which tax documents can be issued."""

    code, position = "state-organisation", 50
    label, plural, new_words = _("State organisation"), _("State organisations"), _("New state organisation")
    path, icon = "state-organisations", "building-community"
    receives_tax_documents = True
