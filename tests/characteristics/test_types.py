"""Each type of characteristic: value → text → stored → value → cell → value."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from characteristics.domain import values
from characteristics.models import Element
from characteristics.registry import types
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

TABLE = [
    ("text", "a < b", "a < b", "a < b"),
    ("long_text", "one\ntwo", "one\ntwo", "one\ntwo"),
    ("number", Decimal("1234.5"), "1,234.5", Decimal("1234.5")),
    ("number", Decimal("-1200"), "-1,200", Decimal("-1200")),
    ("number", Decimal("0.000001"), "0.000001", Decimal("0.000001")),
    ("date", date(2026, 12, 31), "31 Dec 2026", date(2026, 12, 31)),
    ("checkbox", True, "Yes", "Yes"),
    ("checkbox", False, "No", "No"),
]


@pytest.mark.parametrize(("type_code", "value", "text", "cell"), TABLE)
def test_a_value_is_stored_told_and_put_into_a_sheet(client_type, type_code, value, text, cell):
    fact = make_characteristic("fact", type_code, client_type)
    record = make_counterparty()

    values.save(record, {fact: value})
    said = values.of(record, [fact])[fact.pk]

    with override("en"):
        assert said == [value]
        assert fact.type.text(value) == text
        assert fact.type.cell(value) == cell
        assert fact.type.parse(fact, fact.type.cell(value)) == value


def test_an_element_is_stored_told_and_read_back_by_name_and_by_code(client_type):
    grade = make_characteristic(
        "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "a", "b")
    )
    record = make_counterparty()
    b = Element.objects.get(code="b")

    values.save(record, {grade: b})

    assert values.of(record, [grade])[grade.pk] == [b]
    assert grade.type.cell(b) == "B"
    assert grade.type.parse(grade, "B") == b
    assert grade.type.parse(grade, "b") == b
    with pytest.raises(ValidationError, match="has no element"):
        grade.type.parse(grade, "c")


def test_a_name_borne_by_two_elements_is_refused(client_type):
    nomenclature = make_nomenclature("grades", "a", "b")
    Element.objects.update(name="Same")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=nomenclature)

    with pytest.raises(ValidationError, match="several elements"):
        grade.type.parse(grade, "same")
    assert grade.type.parse(grade, "a").code == "a"


def test_text_of_several_lines_is_shown_without_its_markup(client_type):
    fact = make_characteristic("fact", "long_text", client_type)

    shown = fact.type.html("<script>\nsecond")

    assert shown == "<p>&lt;script&gt;<br>second</p>"


def test_saving_the_same_answer_changes_nothing(client_type):
    fact = make_characteristic("fact", "number", client_type)
    record = make_counterparty()

    assert values.save(record, {fact: Decimal("5")})
    assert not values.save(record, {fact: Decimal("5.0")})
    assert record.values.get().history.count() == 1


def test_forgetting_an_answer_leaves_its_history(client_type):
    fact = make_characteristic("fact", "text", client_type)
    record = make_counterparty()
    values.save(record, {fact: "said"})

    assert values.save(record, {fact: None})

    assert not record.values.exists()
    history = record.values.model.history.order_by("history_id").values_list("history_type", "text")
    assert list(history) == [("+", "said"), ("-", "said")]


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_a_page_of_values_costs_two_queries(client_type, how_many, django_assert_num_queries):
    grades = make_nomenclature("grades", "a", "b")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    size = make_characteristic("size", "number", client_type)
    records = [make_counterparty() for _each in range(how_many)]
    for record in records:
        values.save(record, {grade: Element.objects.get(code="a"), size: Decimal(1)})

    with django_assert_num_queries(2):
        said = values.load(records, [grade, size])

    assert [said[each.pk][size.pk] for each in records] == [[Decimal(1)]] * how_many


def test_every_registered_type_has_words_a_place_and_an_icon():
    for each in types:
        assert (each.code, bool(each.label), each.position > 0, bool(each.icon)) == (each.code, True, True, True)
    assert [each.code for each in types] == ["text", "long_text", "number", "date", "checkbox", "nomenclature"]
