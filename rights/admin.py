from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from counterparties.admin import TypeAdmin
from counterparties.models import CounterpartyType
from rights.domain.granting import copy_rights
from rights.models import Grant
from trail.pages.administration import ReadOnlyAdmin


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    list_display = ("role", "type", "right")
    list_filter = ("role", "type", "right")
    list_select_related = ("role", "type")


# Registered here and not with the counterparties, which know nothing of rights.
@admin.register(CounterpartyType)
class TypeWithRightsAdmin(TypeAdmin):
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            copy_rights(obj.parent, obj)
