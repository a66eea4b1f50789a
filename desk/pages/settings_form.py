"""The form of one object of the settings."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desk import text
from desk.pages.record_form import RecordForm

#: Optional names in the interface languages; they fold out.
NAMES = ("name_en", "name_bg", "name_ru")
#: Which Latin letters stand for which others: the code of something new is spelled from its name while one types.
LETTERS = json.dumps({chr(letter): latin for letter, latin in text.LATIN.items()}, ensure_ascii=False)
#: Choices up to this many are shown all at once, more are typed as codes.
SHOWN_AT_ONCE = 200


class SettingsForm(RecordForm):
    """Code, names and whatever else its model has. A code is fixed once the object exists."""

    #: Codes that are addresses of their own.
    reserved: tuple[str, ...] = ("new",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = self.instance.label if self.instance.pk else ""
        self.fields["code"].span = 2
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.fields["code"].required = False
            self.fields["code"].help_text = _("Fixed: sheets, addresses and files know it.")
        elif not self.is_bound:
            self.fields["code"].widget.attrs["data-latin"] = LETTERS
            self.fields["name"].widget.attrs["data-first"] = True
        for name in NAMES:
            self.fields[name].span = 2

    @property
    def names(self) -> list[Any]:
        """The fields of the fold-out."""
        return [self[name] for name in NAMES]

    @property
    def names_are_open(self) -> bool:
        return any(field.errors or field.value() for field in self.names)

    @property
    def shown(self) -> list[str]:
        # A code that is fixed cannot differ.
        return [name for name in super().shown if name != "code"]

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
            self.holder = found
            raise ValidationError(taken(found))
        return code


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
