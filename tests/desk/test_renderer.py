"""Boxes of forms are drawn letter by letter as Django draws them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from desk.pages.renderer import BOXES, Renderer

WIDGETS = [
    *(forms.TextInput, forms.NumberInput, forms.EmailInput, forms.URLInput, forms.PasswordInput, forms.HiddenInput),
    *(forms.DateInput, forms.TimeInput, forms.CheckboxInput, forms.FileInput, forms.SearchInput, forms.TelInput),
]
ATTRIBUTES = {
    "class": "a & b",
    "data-it's": '<"quoted">',
    "required": True,
    "disabled": False,
    "maxlength": 1200,
    "step": 0.5,
    "placeholder": gettext_lazy("Name"),
    "title": mark_safe("5 &lt; 6"),
    "list": None,
}


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", [None, "", 'Тръст & <Син> "O\'Neil"', mark_safe("5 &lt; 6"), 1234567, True])
def test_a_box_is_drawn_as_django_draws_it(widget, value) -> None:
    ours = widget(attrs=ATTRIBUTES).render("a&b", value, {"id": "id_a"}, Renderer())

    assert ours == widget(attrs=ATTRIBUTES).render("a&b", value, {"id": "id_a"}, DjangoTemplates())


def test_every_kind_of_box_that_is_drawn_here_is_one_of_djangos() -> None:
    assert {widget.template_name for widget in WIDGETS} == BOXES


def test_every_form_of_the_office_is_drawn_so() -> None:
    class Form(forms.Form):
        name = forms.CharField()

    assert isinstance(Form().renderer, Renderer)
