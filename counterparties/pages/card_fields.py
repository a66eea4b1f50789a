"""The fields of the card that every counterparty has, and how each is read."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from counterparties.domain import identifiers
from counterparties.models import Counterparty, Status
from desk import places, text
from desk.fields import LineFormField
from desk.widgets import Select, Suggested

#: Facts kept as typed; their words and limits are the model's.
TYPED = (
    "code", "name", "alias", "registration_number", "vat_number", "email", "phone", "mobile", "website", "comment",
)  # fmt: skip
#: All facts of a card, in the order of the page.
FACTS = (
    "status", "is_person", "country", "is_vat_registered", "is_foreign", "name", "alias", "registration_number",
    "vat_number", "code", "email", "website", "phone", "mobile", "comment",
)  # fmt: skip
#: So wide is each field, of six columns; the others take two.
SPANS = {"is_vat_registered": 1, "is_foreign": 1, "comment": 6} | dict.fromkeys(
    ("name", "alias", "email", "website", "phone", "mobile"), 3
)
#: Keyboards of phones offer the signs that are needed.
KEYBOARDS = {"email": "email", "phone": "tel", "mobile": "tel", "website": "url"}


class PersonField(forms.Field):
    """A legal entity or an individual; nothing else said means a legal entity."""

    def __init__(self, **kwargs: Any) -> None:
        self.choices = [("", _("Legal entity")), ("on", _("Individual"))]
        super().__init__(**{"widget": forms.RadioSelect(choices=self.choices), "required": False, **kwargs})

    def to_python(self, value: Any) -> bool:
        return str(value or "").strip().lower() in {"on", "1", "true", "yes"}

    def prepare_value(self, value: Any) -> str:
        return "on" if self.to_python(value) else ""


class CountryField(LineFormField):
    """A country by its code; its name in the reader's language will do."""

    def __init__(self, **kwargs: Any) -> None:
        box = Suggested(places.countries, meaning=places.country_meant)
        super().__init__(**{"required": False, "max_length": 60, "widget": box, **kwargs})

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        if typed.upper() in places.COUNTRY_CODES:
            return typed.upper()
        named = [code for code, name in places.countries() if text.key(name) == text.key(typed)]
        if not named:
            message = _("“%(country)s” is no country. Write its two letters, for example BG, or its name.")
            raise ValidationError(message, params={"country": typed})
        return named[0]


class MobileField(LineFormField):
    """A mobile with spaces between its figures; one that was not touched comes back as it is kept."""

    def __init__(self, kept: str, **kwargs: Any) -> None:
        self.kept = kept
        # With the number of its country, so that it means the same when the country of the card is changed.
        self.shown = identifiers.show_phone(kept, "")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return self.shown if value == self.kept else value

    def to_python(self, value: Any) -> str:
        said = super().to_python(value)
        return self.kept if said == self.shown else said


class StatusField(forms.Field):
    """A status by its code; a stopped one only where it is kept."""

    def __init__(self, kept: Status | None, **kwargs: Any) -> None:
        every = list(Status.objects.order_by("position", "pk"))
        self.known = every
        self.by_code = {each.code: each for each in every if not each.is_stopped or (kept and each.pk == kept.pk)}
        self.stopped = {each.code for each in every} - set(self.by_code)
        self.default = next((each for each in self.by_code.values() if each.is_default and not each.is_stopped), None)
        choices = [("", "—"), *((each.code, each.label) for each in self.by_code.values())]
        super().__init__(**{"widget": Select(choices=choices), "required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Status) else value

    def to_python(self, value: Any) -> Status | None:
        code = str(value or "").strip().lower()
        if not code:
            return None
        if code in self.by_code:
            return self.by_code[code]
        if code in self.stopped:
            raise ValidationError(_("The status “%(status)s” is stopped. Choose another one."), params={"status": code})
        raise ValidationError(_("There is no status “%(status)s”. Choose one."), params={"status": code[:40]})


def fact_fields(counterparty: Counterparty | None) -> dict[str, forms.Field]:
    """The fields of all facts, in the order of the page, for a counterparty or a new one."""
    fields = forms.fields_for_model(Counterparty, fields=[*TYPED, "is_vat_registered", "is_foreign"])
    fields["is_person"] = PersonField(label=_("Kind of person"))
    fields["country"] = CountryField(label=_("Country"), help_text=_("Its two letters or its name."))
    fields["status"] = StatusField(counterparty.status if counterparty else None, label=_("Status"))
    mobile = fields["mobile"]
    kept = counterparty.mobile if counterparty else ""
    fields["mobile"] = MobileField(kept, label=mobile.label, max_length=mobile.max_length, required=False)
    for name, keyboard in KEYBOARDS.items():
        fields[name].widget.attrs["inputmode"] = keyboard
    fields["is_foreign"].help_text = ""
    fields["registration_number"].help_text = _(
        "Checked by the rules of its country, unless it is foreign. An individual’s is the personal number."
    )
    fields["website"].widget.attrs["placeholder"] = "https://"
    fields["comment"].widget.attrs["rows"] = 3
    for name, field in fields.items():
        field.span = SPANS.get(name, 2)
    return {name: fields[name] for name in FACTS}
