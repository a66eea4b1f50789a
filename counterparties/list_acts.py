"""What can be done with two counterparties of a list."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from desk.list_acts import ListAct, acts


@acts.register
class Join(ListAct):
    """Two that are one; offered where somebody in the list may be archived and edited, and not among the archived."""

    code, label, position = "join", _("Join two…"), 40
    url: Any = reverse_lazy("counterparty-join-two")

    def is_offered(self, request: HttpRequest, scope: Any) -> bool:
        if request.GET.get("archived") == "yes":
            return False
        return all(scope.sets - scope.without(right) for right in ("archive", "edit"))
