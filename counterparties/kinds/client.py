from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class Client(Kind):
    """Uses goods or services of the office."""

    code, position = "client", 10
    label, plural, new_words = _("Client"), _("Clients"), _("New client")
    path, icon = "clients", "users"
    list_columns = ("name", "email", "status", "created")
    list_filters = (
        "q",
        "type",
        "status",
        "category",
        "subcategory",
        "project",
        "contract_type",
        "country",
        "city",
        "holding",
        "created",
        "archived",
    )
    is_client = True
