"""A list that is asked nonsense tells what it left out, and stands."""

import pytest

from tests.shown import names, notes

KNOWN = "Known are: no (not shown), yes (only archived), all (shown too)."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("colour=red", "This list cannot be asked for colour, so that was left out."),
        ("c-nothing_min=3", "This list cannot be asked for c-nothing_min, so that was left out."),
        ("c-number=3", "This list cannot be asked for c-number, so that was left out."),
        ("status=nonsense", "Status: there is no “nonsense”, so that was left out."),
        ("type=nonsense", "Type: there is no “nonsense”, so that was left out."),
        ("country=XX", "Country: there is no “XX”, so that was left out."),
        ("kind=alien", "Kind: there is no “alien”, so that was left out."),
        ("archived=only", f"Archived: “only” is not known here. {KNOWN}"),
        ("c-grade=zzz", "Grade: “Grades” has no element “zzz”."),
        ("sort=nonsense", "The list cannot be sorted by “nonsense”, so it is sorted by name."),
        ("sort=phone", "The list cannot be sorted by “phone”, so it is sorted by name."),
        ("sort=-email", "The list cannot be sorted by “-email”, so it is sorted by name."),
        ("columns=nonsense", "There is no column “nonsense”, so that was left out."),
    ],
)
def test_what_is_not_understood_is_told_and_left_out(ask, admin, facts, question, told):
    shown = ask(admin, question)

    assert shown.status_code == 200
    assert names(shown) == ["Little", "Much", "Nothing"]
    assert notes(shown) == [told]


@pytest.mark.parametrize("name", ["created_after", "created_before", "c-number_min", "c-date_after", "c-flag"])
@pytest.mark.parametrize("value", ["abc", "1" + "0" * 30, "NaN", "99999-01-01", "31.02.2026", "a\x00b", "٣"])
def test_a_malformed_value_is_told_and_left_out(ask, admin, facts, name, value):
    shown = ask(admin, {name: value})

    assert shown.status_code == 200
    assert len(notes(shown)) == 1
    assert names(shown) == ["Little", "Much", "Nothing"]


@pytest.mark.parametrize(
    "question",
    [
        {"q": "a\x00b"},
        {"q": "x" * 100_000},
        {"q": "'"},
        {"q": '" OR "'},
        {"q": "*"},
        {"q": "\\"},
        {"q": "NEAR(a b)"},
        {"q": "}}{{7*7}}"},
        {"q": "𝕏 🤷‍♀️ " + "́" * 1000},
        {"after": "\x00", "before": "zzz"},
        {"created_after": "0001-01-01", "created_before": "9999-12-31"},
        {"created_after": "9999-12-31"},
        {"sort": "-" * 50},
        {"columns": "\x00"},
        {"type": ["client"] * 300},
        {f"filter-{number}": "x" for number in range(200)},
        {f"c-number_{number}": "x" for number in range(200)},
    ],
)
def test_nothing_anybody_asks_breaks_the_page(ask, admin, facts, question):
    assert ask(admin, question).status_code == 200


def test_broken_utf_8_does_not_break_the_page(client, admin):
    client.force_login(admin)

    assert client.get("/counterparties/?q=%ff%fe&status=%c3%28&%80=1").status_code == 200
