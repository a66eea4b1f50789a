"""Countries, languages and currencies in the reader's language."""

import pytest
from django.utils.translation import override

from desk import places

LANGUAGES = ["en", "bg", "ru"]


@pytest.mark.parametrize(("language", "name"), [("en", "Bulgaria"), ("bg", "България"), ("ru", "Болгария")])
def test_a_country_is_named_in_the_readers_language(language, name):
    with override(language):
        assert places.country_name("BG") == name


def test_without_a_reader_names_are_english():
    with override(None):
        assert places.country_name("BG") == "Bulgaria"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_of_the_standard_and_kosovo_is_listed_once(language):
    with override(language):
        listed = places.countries()

    assert len(listed) == len({code for code, _name in listed}) == 250
    assert {"BG", "RU", "GB", "XK"} <= {code for code, _name in listed}


def test_an_unknown_country_is_shown_by_its_code():
    assert places.country_name("ZZ") == "ZZ"


@pytest.mark.parametrize("language", ["bg", "ru"])
@pytest.mark.parametrize("listing", [places.countries, places.languages, places.currencies])
def test_no_name_is_left_in_latin_letters(language, listing):
    with override(language):
        latin = [name for _code, name in listing() if name[0].isascii()]

    assert [name for name in latin if not name.startswith("CFP")] == []


def test_bulgarian_countries_stand_in_alphabetical_order():
    with override("bg"):
        names = [name for _code, name in places.countries()]

    assert names[0] == "Австралия"
    assert names.index("Италия") < names.index("Йемен") < names.index("Йордания") < names.index("Кабо Верде")
    assert names[-1] == "Япония"


def test_yo_stands_with_ye_in_russian():
    with override("ru"):
        names = [name for _code, name in places.countries()]

    assert names.index("Танзания") < names.index("Тёркс и Кайкос") < names.index("Того")


def test_letters_with_marks_stand_with_their_plain_ones():
    with override("en"):
        names = [name for _code, name in places.countries()]

    assert names.index("Afghanistan") < names.index("Åland Islands") < names.index("Albania")


def test_a_caller_may_change_his_list_without_changing_everybodys():
    places.countries().clear()

    assert len(places.countries()) == 250


@pytest.mark.parametrize(("code", "name"), [("bg", "Bulgarian"), ("ru", "Russian"), ("en", "English")])
def test_languages_have_names(code, name):
    with override("en"):
        assert (code, name) in places.languages()
        assert places.language_name(code) == name


@pytest.mark.parametrize("code", ["EUR", "USD", "RUB", "GBP", "JPY"])
def test_the_currencies_of_today_are_offered(code):
    assert code in dict(places.currencies())


@pytest.mark.parametrize("code", ["DEM", "SUR", "XAU", "XTS"])
def test_money_nobody_pays_with_is_not_offered(code):
    assert code not in dict(places.currencies())


@pytest.mark.parametrize(("currency", "units"), [("EUR", 2), ("RSD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_a_currency_knows_its_minor_units(currency, units):
    assert places.minor_units(currency) == units
