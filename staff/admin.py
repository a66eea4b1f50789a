from typing import Any

import allauth.account.admin  # noqa: F401 -- registers what is taken away below
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from staff.domain.entering import holders
from staff.models import User
from trail.pages.administration import RecordedAdmin


class WithTheOnePermission:
    """Rights on counterparties are granted to roles in the matrix; of Django's permissions only ours means anything."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # Ticks: there are few of either, and Django's two lists side by side speak no Bulgarian.
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
        if db_field.name in ("permissions", "user_permissions"):
            field.queryset = Permission.objects.filter(content_type__app_label="staff", codename="manage_settings")
            # The database keeps its name in English.
            field.label_from_instance = lambda permission: _(permission.name)
        return field


class PersonForm(UserChangeForm):
    def clean_email(self) -> str:
        """Nobody gets the e-mail by which a client logs in: neither of the two could log in with it any more."""
        email: str = self.cleaned_data["email"]
        if email and holders(email).filter(is_guest=True).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("A client logs in with this e-mail. Write another one."))
        return email


@admin.register(User)
class PeopleAdmin(WithTheOnePermission, RecordedAdmin, UserAdmin):
    """Users are made here and disabled here, never deleted.

    The log-in of a client comes from his card, and so does his e-mail; he is disabled here, but never given a role.
    """

    form = PersonForm
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("What they may"), {"fields": ("is_active", "groups", "is_superuser", "user_permissions")}),
        (_("What they see"), {"fields": ("language", "theme", "rows")}),
        (_("Dates"), {"fields": ("last_login", "password_set_at", "date_joined")}),
    )
    readonly_fields = ("last_login", "password_set_at", "date_joined")
    list_display = ("username", "email", "first_name", "last_name", "is_active", "is_superuser")
    list_filter = ("is_active", "is_superuser", "is_guest", "groups")
    of_colleagues = ("username", "email", "last_name", "groups", "is_superuser", "user_permissions")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        given = (*super().get_readonly_fields(request, obj),)
        return (*given, *self.of_colleagues, "is_guest") if obj and obj.is_guest else given

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        given = super().get_fieldsets(request, obj)
        return (*given, (_("Log-in of a client"), {"fields": ("is_guest",)})) if obj and obj.is_guest else given

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._in_operation(request, super().user_change_password, *args, **kwargs)


# The e-mail of a user stands with the user; the library's own list of addresses is not used.
admin.site.unregister(EmailAddress)
admin.site.unregister(Group)


@admin.register(Group)
class RoleAdmin(WithTheOnePermission, RecordedAdmin, GroupAdmin):
    """A role is known by its name; its rights on counterparties are in the matrix."""
