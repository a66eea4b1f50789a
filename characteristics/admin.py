from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from characteristics.domain.limits import NOTHING
from characteristics.domain.placing import check_parent
from characteristics.models import Characteristic, Element, Nomenclature
from characteristics.pages.characteristics import is_system
from characteristics.registry import types
from trail.pages.administration_of_settings import SettingsAdmin, SettingsInline, VersionedForm, next_position

NAMES = ("name", "name_en", "name_bg", "name_ru")
#: With more elements the page of a nomenclature would not open in good time; they are edited one by one.
EDITED_TOGETHER = 100


class CharacteristicForm(VersionedForm):
    """Limits and the preset answer are kept in their one spelling; those that the type does not take are left out."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.pk and not self.errors:
            try:
                self.instance.type.tidy(self.instance)
            except ValidationError as wrong:
                self.add_error(None, wrong)


@admin.register(Characteristic)
class CharacteristicAdmin(SettingsAdmin):
    """What values depend on or keep to is fixed once it exists; system characteristics are made by a command."""

    stands_last = True
    form = CharacteristicForm
    fixed = ("code", "type_code", "nomenclature", "target_type", "is_multiple", *NOTHING)
    fields = (
        *("code", *NAMES, "type_code", "nomenclature", "target_type", "unit", "definition"),
        *NOTHING,
        *("is_required", "is_multiple", "in_list", "seen"),
    )
    list_display = ("name", "code", "type_code", "definition", "in_list", "is_system", "stopped_at")
    list_filter = ("type_code", "is_system")
    search_fields = ("code", *NAMES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and is_system(obj))

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "type_code":
            kwargs["choices"] = [(each.code, each.label) for each in types if not each.implementer_only]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class ElementForm(VersionedForm):
    """An element stands under another one of its own nomenclature, never under itself."""

    class Meta:
        model = Element
        fields = ["nomenclature", "code", *NAMES, "parent"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parent = cleaned.get("parent")
        home = cleaned.get("nomenclature") or (self.instance.nomenclature_id and self.instance.nomenclature)
        if parent is not None and home is not None:
            # Elements of one nomenclature are moved by one person at a time, so no ring can be made together.
            Nomenclature.objects.select_for_update().get(pk=home.pk)
            try:
                check_parent(self.instance, parent, home)
            except ValidationError as wrong:
                self.add_error("parent", wrong)
        return cleaned


class InlineElementForm(ElementForm):
    is_off = forms.BooleanField(label=gettext_lazy("Stopped"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = bool(self.instance.pk)
        self.initial["is_off"] = self.instance.is_stopped

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["is_off"] != self.instance.is_stopped:
            self.instance.stopped_at = timezone.now() if self.cleaned_data["is_off"] else None
        return super().save(commit)


class ElementInline(SettingsInline):
    model = Element
    form = InlineElementForm
    fields = ("code", *NAMES, "parent", "is_off")
    ordering = ("position", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "parent":
            pk = request.resolver_match and request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Element.objects.filter(nomenclature=pk) if pk else Element.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Nomenclature)
class NomenclatureAdmin(SettingsAdmin):
    stands_last = True
    fields = ("code", *NAMES, "seen")
    list_display = ("name", "code", "position", "is_system")
    search_fields = ("code", *NAMES)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        few = obj is None or obj.elements.count() <= EDITED_TOGETHER
        return (ElementInline,) if few else ()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        place = next_position(form.instance.elements.all())
        for offset, added in enumerate(each for each in formset.forms if not each.instance.pk and each.has_changed()):
            added.instance.position = place + offset
        super().save_formset(request, form, formset, change)


@admin.register(Element)
class ElementAdmin(SettingsAdmin):
    form = ElementForm
    fixed = ("code", "nomenclature")
    fields = ("nomenclature", "code", *NAMES, "parent", "seen")
    raw_id_fields = ("parent",)
    list_display = ("name", "code", "nomenclature", "parent", "position", "stopped_at")
    list_filter = ("nomenclature",)
    list_select_related = ("nomenclature", "parent")
    search_fields = ("code", *NAMES)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            siblings: QuerySet = obj.nomenclature.elements.all()
            obj.position = next_position(siblings)
        super().save_model(request, obj, form, change)
