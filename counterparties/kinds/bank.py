from django.utils.translation import gettext_lazy as _

from .base import Kind, kinds


@kinds.register
class Bank(Kind):
    """Has bank accounts; its statements are imported and processed."""

    code, position = "bank", 30
    label, plural, new_words = _("Bank"), _("Banks"), _("New bank")
    path, icon = "banks", "building-bank"
    holds_bank_accounts = True
