"""Numbers by which the registers of the world know a counterparty."""

import pytest
from django.core.exceptions import ValidationError

from counterparties.domain.identifiers import (
    check_registration_number,
    elsewhere,
    russia,
)
from tests.counterparties.identifiers.refused import refusal


def company(number, country="BG", *, is_foreign=False):
    return check_registration_number(number, country=country, is_person=False, is_foreign=is_foreign)


def individual(number, country="BG"):
    return check_registration_number(number, country=country, is_person=True, is_foreign=False)


# Bulgarian companies


@pytest.mark.parametrize(
    "number", ["103873594", "000565359", "104453698", "121817309", "175015558", "202322728", "831919536"]
)
def test_an_eik_of_nine_digits_is_kept(number):
    assert company(number) == number


def test_an_eik_whose_first_weights_leave_ten_is_decided_by_the_second():
    assert company("131272009") == "131272009"


@pytest.mark.parametrize(("start", "ending"), [("831919536001", "6"), ("175074752001", "9")])
def test_of_all_endings_of_a_branch_one_is_right(start, ending):
    right = [last for last in "0123456789" if not _refused(company, start + last)]

    assert right == [ending]


def test_a_branch_of_a_wrong_company_is_refused_at_the_ninth_digit():
    assert refusal(company, "1750747510013").params["place"] == 9


def test_a_branch_with_a_wrong_ending_is_refused_at_the_thirteenth_digit():
    refused = refusal(company, "8319195360019")

    assert (refused.params["place"], refused.params["digit"]) == (13, "6")


def test_a_branch_whose_first_weights_leave_ten_is_decided_by_the_second():
    # 7·2 + 5·7 + 0·3 + 1·5 = 54 → 10 by eleven; 7·4 + 5·9 + 0·5 + 1·7 = 80 → 3.
    assert company(_nine_ending_in(7) + "5013") == _nine_ending_in(7) + "5013"


def test_spaces_dots_and_the_letters_bg_are_no_part_of_an_eik():
    assert company(" BG 831.919-536 ") == "831919536"


def test_a_cyrillic_v_before_g_means_bg():
    assert company("ВG831919536") == "831919536"


def test_a_wrong_check_digit_is_named_with_the_right_one():
    refused = refusal(company, "175074751")

    assert refused.code == "check_digit"
    assert refused.messages == [
        "175074751 is not a valid Bulgarian company number (EIK): digit 9 would have to be 2. "
        "Compare every digit with the document."
    ]


@pytest.mark.parametrize("eaten", ["565359", "0565359", "00565359"])
def test_zeros_eaten_by_a_spreadsheet_are_offered_back(eaten):
    refused = refusal(company, eaten)

    assert (refused.code, refused.params["proposal"]) == ("leading_zeros", "000565359")
    assert refused.messages == [f"{eaten} has lost the zeros in front, as happens in spreadsheets. Write 000565359."]


def test_nothing_is_offered_where_zeros_would_not_make_it_right():
    assert refusal(company, "565358").code == "length"


@pytest.mark.parametrize("number", ["000000000", "0000000000000"])
def test_all_zeros_are_no_company(number):
    assert refusal(company, number).code == "invalid"


def test_an_eik_of_letters_is_answered_with_an_example_that_is_right():
    refused = refusal(company, "ABC")

    assert company(refused.params["example"])


def test_digits_of_other_scripts_are_refused():
    assert refusal(company, "٨٣١٩١٩٥٣٦").code == "invalid"


def test_a_personal_number_is_not_taken_for_a_companys():
    assert refusal(company, "5021010007").code == "personal"


def test_a_foreign_company_keeps_its_number_as_written():
    assert company("ABC 12/7", is_foreign=True) == "ABC 12/7"


def test_no_number_is_no_mistake():
    assert company("  ") == ""


def test_a_number_longer_than_the_register_keeps_is_refused_with_the_limit():
    refused = refusal(company, "1" * 33, "DE")

    assert refused.messages == ["This company number has 33 characters; write one of at most 32."]


