from typing import Any

from django import forms
from django.utils.html import conditional_escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from desk.fields import LinesFormField

from .base import types
from .text import Text


@types.register
class LongText(Text):
    """Text of several lines."""

    code, label, position, icon = "long_text", _("Long text"), 20, "align-left"
    longest, css, is_block, is_plain = 10_000, "long", True, False
    takes: tuple[str, ...] = ("max_length", "default")

    def holds(self, other: Any) -> bool:
        """What was said in one line may stay so."""
        return type(other) in (Text, LongText)

    def box(self) -> forms.CharField:
        return LinesFormField(max_length=self.longest, empty_value=None, widget=forms.Textarea(attrs={"rows": 3}))

    def line(self, value: Any) -> SafeString:
        return conditional_escape(value.replace("\n", " "))

    def html(self, value: Any) -> SafeString:
        return mark_safe(linebreaks(value, autoescape=True))  # noqa: S308 -- linebreaks escapes
