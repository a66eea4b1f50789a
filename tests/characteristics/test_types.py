"""Every type of characteristic, walked in one table: value → stored → text → cell → read back in every language.

A type that is registered and missing here fails the test.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Characteristic, Element, Nomenclature
from characteristics.registry import types
from counterparties.models import Counterparty
from desk.models import LANGUAGES
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

NBSP = "\N{NO-BREAK SPACE}"

#: Types whose values are made of uploads or of other counterparties: their own tests walk the same way.
ELSEWHERE = {"counterparty", "file", "picture"}
#: Type → value, its text in English, Bulgarian and Russian, its cell in English; {b}, {big} … are elements by code.
ROWS: dict[str, list[tuple[Any, tuple[str, str, str], Any]]] = {
    "text": [("a < b; „x“", ("a < b; „x“",) * 3, "a < b; „x“")],
    "long_text": [("one\n<two>", ("one\n<two>",) * 3, "one\n<two>")],
    "number": [
        (Decimal("1234.5"), ("1,234.5", f"1{NBSP}234,5", f"1{NBSP}234,5"), Decimal("1234.5")),
        (Decimal("-1200"), ("-1,200", f"-1{NBSP}200", f"-1{NBSP}200"), Decimal("-1200")),
        (Decimal("0.000001"), ("0.000001", "0,000001", "0,000001"), Decimal("0.000001")),
        (
            Decimal("8999999999999.123456"),
            ("8,999,999,999,999.123456", *["8 999 999 999 999,123456".replace(" ", NBSP)] * 2),
            Decimal("8999999999999.123456"),
        ),
    ],
    "date": [(date(2026, 12, 31), ("31 Dec 2026", "31.12.2026", "31.12.2026"), date(2026, 12, 31))],
    "checkbox": [(True, ("Yes", "Да", "Да"), "Yes"), (False, ("No", "Не", "Нет"), "No")],
    "nomenclature": [("{b}", ("Beta", "Бета", "Бета-ру"), "Beta"), ("{twin}", ("Same", "Same", "Same"), "twin Same")],
    "selectable_picture": [("{b}", ("Beta", "Бета", "Бета-ру"), "Beta")],
    "with_package": [
        (Packed(False), ("No", "Не", "Нет"), "No"),
        (Packed(True), ("Yes", "Да", "Да"), "Yes"),
        (Packed(True, "{b}"), ("Yes, Beta", "Да, Бета", "Да, Бета-ру"), "Yes, Beta"),
        (
            Packed(True, "{b}", Decimal("1234.5")),
            ("Yes, 1,234.5 × Beta", f"Да, 1{NBSP}234,5 × Бета", f"Да, 1{NBSP}234,5 × Бета-ру"),
            "Yes, 1234.5 × Beta",
        ),
        (Packed(True, None, Decimal(12)), ("Yes, 12", "Да, 12", "Да, 12"), "Yes, 12"),
        # Whatever would be read as something else is written with its code.
        (Packed(True, "{b}", Decimal(12)), ("Yes, 12 × Beta", "Да, 12 × Бета", "Да, 12 × Бета-ру"), "Yes, 12 × b Beta"),
        (Packed(True, None, Decimal(2026)), ("Yes, 2,026", f"Да, 2{NBSP}026", f"Да, 2{NBSP}026"), "Yes, 2026"),
        (Packed(True, "{dozen}"), ("Yes, 12 × Beta", "Да, 12 × Beta", "Да, 12 × Beta"), "Yes, 12 × Beta"),
        (Packed(True, "{year}"), ("Yes, 2026", "Да, 2026", "Да, 2026"), "Yes, year 2026"),
    ],
}

#: Type → what may not be said, each with words of its refusal.
WRONG: dict[str, list[tuple[Any, str]]] = {
    "text": [("a\x00b", "Null characters"), ("x" * 501, "at most 500")],
    "long_text": [("a\x00b", "Null characters"), ("x" * 10_001, "at most 10000")],
    "number": [
        ("NaN", "cannot be read as a number"),
        ("1e400", "cannot be read as a number"),
        ("Infinity", "cannot be read as a number"),
        ("0x1F", "cannot be read as a number"),
        (float("inf"), "has no value"),
        ("1,23,4", "cannot be read as a number"),
        ("9000000000001", "too large"),
        ("0.0000001", "more than 6 digits"),
    ],
    "date": [("31.02.2026", "not in the calendar"), ("31.02.", "not a date"), ("12/31/2026", "no month 31")],
    "checkbox": [("maybe", "neither yes nor no"), ("2", "neither yes nor no")],
    "nomenclature": [("c", "has no element"), ("foreign", "has no element"), ("Same", "several elements")],
    "selectable_picture": [("c", "has no element"), ("foreign", "has no element")],
    "with_package": [
        ("perhaps", "neither yes nor no"),
        ("Yes, 0 × Beta", "more than 0"),
        ("Yes, -3 × Beta", "more than 0"),
        ("Yes, 1e4 × Beta", "cannot be read as a number"),
        ("Yes, 99999999999999 × Beta", "too large"),
        ("Yes, 99999999999999", "too large"),
        ("Yes, 3 × c", "has no element"),
        ("Yes, foreign", "has no element"),
        ("No, Beta", "Say yes"),
        ("No, 3", "Say yes"),
    ],
}

#: What people write beside what we write ourselves: type → word, value.
READ: dict[str, list[tuple[Any, Any]]] = {
    "number": [
        ("1 234,56", Decimal("1234.56")),
        ("1,234.56", Decimal("1234.56")),
        (f"1{NBSP}234,56", Decimal("1234.56")),
        ("\N{MINUS SIGN}5", Decimal("-5")),
        (12.5, Decimal("12.5")),
    ],
    "date": [
        ("2026-12-31", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31 декември 2026 г.", date(2026, 12, 31)),
        ("31 декабря 2026", date(2026, 12, 31)),
    ],
    "checkbox": [(True, True), ("да", True), ("нет", False), ("не", False), ("no", False)],
    "nomenclature": [("b", "{b}"), ("БЕТА", "{b}"), ("b Бета-ру", "{b}"), ("twin", "{twin}")],
    "with_package": [
        (True, Packed(True)),
        ("да, 3 x b", Packed(True, "{b}", Decimal(3))),
        ("yes,2,5*Бета", Packed(True, "{b}", Decimal("2.5"))),
        ("yes, dozen", Packed(True, "{dozen}")),
    ],
}


@pytest.fixture
def facts(client_type: Any) -> Callable[[str], Characteristic]:
    """A characteristic of each type; those that choose do so from one nomenclature."""
    home = make_nomenclature("home", "a", "b", "twin", "twin2", "dozen", "year")
    for code, name, name_bg, name_ru in [
        ("b", "Beta", "Бета", "Бета-ру"),
        ("twin", "Same", "", ""),
        ("twin2", "Same", "", ""),
        ("dozen", "12 × Beta", "", ""),
        ("year", "2026", "", ""),
    ]:
        Element.objects.filter(code=code).update(name=name, name_bg=name_bg, name_ru=name_ru)
    make_nomenclature("other", "foreign")
    made = {
        each.code: make_characteristic(
            f"fact-{each.position}", each.code, client_type, nomenclature=home if each.needs_nomenclature else None
        )
        for each in types
        if each.code in ROWS
    }
    return made.__getitem__


def meant(said: Any) -> Any:
    """A value of the table, its elements read."""
    if isinstance(said, Packed):
        return Packed(said.flag, meant(said.package), said.quantity)
    return Element.objects.get(code=said[1:-1]) if isinstance(said, str) and said[:1] == "{" else said


def test_every_type_stands_in_this_table_and_has_words_a_place_and_an_icon():
    missing = {each.code for each in types} - ROWS.keys() - ELSEWHERE
    words = [each for each in types if not (each.label and each.position and each.icon and each.css)]
    places = [each.position for each in types]

    assert missing == set()
    assert WRONG.keys() == ROWS.keys()
    assert words == []
    assert len(set(places)) == len(places)


def test_a_value_is_stored_told_put_into_a_sheet_and_read_back_in_every_language(facts):
    record = make_counterparty()
    for type_code, rows in ROWS.items():
        fact = facts(type_code)
        for said, told, cell in rows:
            value = meant(said)

            values.save(record, {fact: value})
            stored = values.of(record, [fact])[fact.pk]

            assert stored == [value], type_code
            assert not values.save(record, {fact: value}), f"{value} is the same when it is said again"
            cells = []
            for language, text in zip(LANGUAGES, told, strict=True):
                with override(language):
                    assert fact.type.text(value) == text
                    assert str(fact.type.html(value)), type_code
                    cells.append(fact.type.writer(fact)(value))
            assert cells[0] == cell
            for language in LANGUAGES:
                with override(language):
                    # A sheet of one language may be read by a colleague of another.
                    assert [fact.type.parse(fact, each) for each in cells] == [value] * 3, (type_code, language)
                    spelled = [each if type(each) is str else fact.type.spelled(each) for each in cells]
                    assert [fact.type.parse(fact, each) for each in spelled] == [value] * 3, (type_code, language)
                    field = fact.type.form_field(fact, value)
                    assert field.clean(field.prepare_value(value)) == value, type_code


def test_what_people_write_is_read(facts):
    for type_code, rows in READ.items():
        fact = facts(type_code)
        for said, value in rows:
            for language in ("en", "bg", "ru"):
                with override(language):
                    assert fact.type.parse(fact, said) == meant(value), (type_code, said, language)


def test_wrong_values_are_refused_with_a_sentence(facts):
    for type_code, rows in WRONG.items():
        fact = facts(type_code)
        for said, words in rows:
            with override("en"), pytest.raises(ValidationError) as refused:
                fact.type.parse(fact, said)

            assert words in " ".join(refused.value.messages), (type_code, said)


def test_nothing_of_a_refused_card_is_stored(client, admin, facts):
    client.force_login(admin)
    answers = {}
    for type_code, rows in WRONG.items():
        answers[facts(type_code).field_name] = next(each for each, _words in rows if isinstance(each, str))
    answers[f"{facts('with_package').field_name}_quantity"] = "-3"

    answer = client.post("/counterparties/new/?type=client", {"name": "Danube", "types": "client", **answers})

    assert answer.status_code == 422
    assert answer.context["card"].errors.keys() == {facts(type_code).field_name for type_code in WRONG}
    assert not Counterparty.objects.filter(name="Danube").exists()


def test_stopped_elements_stay_where_they_are_said_and_go_nowhere_else(facts):
    b = Element.objects.get(code="b")
    for type_code in ("nomenclature", "selectable_picture", "with_package"):
        fact, value = facts(type_code), Packed(True, b) if type_code == "with_package" else b
        Element.objects.filter(pk=b.pk).update(stopped_at=timezone.now())
        fact.nomenclature = Nomenclature.objects.get(code="home")

        kept, anew = fact.type.form_field(fact, value), fact.type.form_field(fact, None)
        sent = kept.prepare_value(value)

        assert kept.clean(sent) == value
        with override("en"), pytest.raises(ValidationError, match="is stopped"):
            anew.clean(sent)
        assert fact.type.chosen(value) == [b]


def test_text_is_shown_without_its_markup_in_lines_where_there_is_room(facts):
    fact = facts("long_text")

    assert fact.type.html("<script>\nsecond") == "<p>&lt;script&gt;<br>second</p>"
    assert fact.type.line("<script>\nsecond") == "&lt;script&gt; second"


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


def test_a_page_of_values_of_all_types_costs_two_queries(facts, django_assert_num_queries):
    asked = [facts(type_code) for type_code in ROWS]
    said = {facts(type_code): meant(rows[0][0]) for type_code, rows in ROWS.items()}
    for how_many in (1, 3, 50):
        records = [make_counterparty() for _each in range(how_many)]
        for record in records[-3:]:
            values.save(record, said)

        with django_assert_num_queries(2):
            found = values.load(records, asked)

        assert found[records[-1].pk] == {each.pk: [value] for each, value in said.items()}
