"""Types and statuses in the settings, and the words of their history."""

from django.utils.translation import gettext_lazy as _

from counterparties.models import CounterpartyType, Status
from counterparties.pages import settings_words  # noqa: F401 -- registers itself
from desk.pages.settings import Tab, tabs


@tabs.register
class Types(Tab):
    """No button of its own: a type is added from the row of its parent."""

    code, position, label = "types", 10, _("Types")

    def count(self) -> int:
        return CounterpartyType.objects.count()


@tabs.register
class Statuses(Tab):
    code, position, label = "statuses", 20, _("Statuses")
    add_label = _("Status")

    def count(self) -> int:
        return Status.objects.count()
