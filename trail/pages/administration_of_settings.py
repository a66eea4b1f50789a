"""Django admin over the objects of the settings: for those who manage them; versions guard them, none is deleted."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from desk.models import LANGUAGES, Versioned
from trail.pages.administration import RecordedAdmin


class VersionedForm(forms.ModelForm):
    """Carries the version that was read, so that two people cannot save over each other."""

    # Not named "version": a form may not name a field that the model keeps to itself.
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.version


class SettingsAdmin(RecordedAdmin):
    """For those who manage the settings. Codes are fixed once the thing exists; it is stopped instead of deleted."""

    form = VersionedForm
    #: Fields that cannot be changed any more once the thing exists.
    fixed: tuple[str, ...] = ("code",)
    actions: tuple[str, ...] = ("stop", "start")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.decision.may_manage_settings)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [_called() if each == "name" else each for each in super().get_list_display(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.claim(form.cleaned_data.get("seen") or 0)
        elif getattr(self, "stands_last", False):
            obj.position = next_position(type(obj).objects.all())
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for part in formset.save(commit=False):
            if isinstance(part, Versioned) and part.pk:
                part.claim(part.version)
            part.save()
        formset.save_m2m()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not hasattr(self.model, "stopped_at"):
            for name in ("stop", "start"):
                actions.pop(name, None)
        return actions

    def hindrance(self, thing: Any) -> str:
        """Why it cannot be stopped, as its own page says it; empty when it can."""
        return ""

    @admin.action(description=gettext_lazy("Stop: offered to no new record"))
    def stop(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        going = []
        for thing in queryset.filter(stopped_at=None):
            if why := self.hindrance(thing):
                messages.error(request, why)
            else:
                going.append(thing)
        self._set_stopped(request, going, timezone.now())
        if going:
            messages.success(request, _("They are stopped. Old values stay readable."))

    @admin.action(description=gettext_lazy("Start again"))
    def start(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        self._set_stopped(request, queryset.filter(stopped_at__isnull=False), None)
        messages.success(request, _("They are offered again."))

    def _set_stopped(self, request: HttpRequest, things: Iterable[Any], at: Any) -> None:
        for thing in things:
            if not self.has_change_permission(request, thing):
                raise PermissionDenied
            thing.claim(thing.version)
            thing.stopped_at = at
            thing.save()


def _called() -> Any:
    """The column of names: as the reader's language has them, and in their order."""
    language = (get_language() or "")[:2]
    name: Any = F("name")
    if language in LANGUAGES:
        name = Coalesce(NullIf(F(f"name_{language}"), Value("")), name)

    @admin.display(description=gettext_lazy("name"), ordering=name)
    def label(thing: Any) -> str:
        return str(thing.label)

    return label


class SettingsInline(admin.TabularInline):
    """Parts of a settings object, edited with it; taking one away is the business of the office's own pages."""

    extra = 1
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        # Django names such fields in the head of their column alone, which nobody hears at the field.
        for field in formset.form.base_fields.values():
            field.widget.attrs["aria-label"] = field.label
            if isinstance(field, forms.ModelChoiceField):
                # The same to choose from in every row, so it is asked for once. (40 rows: 47 queries, so 7.)
                field.choices = [*field.iterator(field)]
        return formset

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.decision.may_manage_settings)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def next_position(siblings: models.QuerySet) -> int:
    """The place after the last one."""
    return (siblings.aggregate(last=models.Max("position"))["last"] or 0) + 1
