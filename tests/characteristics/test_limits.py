"""What the office demands of answers beyond their type, and with which a new card begins: at its settings."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from characteristics.domain import patterns
from characteristics.models import Characteristic, Element
from characteristics.registry import types
from counterparties.models import Counterparty
from tests.characteristics.filled import LIST, form_of, say, typed
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.models import Operation

#: Type → what is typed, and how it is kept.
KEPT = {
    "number": ({"minimum": "1 000,5", "maximum": "2 000", "default": "1 500"}, ("1000.5", "2000", None, "", "1500")),
    "date": ({"minimum": "1.2.2026", "maximum": "2026-12-31", "default": "today"}, ("2026-02-01", "2026-12-31")),
    "text": ({"max_length": "8", "pattern": "[A-Z]{2}[0-9]{6}", "default": "AB123456"}, ("", "", 8)),
    "long_text": ({"max_length": "8", "default": "Onward"}, ("", "", 8, "", "Onward")),
    "checkbox": ({"default": "да"}, ("", "", None, "", "yes")),
    "nomenclature": ({"nomenclature": "grade", "default": "Beta"}, ("", "", None, "", "beta")),
    "counterparty": ({"default": "dan"}, ("", "", None, "", "DAN")),
}


@pytest.mark.parametrize("type_code", KEPT)
def test_limits_and_the_preset_answer_are_kept_in_one_spelling(settings_of, ivo, admin, type_code):
    make_nomenclature("grade", "alpha", "beta")
    make_counterparty("Danube", code="DAN")
    ivo.is_superuser = True
    ivo.save()
    sent, kept = KEPT[type_code]

    answer = settings_of.post(f"{LIST}new/", typed(type_code=type_code, **sent))

    assert answer.status_code == 303
    made = Characteristic.objects.get()
    assert (made.minimum, made.maximum, made.max_length, "", made.default)[: len(kept)] == kept
    assert made.type.preset(made, None) is not None or type_code == "counterparty"
    assert settings_of.get(f"{LIST}motto/edit/").status_code == 200


WRONG = [
    ("number", {"minimum": "much"}, "minimum"),
    ("number", {"minimum": "5", "maximum": "4"}, "maximum"),
    ("number", {"maximum": "5", "default": "6"}, "default"),
    ("date", {"maximum": "31.31.2026"}, "maximum"),
    ("text", {"max_length": "501"}, "max_length"),
    ("text", {"max_length": "0"}, "max_length"),
    ("text", {"pattern": "([A-Z"}, "pattern"),
    ("text", {"pattern": "(a+)+"}, "pattern"),
    ("text", {"pattern": "(?=a)a"}, "pattern"),
    ("text", {"pattern": "[0-9]+", "default": "ten"}, "default"),
    ("text", {"pattern_hint": "Digits"}, "pattern_hint"),
    ("text", {"default": "same", "is_unique": "on"}, "default"),
    ("checkbox", {"default": "perhaps"}, "default"),
    ("nomenclature", {"nomenclature": "grade", "default": "gamma"}, "default"),
    ("nomenclature", {"nomenclature": "grade", "default": "beta"}, "default"),
    ("counterparty", {"default": "nobody"}, "default"),
]


@pytest.mark.parametrize(("type_code", "sent", "field"), WRONG)
def test_what_cannot_be_kept_to_is_said_at_its_field(settings_of, type_code, sent, field):
    make_nomenclature("grade", "alpha", "beta")
    Element.objects.filter(code="beta").update(stopped_at=timezone.now())

    answer = settings_of.post(f"{LIST}new/", typed(type_code=type_code, **sent))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Characteristic.objects.exists()


def test_a_counterparty_that_one_may_not_view_is_as_unknown_as_none(settings_of, client_type):
    make_counterparty("Danube", code="DAN")
    said = []
    for code in ("DAN", "XXX"):
        answer = settings_of.post(f"{LIST}new/", typed(type_code="counterparty", default=code))
        said.append(answer.context["form"].errors["default"][0].replace(code, ""))

    assert said[0] == said[1]


def test_what_a_type_does_not_take_is_not_asked_and_not_kept(settings_of):
    every = {"minimum": "5", "max_length": "5", "pattern": "x", "pattern_hint": "X", "default": "yes", "unit": "kg"}

    page = settings_of.get(f"{LIST}new/").content.decode()
    settings_of.post(f"{LIST}new/", typed(type_code="file", is_unique="on", **every))

    asked = {code: set(takes.split()) for code, takes in re.findall(r'value="(\w+)" data-takes="([^"]*)"', page)}
    assert asked["number"] == {"unit", "minimum", "maximum", "default", "is_unique", "is_multiple"}
    assert asked["file"] == {"is_multiple"}
    made = Characteristic.objects.get()
    assert (made.minimum, made.max_length, made.pattern, made.pattern_hint, made.default) == ("", None, "", "", "")
    assert not made.is_unique


BREAKING = [
    ("number", Decimal(4), {"minimum": "5"}),
    ("number", Decimal(6), {"maximum": "5"}),
    ("date", date(2026, 1, 31), {"minimum": "2026-02-01"}),
    ("text", "Onwards", {"max_length": "6"}),
    ("text", "Onwards", {"pattern": "[a-z]*"}),
]


@pytest.mark.parametrize(("type_code", "said", "limit"), BREAKING)
def test_a_limit_that_values_break_is_refused_with_their_number_and_whose_they_are(
    settings_of, ivo, type_code, said, limit
):
    """Ivo may not view clients, so nobody is named to him; to whoever may, they are."""
    motto = make_characteristic("motto", type_code)
    danube = make_counterparty("Danube", code="DAN")
    say(danube, motto, said)

    hidden = settings_of.post(f"{LIST}motto/edit/", form_of(motto, **limit))
    ivo.is_superuser = True
    ivo.save()
    told = settings_of.post(f"{LIST}motto/edit/", form_of(motto, **limit))

    assert (hidden.status_code, told.status_code) == (422, 422)
    (sentence,) = told.context["form"].errors[next(iter(limit))]
    assert sentence.startswith("1 value that was said lies beyond it.")
    assert sentence.endswith(f'The first: <a href="/counterparties/{danube.pk}/">Danube (DAN)</a>.')
    assert "Danube" not in hidden.content.decode()
    assert Characteristic.objects.get().version == motto.version


@pytest.mark.parametrize(("type_code", "one", "other"), [("text", "Ab é", "aB e"), ("number", Decimal(7), Decimal(7))])
def test_what_is_shared_already_cannot_be_anybodys_alone(settings_of, admin, type_code, one, other):
    settings_of.force_login(admin)
    plate = make_characteristic("plate", type_code)
    firms = [make_counterparty(name) for name in ("Alfa", "Bravo", "Carol")]
    for firm, said in zip(firms, (one, other, "x" if type_code == "text" else Decimal(8)), strict=True):
        say(firm, plate, said)
    Counterparty.objects.filter(pk=firms[1].pk).update(archived_at=timezone.now())

    answer = settings_of.post(f"{LIST}plate/edit/", form_of(plate, is_unique="on"))

    (sentence,) = answer.context["form"].errors["is_unique"]
    assert sentence.startswith("2 values are said by more than one counterparty.")
    assert re.findall(r">(\w+) \(", sentence) == ["Alfa", "Bravo"]


def test_limits_are_listed_told_in_history_and_taken_back_unless_values_break_them(settings_of, ivo, client_type):
    size = make_characteristic("size", "number", client_type, minimum="5", default="7")
    settings_of.post(f"{LIST}size/edit/", form_of(size, minimum="", maximum="9", default="7", is_unique=""))
    operation = Operation.objects.latest("pk")

    listed, told = (settings_of.get(f"{LIST}{page}").content.decode() for page in ("", "size/history/"))
    say(make_counterparty(), size, Decimal(3))
    foreseen = settings_of.get(f"/operations/{operation.pk}/undo/").content.decode()

    assert "at most 9" in listed
    assert "preset: 7" in listed
    assert "At most" in told
    assert "1 value that was said lies beyond it." in foreseen


def test_an_element_with_which_new_cards_begin_is_in_use(settings_of, client_type):
    grade = make_nomenclature("grade", "alpha", "beta")
    make_characteristic("grade", "nomenclature", client_type, nomenclature=grade, default="beta", name="Grade")

    page = settings_of.get("/settings/nomenclatures/grade/elements/beta/delete/").content.decode()
    answer = settings_of.post("/settings/nomenclatures/grade/elements/beta/delete/")

    assert "it is the preset answer of “Grade”" in page
    assert answer.status_code == 422
    assert Element.objects.filter(code="beta").exists()


def test_a_preset_answer_that_was_stopped_since_keeps_nobody_from_changing_the_rest(settings_of, client_type):
    grade = make_nomenclature("grade", "alpha", "beta")
    made = make_characteristic("grade", "nomenclature", client_type, nomenclature=grade, default="beta")
    Element.objects.filter(code="beta").update(stopped_at=timezone.now())

    answer = settings_of.post(f"{LIST}grade/edit/", form_of(made, default="beta", name="Class"))

    assert answer.status_code == 303
    assert made.type.preset(Characteristic.objects.get()) is None


@pytest.mark.parametrize("name", ["E-mail", "Държава"])
def test_a_name_that_another_fact_has_is_warned_of(settings_of, name):
    saved = settings_of.post(f"{LIST}new/", typed(name=name), follow=True).content.decode()
    page = settings_of.get(f"{LIST}motto/edit/").content.decode()
    plain = settings_of.post(f"{LIST}new/", typed(code="other", name="Another"), follow=True).content.decode()

    assert f"has a fact called “{name}” already" in saved
    assert f"has a fact called “{name}” already" in page
    assert "has a fact called" not in plain


# ---- patterns


@pytest.mark.parametrize(
    "pattern", ["[A-Z]{2}[0-9]{6}", "[A-Z]+[0-9]+", "(AB|CD)[0-9]{1,9}", r"(\d{3} )+\d*", r"\w{1,60}@\w{1,60}", "a|b|"]
)
def test_patterns_of_offices_are_taken(pattern):
    patterns.check(pattern, 500)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a|a)*",
        "(a*)*b",
        r"\w+\w+\w+",
        r"(\w?){40}",
        "((a{0,5}){0,5}){0,5}",
        r"(a)\1",
        "(?<!a)b",
        "x" * 199 + "(",
    ],
)
def test_patterns_that_could_take_long_are_refused_before_any_text_meets_them(pattern):
    with pytest.raises(ValidationError):
        patterns.check(pattern, 500)


def test_a_pattern_holds_the_whole_text():
    assert patterns.matches("[0-9]{2}", "12")
    assert not patterns.matches("[0-9]{2}", "123")
    assert not patterns.matches("12|3", "124")


def test_every_type_says_which_limits_it_takes():
    known = {"unit", "nomenclature", "target_type", "minimum", "maximum", "max_length", "pattern", "pattern_hint"}

    assert {name for each in types for name in each.takes} <= known | {"default", "is_unique"}
