"""What a card asks by its types, and how answers come back."""

from datetime import date
from decimal import Decimal

import pytest

from characteristics.domain import values
from counterparties.models import Counterparty
from rights.domain.granting import grant
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type


def test_a_subtype_clears_its_ancestors(desk, anna, client_type):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["add", "edit"])

    desk.post(NEW, {"name": "Shop", "types": ["client", "retail"]})

    assert [each.code for each in Counterparty.objects.get().types] == ["retail"]


def test_the_fields_of_other_types_come_without_saving(desk, anna, client_type):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["add", "edit"])
    make_characteristic("motto", "text", client_type)
    make_characteristic("shelf", "text", retail, is_required=True)

    answer = desk.post(
        NEW, {"name": "", "alias": "typed", "types": ["client", "retail"], "c-motto": "Onward", "show_fields": "1"}
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="c-shelf"' in page
    assert "Onward" in page
    assert "typed" in page
    assert "Nothing is saved yet" not in page
    assert answer.context["form"]["types"].value() == ["retail"]
    assert not Counterparty.objects.exists()


def test_answers_of_every_type_are_kept_and_come_back(desk, client_type):
    size = make_nomenclature("size", "small", "large")
    for code, type_code in [("a", "text"), ("b", "long_text"), ("c", "number"), ("d", "date"), ("e", "checkbox")]:
        make_characteristic(code, type_code, client_type)
    make_characteristic("f", "nomenclature", client_type, nomenclature=size)

    desk.post(
        NEW,
        {
            "name": "Full",
            "types": "client",
            "c-a": "one",
            "c-b": "two\nlines",
            "c-c": "1 234,50",
            "c-d": "31.12.2026",
            "c-e": "yes",
            "c-f": "large",
        },
    )

    made = Counterparty.objects.get()
    said = {row.characteristic.code: row.characteristic.type.value(row) for row in made.values.all()}
    assert said.pop("f").code == "large"
    assert said == {"a": "one", "b": "two\nlines", "c": Decimal("1234.5"), "d": date(2026, 12, 31), "e": True}
    page = desk.get(edit_of(made))
    assert page.context["form"]["c-c"].value() in {"1,234.5", "1234.5"}


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_numbers_and_days_read_back_as_they_are_shown(desk, anna, client_type, language):
    anna.language = language
    anna.save()
    limit = make_characteristic("limit", "number", client_type)
    counterparty = make_counterparty("Danube")
    values.save(counterparty, {limit: Decimal("1234567.125")})

    shown = desk.get(edit_of(counterparty)).context["form"]["c-limit"].value()
    desk.post(edit_of(counterparty), typed(counterparty, **{"c-limit": shown}))

    assert counterparty.values.get().number == Decimal("1234567.125")
    assert Counterparty.objects.get().version == 1


def test_a_wrong_answer_is_said_at_its_field(desk, client_type):
    make_characteristic("limit", "number", client_type)
    make_characteristic("motto", "text", client_type, is_required=True)

    answer = desk.post(NEW, {"name": "Danube", "types": "client", "c-limit": "many"})

    assert answer.status_code == 422
    assert set(errors(answer)) == {"c-limit", "c-motto"}


def test_an_answer_may_be_taken_back(desk, client_type):
    motto = make_characteristic("motto", "text", client_type)
    counterparty = make_counterparty("Danube")
    values.save(counterparty, {motto: "Onward"})

    desk.post(edit_of(counterparty), typed(counterparty, **{"c-motto": ""}))

    assert not counterparty.values.exists()


def test_several_values_are_written_one_under_the_other(desk, client_type):
    brand = make_characteristic("brand", "text", client_type, is_multiple=True)
    counterparty = make_counterparty("Danube")

    desk.post(edit_of(counterparty), typed(counterparty, **{"c-brand": ["One", "", "Two", "One"]}))

    assert values.of(counterparty, [brand]) == {brand.pk: ["One", "Two"]}
    page = desk.get(edit_of(counterparty)).content.decode()
    assert page.count('name="c-brand"') == 3

    counterparty.refresh_from_db()
    full = [str(number) for number in range(100)]
    # Below the last of them stands an empty box.
    assert desk.post(edit_of(counterparty), typed(counterparty, **{"c-brand": [*full, ""]})).status_code == 303
    more = desk.post(edit_of(counterparty), typed(counterparty, **{"c-brand": [*full, "one more"]}))
    assert errors(more) == {"c-brand": ["At most 100 values are kept."]}
