"""A box into which many elements are typed or pasted, a line each."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from characteristics.domain import pasting
from characteristics.domain.pasting import Line
from characteristics.models import Nomenclature

#: So many complaints are read through; the rest is told by number.
TOLD = 50


class LinesField(forms.CharField):
    """Lines of ``code;name``; all that is wrong with them is told, line by line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "mono", "spellcheck": "false"})
    default_help = gettext_lazy(
        "One element a line: code;name, or a name alone. A third word is the code it stands under."
    )

    def __init__(self, *, nomenclature: Nomenclature | None = None, **kwargs: Any) -> None:
        kwargs = {"required": False, "strip": False, "help_text": self.default_help, **kwargs}
        super().__init__(**kwargs)
        self.nomenclature = nomenclature

    def clean(self, value: Any) -> list[Line]:
        if self.required and not str(value or "").strip():
            raise ValidationError(self.error_messages["required"])
        try:
            return pasting.read(str(value or ""), self.nomenclature)
        except pasting.Refused as refused:
            raise ValidationError(told(refused)) from refused

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(str(data or "").strip())


def told(refused: pasting.Refused) -> list[str]:
    """The complaints, as many as anybody reads."""
    more = len(refused.complaints) - TOLD
    if more <= 0:
        return refused.complaints
    sentence = ngettext("%(count)d more line is wrong.", "%(count)d more lines are wrong.", more)
    return [*refused.complaints[:TOLD], sentence % {"count": more}]
