"""Phones, e-mails and websites: how they are kept, and what is none."""

import pytest

from counterparties.domain.identifiers import (
    check_bic,
    check_email,
    check_iban,
    check_mobile,
    check_phone,
    check_website,
    digits,
    show_phone,
)
from tests.counterparties.identifiers.refused import refusal

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
