from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from trail.models import Operation


@admin.register(Operation)
class OperationAdmin(admin.ModelAdmin):
    """Who did what; operations are written by acts and by nobody's hand."""

    list_display = ("at", "user", "kind", "reason", "address")
    list_filter = ("kind",)
    list_select_related = ("user",)
    date_hierarchy = "at"
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
