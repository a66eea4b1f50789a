"""Django admin over recorded models: a save is an operation, nothing is deleted, history is only read."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from simple_history.admin import SimpleHistoryAdmin

from desk.databases import attempt
from desk.models import Stale
from trail.domain.operations import operation


class RecordedAdmin(SimpleHistoryAdmin):
    """For superusers. What is never deleted offers no deleting; who sees a thing sees its history."""

    object_history_list_template = "trail/admin_history.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_view_history_or_change_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_history_permission(request, obj)

    def has_change_history_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_history_queryset(self, *args: Any) -> models.QuerySet:
        # The operation of every row is told, so all of them are read at once.
        return super().get_history_queryset(*args).select_related("operation")

    def get_urls(self) -> list[Any]:
        # Without the library's page of one old version: sent back by POST, it would save that version.
        return super(SimpleHistoryAdmin, self).get_urls()

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._in_operation(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._in_operation(request, super().changelist_view, *args, **kwargs)

    def _in_operation(self, request: HttpRequest, view: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)

        def act() -> HttpResponse:
            with operation("admin", by=request.user):
                return view(request, *args, **kwargs)

        try:
            return attempt(act)
        except Stale:
            return render(request, "409.html", status=409)


class ReadOnlyAdmin(RecordedAdmin):
    """Looked at here, changed on the office's own pages, which guard its rules."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
