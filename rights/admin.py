from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from counterparties.admin import TypeAdmin
from counterparties.models import CounterpartyType
from rights.domain import looking
from rights.domain.granting import copy_rights
from rights.models import Grant, Look
from staff.admin import PeopleAdmin
from staff.models import User
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


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = ("admin", "person", "began_at", "ended_at", "reason")
    list_select_related = ("admin", "person")


# Registered anew here, where it is known who may look as whom.
admin.site.unregister(User)


@admin.register(User)
class PeopleToLookAsAdmin(PeopleAdmin):
    change_form_template = "rights/admin_person.html"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        person = context.get("original")
        can_look = person is not None and request.decision.may_look and looking.people().filter(pk=person.pk).exists()
        return super().render_change_form(request, {**context, "can_look": can_look}, *args, **kwargs)
