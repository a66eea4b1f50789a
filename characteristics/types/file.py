from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from desk.fields import FlagFormField
from desk.said import gettext
from desk.text import key
from files.domain.drafts import Draft
from files.pages.links import file_link
from files.pages.upload_field import UploadField

from .base import CharacteristicType, types


@types.register
class File(CharacteristicType):
    """A document, or whatever else the office takes."""

    code, label, position, icon = "file", _("File"), 80, "paperclip"
    storage, order_by = "file", ("file__name", "file_id")
    pictures_only, settles, comes_in_sheets = False, True, False

    def holds(self, other: CharacteristicType) -> bool:
        """Every picture is a file, not the other way round."""
        return isinstance(other, type(self))

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return self._box([value] if value else [], decision)

    def several_field(self, one: Any, values: Any, decision: Any = None) -> forms.Field:
        """One box takes several files at once."""
        return self._box(values, decision, several=True)

    def _box(self, kept: Any, decision: Any, **facts: Any) -> forms.Field:
        user = decision.user if decision else None
        return UploadField(kept, user=user, pictures_only=self.pictures_only, required=False, **facts)

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": FlagFormField()}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        return Q(file__isnull=False)

    def asks_for_none(self, asked: dict[str, Any]) -> bool:
        return asked[""] is False

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return gettext("there is one") if asked[""] else gettext("there is none")

    def take(self, value: Any, owner: Any) -> Any:
        return value.keep(owner) if isinstance(value, Draft) else value

    def text(self, value: Any) -> str:
        return value.name

    def html(self, value: Any) -> SafeString:
        return file_link(value)

    def reader(self, characteristic: Any, decision: Any = None) -> Callable[[Any], Any]:
        """A sheet names a file; which one is meant, only what is stored beside it can tell."""
        return str

    def settled(self, characteristic: Any, value: Any, owner: Any, held: Any, decision: Any) -> Any:
        if not isinstance(value, str):
            return value
        alike = [each for each in held if key(each.name) == key(value)]
        if alike:
            return next((each for each in alike if each.name == value), alike[0])
        raise ValidationError(gettext("Files do not come with a sheet. Add it on the card, or leave the cell empty."))
