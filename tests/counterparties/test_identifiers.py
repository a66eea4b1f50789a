"""Numbers, phones and addresses by which the world knows a counterparty."""

import pytest
from django.core.exceptions import ValidationError

from counterparties.domain.identifiers import (
    check_bic,
    check_email,
    check_iban,
    check_mobile,
    check_phone,
    check_registration_number,
    check_vat_number,
    check_website,
    digits,
    elsewhere,
    russia,
    show_iban,
    show_phone,
    vat,
)


def company(number, country="BG", *, is_foreign=False):
    return check_registration_number(number, country=country, is_person=False, is_foreign=is_foreign)


def individual(number, country="BG"):
    return check_registration_number(number, country=country, is_person=True, is_foreign=False)


def refusal(check, *args, **named):
    """What the office is told, in one sentence."""
    with pytest.raises(ValidationError) as refused:
        check(*args, **named)
    return refused.value


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


# VAT


@pytest.mark.parametrize("country", vat.SYSTEMS)
def test_the_vat_example_of_every_country_is_right_with_and_without_its_letters(country):
    prefix, example = vat.SYSTEMS[country]

    kept = {
        check_vat_number(typed, country=country) for typed in (example, example.lower(), example.removeprefix(prefix))
    }

    assert kept == {example}


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("BG 175 074 752", "BG", "BG175074752"),
        ("7501020018", "BG", "BG7501020018"),
        ("FR 40 303 265 045", "FR", "FR40303265045"),
        ("gr-082857563", "GR", "EL082857563"),
        ("XI 432525179", "GB", "XI432525179"),
        ("GB 002 4257 28", "GB", "GB002425728"),
        ("CHE-109.298.651 TVA", "CH", "CHE109298651TVA"),
        ("NO 995 525 828 MVA", "NO", "NO995525828MVA"),
        ("FR53000004605", "MC", "FR53000004605"),
        ("EU372022452", "US", "EU372022452"),
        ("12-3456789", "US", "123456789"),
        ("DE136,695 976", "", "DE136695976"),
    ],
)
def test_a_vat_number_is_kept_without_spaces_and_with_its_letters(typed, country, kept):
    assert check_vat_number(typed, country=country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("BG175074751", "BG"),
        ("BGBG175074752", "BG"),
        ("000000000", "BG"),
        ("GB802311781", "GB"),
        ("CHE-107.787.577 ZZZ", "CH"),
        ("995525828", "NO"),
        ("EU372A22452", ""),
        ("ATU15169209", "AT"),
        ("XX", "US"),
    ],
)
def test_a_wrong_vat_number_is_refused(typed, country):
    assert refusal(check_vat_number, typed, country=country).messages


def test_the_refusal_of_a_vat_number_shows_how_that_country_writes_it():
    refused = refusal(check_vat_number, "12", country="NO")

    assert refused.messages == ["12 is not written like a VAT number (Norway); a valid one is NO995525828MVA."]


def test_a_right_number_of_another_country_is_told_from_a_wrong_one():
    refused = refusal(check_vat_number, "DE136695976", country="BG")

    assert (refused.code, refused.params["owner"]) == ("other_country", "Germany")


# Phones


@pytest.mark.parametrize(
    "phone",
    [
        "+359 2 987 6543",
        "08-7000988",
        "0690 - 25 01 00",
        "(02) 987-65-43 ext. 12",
        "(+359) 88 812 3456",
        "02/987.65.43",
        "+1 212 555 0100 x12",
        "00359888123456",
        "112",
    ],
)
def test_a_phone_is_kept_as_its_owner_writes_it(phone):
    assert check_phone(f" {phone}\u00a0") == phone


@pytest.mark.parametrize("phone", ["call me", "12", "1" * 21, "02 98+7", "+", "02 123; 02 456", "javascript:1234"])
def test_what_cannot_be_dialled_is_refused(phone):
    assert refusal(check_phone, phone).messages


def test_the_sign_that_does_not_belong_is_named():
    assert refusal(check_phone, "02 987 65 4З").params == {"sign": "З"}


def test_a_phone_is_found_by_its_bare_digits():
    assert digits("+359 (2) 987-65-43") == "35929876543"


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("0888 123 456", "BG", "+359888123456"),
        ("+359 888 123 456", "", "+359888123456"),
        ("8 (912) 345-67-89", "RU", "+79123456789"),
        ("+1 202 555 0143", "BG", "+12025550143"),
        ("", "", ""),
    ],
)
def test_a_mobile_is_kept_as_anybody_can_call_it(typed, country, kept):
    assert check_mobile(typed, country) == kept


