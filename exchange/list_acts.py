"""What can be done with many counterparties of a list."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from desk.list_acts import ListAct, acts


class BulkAct(ListAct):
    """Offered where at least one combination of types in the list grants its right."""

    url: Any = reverse_lazy("bulk")
    right = ""

    def is_offered(self, request: HttpRequest, scope: Any) -> bool:
        return bool(scope.sets - scope.without(self.right))


@acts.register
class Change(BulkAct):
    code, label, position, right = "change", _("Change…"), 10, "edit"


@acts.register
class Archive(BulkAct):
    """Not where only archived ones are listed."""

    code, label, position, right, destroys = "archive", _("Archive…"), 20, "archive", True

    def is_offered(self, request: HttpRequest, scope: Any) -> bool:
        return request.GET.get("archived") != "yes" and super().is_offered(request, scope)


@acts.register
class Restore(BulkAct):
    """Where archived ones are listed."""

    code, label, position, right = "restore", _("Restore…"), 30, "archive"

    def is_offered(self, request: HttpRequest, scope: Any) -> bool:
        return request.GET.get("archived") in ("yes", "all") and super().is_offered(request, scope)
