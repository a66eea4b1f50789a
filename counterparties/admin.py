from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain.placing import check_place
from counterparties.kinds import kinds
from counterparties.models import (
    BankAccount,
    Counterparty,
    CounterpartyType,
    Erasure,
    Status,
    TypeCharacteristic,
    Value,
)
from counterparties.pages import statuses
from desk import text
from trail.pages.administration import ReadOnlyAdmin
from trail.pages.administration_of_settings import SettingsAdmin, SettingsInline, VersionedForm

NAMES = ("name", "name_en", "name_bg", "name_ru")


class TypeForm(VersionedForm):
    class Meta:
        model = CounterpartyType
        fields = ["code", *NAMES, "parent", "position"]

    position = forms.IntegerField(label=gettext_lazy("Order"), required=False, min_value=0, max_value=2**31 - 1)

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        before = CounterpartyType.objects.filter(pk=self.instance.pk).first() or CounterpartyType()
        try:
            check_place(before, parent)
        except ValidationError as wrong:
            self.add_error("parent" if "parent" in self.fields else None, wrong)
        if parent is not None:
            self.instance.kind_code = parent.kind_code
        return cleaned


class TieInline(SettingsInline):
    model = TypeCharacteristic
    fields = ("characteristic", "position")
    ordering = ("position", "pk")


class OfKind(admin.SimpleListFilter):
    """The kinds by their names, not by the codes they are kept under."""

    title, parameter_name = gettext_lazy("kind"), "kind_code"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.code, kind.label) for kind in kinds]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind_code=self.value()) if self.value() else queryset


class TypeAdmin(SettingsAdmin):
    """A type gets its kind from its parent, and stays within that kind."""

    form = TypeForm
    fields = ("code", *NAMES, "parent", "position", "seen")
    list_display = ("name", "code", "kind_name", "parent", "position", "stopped_at")
    list_filter = (OfKind,)
    list_select_related = ("parent",)
    search_fields = ("code", *NAMES)
    inlines = (TieInline,)

    @admin.display(description=gettext_lazy("kind"), ordering="kind_code")
    def kind_name(self, obj: CounterpartyType) -> str:
        return str(obj.kind.label)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        on_top = obj is not None and obj.parent_id is None
        return (*super().get_readonly_fields(request, obj), *(("parent",) if on_top else ()))


@admin.register(Status)
class StatusAdmin(SettingsAdmin):
    stands_last = True
    fields = ("code", *NAMES, "color", "seen")
    list_display = ("name", "code", "position", "color", "is_default", "stopped_at")
    search_fields = ("code", *NAMES)
    actions = ("stop", "start", "make_default")

    def hindrance(self, thing: Status) -> str:
        return statuses.acts.hindrance(thing, "stop")

    @admin.action(description=gettext_lazy("For new counterparties"))
    def make_default(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset[:2])
        if len(chosen) != 1 or chosen[0].is_stopped:
            messages.error(request, _("Choose one status that is not stopped."))
            return
        # First the old one lets go: the database allows only one at a time.
        for status in [*Status.objects.filter(is_default=True).exclude(pk=chosen[0].pk), chosen[0]]:
            status.claim(status.version)
            status.is_default = status.pk == chosen[0].pk
            status.save()
        messages.success(request, _("New counterparties begin as %(status)s.") % {"status": chosen[0]})


@admin.register(Counterparty)
class CounterpartyAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "status", "country", "created_at", "archived_at")
    list_filter = ("status",)
    list_select_related = ("status",)
    search_fields = ("search",)
    exclude = ("code_key", "name_key", "registration_key", "search", "type_set")
    readonly_fields = ("types",)
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (obj is None or request.decision.may("view", obj))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """As everywhere in the office: in any case, alphabet and part of a word."""
        return (queryset.filter(search__words=text.key(search_term)) if search_term.strip() else queryset), False

    def view_on_site(self, obj: Counterparty) -> str:
        return f"/counterparties/{obj.pk}/"

    @admin.display(description=gettext_lazy("types"))
    def types(self, obj: Counterparty) -> str:
        return ", ".join(str(each) for each in obj.types)


@admin.register(Value)
class ValueAdmin(ReadOnlyAdmin):
    list_display = ("counterparty", "characteristic", "text", "number", "day", "flag", "element")
    list_filter = ("characteristic",)
    list_select_related = ("counterparty", "characteristic", "element")
    exclude = ("text_key", "text_sort")
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or request.decision.may("view", obj.counterparty)
        )


@admin.register(BankAccount)
class BankAccountAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "counterparty", "currency", "bic", "is_main", "closed_on")
    list_select_related = ("counterparty",)
    exclude = ("number_key",)
    show_full_result_count = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            obj is None or request.decision.may("view", obj.counterparty)
        )


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = ("pk", "counterparty", "user", "by", "at", "files")
    list_select_related = ("counterparty", "user", "by")
