"""What is written without Django's templates reads as if they had written it."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from desk.columns import Fact
from desk.templatetags.desk import offered, options
from desk.widgets import escaped, escaped_together, tick

CHOICES = [("", "Any"), ("a", "Grade A"), (7, "Seven"), ('"><b>', _("Name")), (mark_safe("&amp;"), "and")]


@pytest.mark.parametrize("widget", [forms.CheckboxSelectMultiple, forms.RadioSelect])
@pytest.mark.parametrize("facts", [{}, {"required": True}, {"disabled": True}], ids=str)
@pytest.mark.parametrize("said", [None, ["a"], ["7", '"><b>'], "a"], ids=str)
def test_a_tick_is_written_as_django_writes_it(widget, facts, said):
    class Form(forms.Form):
        grade = forms.MultipleChoiceField(choices=CHOICES, widget=widget(attrs={"data-x": 'a"b', "hidden": False}))

    Form.base_fields["grade"].__dict__.update(facts)
    field = Form(initial={"grade": said})["grade"]
    list(options(field))

    assert [tick(each.data) for each in field.subwidgets] == [each.tag(wrap_label=False) for each in field.subwidgets]


def test_a_chooser_offers_columns_by_their_keys_and_words():
    columns = [Fact("code", "Code"), Fact("c-size", '<b>"Size" & more')]
    template = Template(
        '{% for column in columns %}<li><label class="tick"><input class="form-check-input" type="checkbox"'
        ' name="columns" value="{{ column.key }}">{{ column.title }}</label></li>{% endfor %}'
    )

    assert offered(columns) == template.render(Context({"columns": columns}))


@pytest.mark.parametrize("texts", [[], [""], ["<b>", "", 'Ёлка & "O\'Neill"'], ["a\0b", "<c>"]], ids=repr)
def test_many_texts_are_escaped_as_each_alone(texts):
    assert escaped_together(texts) == [escaped(each) for each in texts]