def test_a_dash_is_no_number():
    assert refusal(company, "-", "DE").code == "invalid"


# Persons in Bulgaria


@pytest.mark.parametrize("number", ["5021010007", "8032056031", "7523169263", "7111042925"])
def test_an_individual_has_an_egn_or_a_foreigners_number(number):
    assert individual(number) == number


def test_a_sole_trader_may_have_an_eik():
    assert individual("831919536") == "831919536"


def test_an_egn_with_an_impossible_day_is_told_so():
    # The 30th of February 1980; its check digit is right.
    assert refusal(individual, "8002300008").code == "birth_date"


def test_an_egn_of_somebody_not_yet_born_is_refused():
    assert refusal(individual, "7542011030").code == "birth_date"


def test_a_mistyped_personal_number_is_told_both_right_endings():
    refused = refusal(individual, "7111042922")

    assert refused.messages == [
        "7111042922 is not a valid personal number: as an EGN it would end in 0, as a foreigner's number (LNCh) in 5."
    ]


def test_the_zeros_of_an_egn_are_offered_back_too():
    # Born on 1 January 2000: 0041010002 without its zeros.
    whole = next(f"004101000{last}" for last in "0123456789" if not _refused(individual, f"004101000{last}"))

    assert refusal(individual, whole.lstrip("0")).params["proposal"] == whole


def test_the_example_of_a_personal_number_is_right_itself():
    assert individual(refusal(individual, "12").params["example"])


# Russia


@pytest.mark.parametrize("number", ["0108003670", "7709442668", "005826107187", "1022500001325", "385768585948949"])
def test_a_russian_company_or_proprietor_has_an_inn_or_a_register_number(number):
    assert company(number, "RU") == number


@pytest.mark.parametrize(
    "number", ["7709442667", "005826107188", "1022500001328", "0022500001325", "985768585948944", "0000000000", "12"]
)
def test_a_wrong_russian_number_is_refused(number):
    assert refusal(company, number, "RU").messages


def test_a_proprietors_number_whose_remainder_has_two_digits_ends_in_the_last_of_them():
    base = next(n for n in range(304500000000001 // 10, 304500000000001) if n % 13 == 11)

    assert company(f"{base}1", "RU") == f"{base}1"


def test_a_russian_individual_does_not_have_an_organisations_inn():
    assert refusal(individual, "7709442668", "RU").code == "organisation"


def test_the_zero_of_an_inn_is_offered_back():
    assert refusal(company, "108003670", "RU").params["proposal"] == "0108003670"


@pytest.mark.parametrize("number", russia.EXAMPLES.values())
def test_the_russian_examples_are_right_themselves(number):
    assert company(number, "RU") == number


# Other countries


@pytest.mark.parametrize("country", elsewhere.NUMBERS)
def test_the_example_of_every_country_is_right_itself(country):
    _modules, example = elsewhere.NUMBERS[country]

    assert company(example, country)


@pytest.mark.parametrize("country", elsewhere.NUMBERS)
def test_a_mistyped_company_number_is_refused_naming_the_country(country):
    _modules, example = elsewhere.NUMBERS[country]

    refused = refusal(company, example[:3] + str((int(example[3]) + 1) % 10) + example[4:], country)

    assert refused.params["example"] == example


@pytest.mark.parametrize(
    ("number", "country"), [("HRB 12345  B", "DE"), ("SC123456", "GB"), ("66740", "US"), ("0000123456", "PL")]
)
def test_where_no_register_can_be_relied_on_the_number_is_kept_as_written(number, country):
    assert company(number, country) == " ".join(number.split())


def test_a_romanian_company_may_give_its_trade_register_number():
    assert company("J52/750/2012", "RO") == "J52/750/2012"


def _refused(check, number):
    try:
        check(number)
    except ValidationError:
        return True
    return False


def _nine_ending_in(last):
    """Some right nine-digit number with this check digit."""
    return next(f"{n}{last}" for n in range(10000000, 10000100) if not _refused(company, f"{n}{last}"))
