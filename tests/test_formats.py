"""Days, times and numbers as each language writes them."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import override

from desk.reading import read_date

DAY, HOUR = date(2026, 11, 20), time(14, 5)


@pytest.mark.parametrize(("language", "shown"), [("en", "20 Nov 2026"), ("bg", "20.11.2026"), ("ru", "20.11.2026")])
@pytest.mark.parametrize("kind", ["DATE_FORMAT", "SHORT_DATE_FORMAT"])
def test_a_day_is_short_and_cannot_be_misread(language, shown, kind):
    with override(language):
        assert formats.date_format(DAY, kind) == shown


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "20 Nov 2026, 14:05"), ("bg", "20.11.2026 14:05"), ("ru", "20.11.2026 14:05")]
)
def test_hours_go_to_twenty_four(language, shown):
    with override(language):
        assert formats.localize(datetime.combine(DAY, HOUR), use_l10n=True) == shown
        assert formats.time_format(HOUR) == "14:05"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "1,234,567.50"), ("bg", "1\u00a0234\u00a0567,50"), ("ru", "1\u00a0234\u00a0567,50")]
)
def test_a_number_is_grouped_in_thousands(language, shown):
    with override(language):
        assert Template("{{ number }}").render(Context({"number": Decimal("1234567.50")})) == shown


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_the_week_begins_on_monday(language):
    assert formats.get_format("FIRST_DAY_OF_WEEK", language) == 1


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
@pytest.mark.parametrize("pattern_place", [0, 1, 2, -1])
def test_every_way_a_day_may_be_typed_is_read_by_the_office_too(language, pattern_place):
    pattern = formats.get_format("DATE_INPUT_FORMATS", language)[pattern_place]

    with override(language):
        assert read_date(DAY.strftime(pattern)) == DAY


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_a_day_offered_for_change_is_typed_back_as_itself(language):
    with override(language):
        offered = formats.localize_input(DAY)

        assert read_date(offered) == DAY
