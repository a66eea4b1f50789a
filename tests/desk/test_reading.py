"""Numbers, days and yes or no as people type them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from desk.reading import LIMIT, read_date, read_decimal, read_flag

LANGUAGES = ["en", "bg", "ru"]


def refusal(read, *args):
    with pytest.raises(ValidationError) as refused:
        read(*args)
    return refused.value


def outcome(read, *args):
    """What was read, or the sentences of the refusal; any other failure is one of the test."""
    try:
        return read(*args), []
    except ValidationError as refused:
        return None, refused.messages


# Numbers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1 234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1'234.5", "1234.5"),
        ("1’234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u202f234\u202f567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("\u22125", "-5"),
        ("- 5,25", "-5.25"),
        ("+359", "359"),
        ("0,500", "0.500"),
        ("1234,567", "1234.567"),
        ("1 234.567", "1234.567"),
        ("1.234", "1.234"),
        (".5", "0.5"),
        ("00012", "12"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("9000000000000", "9000000000000"),
        ("1.2345670", "1.234567"),
    ],
)
def test_a_number_meant_in_one_way_only_is_read_in_every_language(typed, meant, language):
    assert read_decimal(typed, language) == Decimal(meant)


@pytest.mark.parametrize(("language", "meant"), [("en", "1234"), ("bg", "1.234"), ("ru", "1.234")])
def test_a_lone_comma_before_three_digits_is_the_languages_affair(language, meant):
    assert read_decimal("1,234", language) == Decimal(meant)


def test_without_a_language_the_readers_own_decides():
    with override("bg"):
        assert read_decimal("1,234") == Decimal("1.234")
    with override("en"):
        assert read_decimal("1,234") == Decimal(1234)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "NaN",
        "Infinity",
        "-inf",
        "1e5",
        "1e400",
        "٣",
        "12 34",
        "1,2,3",
        "1.2.3",
        "0,500,000",
        "1,234.567,8",
        "12.",
        "$5",
        "5%",
        "0x1f",
        "1_000",
        "1" * 99,
        "=1+1",
        "twelve",
    ],
)
def test_what_is_no_number_is_refused(typed, language):
    assert refusal(read_decimal, typed, language).code == "invalid"


def test_the_refusal_shows_a_number_as_the_language_writes_it():
    assert refusal(read_decimal, "many", "en").messages == [
        "“many” cannot be read as a number. Write digits and at most one decimal sign, for example 1,234.5."
    ]
    assert refusal(read_decimal, "many", "bg").params["example"] == "1\u00a0234,5"


@pytest.mark.parametrize("typed", ["9000000000000.000001", "-9000000000001", "1" * 40])
def test_a_number_out_of_range_is_told_the_limits(typed):
    with override("en"):
        refused = refusal(read_decimal, typed)

    assert refused.messages == [
        "The number is too large: it must lie between -9,000,000,000,000 and 9,000,000,000,000."
    ]


def test_a_seventh_digit_after_the_point_is_not_rounded_away():
    assert refusal(read_decimal, "1.2345671").code == "places"


@pytest.mark.parametrize(("value", "meant"), [(5, "5"), (0.1, "0.1"), (Decimal("1.50"), "1.50")])
def test_numbers_of_a_sheet_are_taken_as_they_are(value, meant):
    assert read_decimal(value, "bg") == Decimal(meant)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("1e400"), Decimal("sNaN"), 1e-7, True])
def test_values_of_a_sheet_are_held_to_the_same_rules(value):
    assert refusal(read_decimal, value).messages


@given(value=st.decimals(-LIMIT, LIMIT, places=6), language=st.sampled_from(LANGUAGES))
def test_a_number_shown_is_read_back_as_itself(value, language):
    with override(language):
        shown = number_format(value, use_l10n=True, force_grouping=True)

    assert read_decimal(shown, language) == value


@given(typed=st.text(max_size=80), language=st.sampled_from(LANGUAGES))
def test_whatever_is_typed_is_a_number_or_a_sentence(typed, language):
    number, sentences = outcome(read_decimal, typed, language)

    assert sentences or abs(number) <= LIMIT


# Days


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-31",
        "2026/12/31",
        "2026-12-31T00:00:00",
        "31.12.2026",
        "31.12.2026 г.",
        "31/12/2026",
        "31-12-2026",
        " 31. 12. 2026 ",
        "31.12.26",
        "31 декември 2026",
        "31 декември 2026 г.",
        "31 декабря 2026 г.",
        "31 дек. 2026",
        "31 Dec 2026",
        "31 December 2026",
        "Dec 31, 2026",
        "31st December 2026",
    ],
)
def test_a_day_is_read_as_written_in_any_of_the_languages(typed, language):
    assert read_date(typed, language) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "day"), [("0001-01-01", date.min), ("31.12.9999", date.max), ("29.02.2024", date(2024, 2, 29))]
)
def test_the_whole_calendar_is_read(typed, day):
    assert read_date(typed) == day


def test_the_day_stands_before_the_month():
    assert read_date("01/02/2026", "en") == date(2026, 2, 1)


def test_two_digits_far_ahead_are_a_year_of_the_last_century():
    assert read_date("31.12.99") == date(1999, 12, 31)


def test_a_day_the_month_does_not_have_is_refused():
    assert refusal(read_date, "29.02.2023").messages == ["“29.02.2023” is not in the calendar: that month has 28 days."]


def test_a_month_first_is_told_the_order():
    assert refusal(read_date, "12/31/2026", "en").messages == [
        "“12/31/2026” is not a date: there is no month 31. The day stands first, then the month: 31 Dec 2026."
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2013 (1888)",
        "20261231",
        "31-12/2026",
        "00.01.2026",
        "31.12.0000",
        "1 ма 2026",
        "٣١.١٢.٢٠٢٦",
        "2026-12-31 10:00",
        "tomorrow",
    ],
)
def test_what_is_no_day_is_refused(typed):
    assert refusal(read_date, typed).code == "invalid"


def test_the_refusal_shows_a_day_as_the_language_writes_it():
    assert refusal(read_date, "tomorrow", "bg").params["example"] == "31.12.2026"


def test_days_of_a_sheet_are_taken_as_they_are():
    assert read_date(date(2026, 12, 31)) == read_date(datetime(2026, 12, 31)) == date(2026, 12, 31)


def test_the_hour_of_a_sheets_cell_is_not_silently_dropped():
    assert refusal(read_date, datetime(2026, 12, 31, 10, 30)).code == "invalid"


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_a_day_or_a_sentence(typed):
    day, sentences = outcome(read_date, typed)

    assert sentences or date.min <= day <= date.max


# Yes and no


@pytest.mark.parametrize("typed", ["yes", "Да", "ДА ", "true", "1", "x", "✓", True, 1])
def test_yes_is_understood_in_three_languages(typed):
    assert read_flag(typed) is True


@pytest.mark.parametrize("typed", ["no", "не", "Нет", "false", "0", "-", False, 0])
def test_no_is_understood_in_three_languages(typed):
    assert read_flag(typed) is False


@pytest.mark.parametrize("typed", ["", "maybe", "2", "yes no"])
def test_anything_else_is_asked_again(typed):
    assert refusal(read_flag, typed).code == "invalid"
