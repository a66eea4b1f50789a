from django.contrib import admin

from portal.models import Access
from trail.pages.administration import ReadOnlyAdmin


@admin.register(Access)
class AccessAdmin(ReadOnlyAdmin):
    list_display = ("user", "counterparty", "invited_at", "accepted_at", "withdrawn_at")
    list_select_related = ("user", "counterparty")
