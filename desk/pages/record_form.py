"""The form of one record that two people may have open at once, or that one person sends twice."""

from datetime import UTC, datetime
from typing import Any, Self

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from trail.domain.twice import came_since


class OpenedForm(forms.Form):
    """A form that knows since when it is open, and what it added itself when it was sent before."""

    #: The fields of which no two records hold the same.
    unshared: tuple[str, ...] = ("code",)
    #: Whoever holds the same already, where the check of the form met them.
    holder: Any = None

    opened = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened"] = timezone.now().isoformat()

    @property
    def opened_at(self) -> datetime | None:
        """When the form was shown; None when it does not say so in a way that can be read."""
        try:
            return datetime.fromisoformat(self.cleaned_data.get("opened", "")).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    def sent_before(self, by: Any) -> Any:
        """What this very form added already, where nothing else is wrong with it than that it is there."""
        if self.is_valid() or self.holder is None or set(self.errors) - set(self.unshared):
            return None
        return self.holder if self.is_from_here(self.holder, by) else None

    def is_from_here(self, there: Any, by: Any) -> bool:
        """Was it added by the same person since the form was opened, and says just what the form says?"""
        return came_since(there, self.opened_at, by) and self.says_same(there)

    def says_same(self, there: Any) -> bool:
        """For heirs whose form says more than the fields of one record."""
        return all(getattr(there, name) == value for name, value in self.facts().items())

    def facts(self) -> dict[str, Any]:
        """What the form says, but that it was opened."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}


class RecordForm(forms.ModelForm, OpenedForm):
    """A form that knows which version of its record it shows, and since when.

    An heir's ``Meta.fields`` are the fields of the model that the form may change.
    """

    version = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.guard.version

    @property
    def guard(self) -> Any:
        """The record whose version guards this one: itself, unless an heir knows better."""
        return self.instance

    @property
    def seen(self) -> str:
        """The version that was read."""
        return self.cleaned_data.get("version", "") if hasattr(self, "cleaned_data") else ""

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

    def facts(self) -> dict[str, Any]:
        """What the form says about the fields of the model."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}

    def at(self, thing: Any, when: Any = None) -> "RecordForm":
        """The same form about another state of its object, for two versions to be compared."""
        return type(self)(instance=thing)

    def said(self, name: str, value: Any) -> str:
        """The value of a field as people read it."""
        if value in (None, "", []):
            return ""
        if hasattr(self.fields[name], "words"):
            return self.fields[name].words(value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        choices = {str(code): str(word) for code, word in getattr(self.fields[name], "choices", ())}
        listed = value if isinstance(value, list | tuple) else [value]
        return ", ".join(choices.get(str(each), str(each)) for each in listed)


def looked_at_again(form: Any) -> Any:
    """Checked once more after something chosen in it was deleted: now the check misses it, and says so at the field."""
    if form.is_valid():
        form.add_error(None, _("Somebody was saving at the same moment. Nothing is saved yet; save once more."))
    return form


def is_sent(request: HttpRequest) -> bool:
    """Is the form to be saved? *Go on editing mine*, after a conflict, sends it to be shown again."""
    return request.method == "POST" and "show_fields" not in request.POST
