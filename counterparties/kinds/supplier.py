from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class Supplier(Kind):
    """Provides goods or services the office uses."""

    code, position = "supplier", 20
    label, plural, new_words = _("Supplier"), _("Suppliers"), _("New supplier")
    path, icon = "suppliers", "truck-delivery"
