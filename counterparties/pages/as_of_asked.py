"""Which moment somebody asks for: a day and an hour, the end of a day, or just before an operation."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.fields import DateFormField
from trail.domain.standing import Moment
from trail.models import Operation

#: How a moment is written in an address.
WRITTEN = "%Y-%m-%dT%H:%M"
READ = (WRITTEN, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M")


class MomentField(forms.Field):
    """A day and an hour, or a day alone: then its last moment is meant."""

    widget = forms.DateTimeInput(format=WRITTEN, attrs={"type": "datetime-local", "class": "w-auto"})

    def prepare_value(self, value: Any) -> Any:
        """A browser's box takes a moment written in one way only; what cannot be read stays as it was sent."""
        try:
            moment = self.to_python(value) if isinstance(value, str) else value
        except forms.ValidationError:
            return value
        return timezone.localtime(moment).strftime(WRITTEN) if moment else ""

    def to_python(self, value: Any) -> datetime.datetime | None:
        said = str(value or "").strip()
        if not said:
            return None
        for form in READ:
            try:
                return _aware(datetime.datetime.strptime(said, form))
            except ValueError:
                continue
        return _aware(datetime.datetime.combine(DateFormField().clean(said), datetime.time.max))


def _aware(moment: datetime.datetime) -> datetime.datetime:
    try:
        aware = timezone.make_aware(moment)
        aware.astimezone(datetime.UTC)
    except OverflowError:
        raise forms.ValidationError(_("No history reaches that day.")) from None
    return aware


class Asked(forms.Form):
    """One moment, or two to be compared; ``before``: as it was before that operation."""

    at = MomentField(label=gettext_lazy("As it was on"), required=False)
    compared = MomentField(label=gettext_lazy("compared with"), required=False)
    differing = forms.BooleanField(label=gettext_lazy("Only what differs"), required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def add_prefix(self, field_name: str) -> str:
        # In addresses the second moment is called "and"; in Python that word is taken.
        return "and" if field_name == "compared" else field_name

    def moments(self) -> list[tuple[str, Moment]]:
        """What was asked for and could be read: words and moment, the earlier one first."""
        self.is_valid()
        said = [self.cleaned_data.get(name) for name in ("at", "compared")]
        found = [(_words(at), Moment(at=at)) for at in sorted(each for each in said if each)]
        number = self.cleaned_data.get("before")
        operation = Operation.objects.filter(pk=number).first() if number else None
        if operation:
            words = _("before the change of %(moment)s") % {"moment": _words(operation.at)}
            return [(words, Moment(before=operation.pk)), *found[:1]]
        return found[:2]


def _words(at: datetime.datetime) -> str:
    local = timezone.localtime(at)
    if local.time() == datetime.time.max:
        return _("the end of %(day)s") % {"day": date_format(local.date())}
    return date_format(local, "DATETIME_FORMAT")
