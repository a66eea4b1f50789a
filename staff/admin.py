from typing import Any

import allauth.account.admin  # noqa: F401 -- registers what is taken away below
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from staff.models import User
from trail.pages.administration import RecordedAdmin


class WithTheOnePermission:
    """Rights on counterparties are granted to roles in the matrix; of Django's permissions only ours means anything."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("permissions", "user_permissions"):
            kwargs["queryset"] = Permission.objects.filter(content_type__app_label="staff", codename="manage_settings")
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


@admin.register(User)
class PeopleAdmin(WithTheOnePermission, RecordedAdmin, UserAdmin):
    """Users are made here and disabled here, never deleted."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may"), {"fields": ("is_active", "groups", "is_superuser", "user_permissions")}),
        (_("What they see"), {"fields": ("language", "theme", "rows")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "email", "first_name", "last_name", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "groups")

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._in_operation(request, super().user_change_password, *args, **kwargs)


# The e-mail of a user stands with the user; the library's own list of addresses is not used.
admin.site.unregister(EmailAddress)
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(WithTheOnePermission, RecordedAdmin, GroupAdmin):
    """A role is known by its name; its rights on counterparties are in the matrix."""
