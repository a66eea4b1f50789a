"""The form of one object of the settings."""

from datetime import UTC, datetime
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

#: Optional names in the interface languages; they fold out.
NAMES = ("name_en", "name_bg", "name_ru")
#: Choices up to this many are shown all at once, more are typed as codes.
SHOWN_AT_ONCE = 200


class SettingsForm(forms.ModelForm):
    """Code, names and whatever else its model has. A code is fixed once the object exists.

    An heir's ``Meta.fields`` are the fields of the model that the form may change.
    """

    #: Codes that are addresses of their own.
    reserved: tuple[str, ...] = ("new",)

    version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.instance.label if self.instance.pk else ""
        self.fields["code"].span = 2
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Fixed: sheets, addresses and files know it.")
        for name in NAMES:
            self.fields[name].span = 2
        if self.instance.pk:
            self.initial["version"] = self.instance.version
            self.initial["opened"] = timezone.now().isoformat()

    @property
    def names(self) -> list[Any]:
        """The fields of the fold-out."""
        return [self[name] for name in NAMES]

    @property
    def names_are_open(self) -> bool:
        return any(field.errors or field.value() for field in self.names)

    @property
    def seen(self) -> str:
        """The version that was read."""
        return self.cleaned_data.get("version", "") if hasattr(self, "cleaned_data") else ""

    @property
    def opened_at(self) -> datetime | None:
        """When the form was shown; None when it does not say so in a way that can be read."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("opened", "")).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def shown(self) -> list[str]:
        """Names of the fields people see, in their order."""
        return [name for name, field in self.fields.items() if not field.widget.is_hidden]

    def without_errors(self) -> Self:
        """Shown again with everything typed, before anything was decided: nothing is wrong yet."""
        self.errors.clear()
        return self

    @property
    def says_something(self) -> bool:
        """Does anything differ from what is stored?"""
        return bool(set(self.changed_data) - {"version", "opened"})

    def same_codes(self, code: str) -> QuerySet:
        """Who has this code already; stopped ones too."""
        return self._meta.model._base_manager.filter(code=code)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.instance.pk:
            return code
        if code in self.reserved:
            raise ValidationError(
                _("“%(code)s” is the address of a page of its own. Choose another code."), params={"code": code}
            )
        if found := self.same_codes(code).first():
            raise ValidationError(taken(found))
        return code

    def facts(self) -> dict[str, Any]:
        """What the form says about the fields of the model."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}

    def at(self, thing: Any, when: Any = None) -> "SettingsForm":
        """The same form about another state of its object, for two versions to be compared."""
        return type(self)(instance=thing)

    def said(self, name: str, value: Any) -> str:
        """The value of a field as people read it."""
        if value in (None, "", []):
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        choices = {str(code): str(word) for code, word in getattr(self.fields[name], "choices", ())}
        listed = value if isinstance(value, list | tuple) else [value]
        return ", ".join(choices.get(str(each), str(each)) for each in listed)


def is_sent(request: HttpRequest) -> bool:
    """Is the form to be saved? *Go on editing mine*, after a conflict, sends it to be shown again."""
    return request.method == "POST" and "show_fields" not in request.POST


def taken(found: Any) -> str:
    """Who has the code, and that a stopped one keeps it."""
    if getattr(found, "is_stopped", False):
        return _("“%(code)s” is the code of %(name)s, which is stopped. Start it again, or choose another code.") % {
            "code": found.code,
            "name": found.label,
        }
    return _("“%(code)s” is the code of %(name)s already. Choose another one.") % {
        "code": found.code,
        "name": found.label,
    }