def test_a_mobile_needs_a_country():
    assert refusal(check_mobile, "0888123456", "").code == "country"


@pytest.mark.parametrize("typed", ["123", "0888TAXI12", "tel:0888123456", "0888 123 456 ext 5", "+"])
def test_a_wrong_mobile_is_answered_with_a_right_one(typed):
    refused = refusal(check_mobile, typed, "BG")

    assert check_mobile(refused.params["example"], "BG")


def test_a_pasted_page_is_not_repeated_in_the_refusal():
    for check in (check_iban, check_bic, lambda text: check_mobile(text, "BG")):
        assert len(refusal(check, "7x" * 50_000).messages[0]) < 200


def test_a_mobile_in_a_land_without_numbers_of_its_own_is_asked_for_a_plus():
    assert "Begin it with +" in refusal(check_mobile, "88", "AQ").messages[0]


def test_a_mobile_is_shown_the_home_way_at_home():
    assert show_phone("+359888123456", "BG") == "088 812 3456"
    assert show_phone("+359888123456", "RU") == "+359 88 812 3456"


# The net


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna@Example.COM", "Anna@example.com"),
        (" a@b.de ", "a@b.de"),
        ("office@пример.бг", "office@пример.бг"),
        ("", ""),
    ],
)
def test_an_email_is_kept_with_a_small_domain(typed, kept):
    assert check_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "a@b",
        "a b@c.de",
        "a@b.de\nBcc: x@y.z",
        "a\x00@b.de",
        "@x.y",
        "x",
        "a@b..de",
        "a@b.de, c@d.de",
        "иван@пример.бг",
        "a" * 250 + "@b.de",
    ],
)
def test_a_broken_email_is_refused(typed):
    assert refusal(check_email, typed).messages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.com", "https://example.com"),
        ("HTTP://Example.com/Path", "http://example.com/Path"),
        ("example.com:8080/x", "https://example.com:8080/x"),
        ("https://пример.бг/а", "https://пример.бг/а"),
        ('example.com/"><b>', "https://example.com/%22%3E%3Cb%3E"),
        ("", ""),
    ],
)
def test_a_website_is_kept_as_an_address_one_may_follow(typed, kept):
    assert check_website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//x.com",
        "java\nscript:alert(1)",
        "javascript:x.com",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.com",
        "ftp://example.com",
        "//example.com",
        "http://",
        "http://[",
        "https://bank.example@evil.example",
        "https://bank.example\\@evil.example",
        "https://exa mple.com",
        "https://example.com:99999/",
        "localhost",
    ],
)
def test_what_is_no_website_never_becomes_a_link(typed):
    assert refusal(check_website, typed).messages


# Banks


def test_an_iban_is_kept_without_spaces_and_shown_in_fours():
    kept = check_iban("bg80 bnbg 9661 1020 3456 78")

    assert (kept, show_iban(kept)) == ("BG80BNBG96611020345678", "BG80 BNBG 9661 1020 3456 78")


@pytest.mark.parametrize("number", ["BG80BNBG99611020345678", "DK5000400440116342", "QQ93 1234 5678", "BG", "-"])
def test_a_wrong_iban_is_refused(number):
    assert refusal(check_iban, number).messages


@pytest.mark.parametrize(("typed", "kept"), [("uncr bg sf", "UNCRBGSF"), ("AGRIFRPP882", "AGRIFRPP882"), ("", "")])
def test_a_bic_has_eight_or_eleven_signs(typed, kept):
    assert check_bic(typed) == kept


@pytest.mark.parametrize(
    ("typed", "code"), [("MULTIPLE", "country"), ("AGRIFRPP8", "invalid"), ("AGRIF2PP", "invalid")]
)
def test_a_wrong_bic_is_refused(typed, code):
    assert refusal(check_bic, typed).code == code


def _refused(check, number):
    try:
        check(number)
    except ValidationError:
        return True
    return False


def _nine_ending_in(last):
    """Some right nine-digit number with this check digit."""
    return next(f"{n}{last}" for n in range(10000000, 10000100) if not _refused(company, f"{n}{last}"))
