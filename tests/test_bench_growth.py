"""How much a page grows with its office is told by a page that cannot grow, and not by the hour it was measured in."""

import pytest

from tools.bench import table
from tools.bench.turns import by_the_other, in_turn


def figure(name="page 1, whole response", **facts):
    plain = {"group": "register", "name": name, "ms": 20, "by_steady": None, "ratio": None, "against": ""}
    return plain | {"target": "", "at_most": None, "statements": 9, "note": "", "answer": "", "rows": 50} | facts


def office(size, *figures):
    facts = {"database": "sqlite", "is_wide": False, "seconds": 1, "trouble": ""}
    return facts | {"built": {"seconds": 1, "megabytes": 1}, "size": size, "figures": figures}


def told(small, large):
    """The whole table of a small office and a large one."""
    return table.text(
        {"at": "today", "machine": "ours", "offices": [office(10_000, *small), office(1_000_000, *large)]}
    )


def listed(small, large):
    """The pages of the two lists behind the table."""
    _table, law, fuller = told(small, large).split("### Pages that grow")
    return [each.partition("\n\n")[2].strip() for each in (law, fuller)]


def test_what_is_compared_takes_turns():
    order = []

    taken = in_turn([lambda: order.append("page"), lambda: order.append("steady")], most=6, seen=1000)

    assert order == ["page", "steady"] * 6
    assert [len(each) for each in taken] == [6, 6]


@pytest.mark.parametrize(
    ("own", "others", "times"),
    [
        ([20, 20, 20], [10, 10, 10], 2),
        ([20, 20, 20, 40, 40, 40], [10, 10, 10, 20, 20, 20], 2),  # the clock goes half as fast after the third turn
        ([20, 20, 90, 20, 20], [10, 70, 10, 10, 10], 2),  # somebody came between
        ([30, 30, 30], [10, 10, 10], 3),
    ],
)
def test_a_page_is_told_turn_by_turn(own, others, times):
    assert by_the_other(own, others) == times


def test_a_page_that_is_slower_only_since_the_clock_was_does_not_grow():
    small, large = figure(ms=20, by_steady=2), figure(ms=40, by_steady=2)

    assert listed([small], [large]) == ["None.", "None."]
    assert "| register: page 1, whole response | 20.0 | 40.0 | 1.00 |" in told([small], [large])


def test_a_page_that_is_slower_by_the_steady_page_grows_though_the_clock_was_faster():
    small, large = figure(ms=20, by_steady=2), figure(ms=20, by_steady=4)

    assert listed([small], [large])[0] == (
        "- SQLite, register: page 1, whole response: 2.00, 1.00 by the clock (20.0 → 20.0 ms)"
    )
    assert "| register: page 1, whole response | 20.0 | 20.0 | **2.00** |" in told([small], [large])


def test_a_page_that_shows_more_rows_in_the_larger_office_stands_apart():
    small, large = figure(by_steady=2, rows=8), figure(ms=40, by_steady=4)

    assert listed([small], [large]) == [
        "None.",
        "- SQLite, register: page 1, whole response: 2.00, 2.00 by the clock (20.0 → 40.0 ms; 8 → 50 rows)",
    ]


def test_what_is_no_page_grows_by_the_clock_and_stands_in_no_list():
    small, large = figure("page 1, data"), figure("page 1, data", ms=40)

    assert listed([small], [large]) == ["None.", "None."]
    assert "| register: page 1, data | 20.0 | 40.0 | **2.00** |" in told([small], [large])


def test_a_steady_page_that_asks_more_in_the_larger_office_is_named():
    steady, other = (figure("settings", group="steady page", statements=asked) for asked in (12, 13))

    named = "steady page: settings is not the same in each office**: 12 statements and 50 rows, 13 statements and 50"
    assert named in told([steady], [other])
    assert "is not the same" not in told([steady], [steady])


def test_the_table_tells_the_targets_that_are_missed():
    missed = figure(ratio=4, against="a floor", target="T2", at_most=3.5)

    assert "- T2, SQLite, register: page 1, whole response: 4, wished for ≤ 3.5" in told([missed], [missed])
