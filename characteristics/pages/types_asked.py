"""Of which type a characteristic is, and the types of counterparties that ask for it: the choices of its form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.registry import types
from desk.pages.filters import CodesField


class TypeSelect(forms.Select):
    """The types there are; those for implementers can be seen, not chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in types:
            option["attrs"]["data-takes"] = " ".join(_asked_with(types.get(value)))
            if types.get(value).implementer_only:
                option["attrs"]["disabled"] = True
        return option


def _asked_with(type_: Any) -> list[str]:
    """The fields of the form that mean something for characteristics of this type."""
    elements = ["elements"] if "nomenclature" in type_.takes else []
    return [*type_.takes, *elements, *(["is_multiple"] if type_.allows_several else [])]


class TypesField(CodesField):
    """Codes of the types that ask for it; a wrong one is refused."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return self.options

    def clean(self, value: Any) -> list[str]:
        codes = super().clean(value)
        if self.unknown:
            told = {"code": self.unknown[0][:40]}
            raise ValidationError(_("There is no type with the code “%(code)s” to choose here.") % told)
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != {self.fold(str(each).strip()) for each in data or []}
