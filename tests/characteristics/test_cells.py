"""Several values in one cell of a sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from characteristics.domain.cells import joined, parted


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        (["one"], "one"),
        (["one", "two"], "one\ntwo"),
        (["one; still one", "two"], "one; still one\ntwo"),
        (["one; still one"], '"one; still one"'),
        (['"Danube" Ltd'], '"Danube" Ltd'),
        (['"one; still one"'], '"""one; still one"""'),
        (["of two\nlines"], '"of two\nlines"'),
        (["of two\nlines", "plain"], '"of two\nlines"\nplain'),
    ],
)
def test_values_are_marked_only_where_they_would_be_read_otherwise(values, cell):
    assert joined(values) == cell
    assert parted(cell) == values


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("one; two;one", ["one", "two", "one"]),
        ("one; two\n", ["one", "two"]),
        ('"one; still one"; two', ["one; still one", "two"]),
        ('"Danube" Ltd; "Beta"', ['"Danube" Ltd', '"Beta"']),
        ('"never closed; two', ['"never closed', "two"]),
        (" ; \n ", []),
        ("", []),
    ],
)
def test_what_people_write_is_read(cell, values):
    assert parted(cell) == values


@given(st.lists(st.text('ab ;"\n', min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_what_is_written_is_read_as_the_same(values):
    assert parted(joined(values)) == values
