"""Electronic addresses: schemes of the official list, and addresses that fit them."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from counterparties.domain.identifiers import check_electronic_address, check_scheme
from counterparties.domain.identifiers.electronic import (
    BY_COMPANY_NUMBER,
    CHECKS,
    OF_VAT_NUMBERS,
    is_ending,
    offered,
    schemes,
    suggested,
)


def answer(address, scheme):
    """What is kept, or why it is refused."""
    try:
        return check_electronic_address(address, scheme)
    except ValidationError as error:
        return error.code


def test_the_list_has_every_scheme_once_with_its_state():
    states = [each.state for each in schemes().values()]

    assert Counter(states) == {"active": 84, "deprecated": 5, "removed": 16}
    assert {*CHECKS, *OF_VAT_NUMBERS, *BY_COMPANY_NUMBER.values()} <= set(schemes())


def test_active_schemes_are_offered_deprecated_ones_accepted_and_removed_ones_refused():
    assert {each.state for each in offered()} == {"active"}
    assert (check_scheme(" 9926 "), is_ending("9926")) == ("9926", False)
    assert (check_scheme("9909"), is_ending("9909")) == ("9909", True)
    assert check_scheme("") == ""
    for code, why in (("9958", "removed"), ("1234", "unknown"), ("０0８８", "unknown"), ("0088:4012", "unknown")):
        with pytest.raises(ValidationError) as refused:
            check_scheme(code)
        assert refused.value.code == why


def test_an_address_is_checked_for_its_scheme():
    told = {
        ("BG175074752", "9926"): "BG175074752",
        ("175074752", "9926"): "BG175074752",
        ("BG175074753", "9926"): "check_digit",
        ("DE136695976", "9926"): "other_country",
        ("DE136695976", "9930"): "DE136695976",
        ("4012345500004", "0088"): "4012345500004",
        ("401 2345 50000 4", "0088"): "4012345500004",
        ("0088:4012345500004", "0088"): "4012345500004",
        ("4012345500005", "0088"): "check_digit",
        ("40123455", "0088"): "invalid",
        ("784301772", "0002"): "784301772",
        ("784301773", "0002"): "check_digit",
        ("78430177200025", "0009"): "78430177200025",
        ("2120000787", "0007"): "2120000787",
        ("991-03730-19", "0204"): "991-03730-19",
        ("991-03730-20", "0204"): "check_digit",
        ("991 03730 19", "0204"): "invalid",
        ("745707327", "0192"): "745707327",
        ("10137025", "0191"): "10137025",
        ("0037187451670", "0216"): "invalid",
        ("003718745167TST01", "0216"): "invalid",
        ("003720774740TST01", "0216"): "003720774740TST01",
        ("IT00743110157", "0211"): "IT00743110157",
        ("T1234567890123", "0221"): "T1234567890123",
        ("1234567890123", "0221"): "invalid",
        ("anything-at_all", "0130"): "ANYTHING-AT_ALL",
        ("x" * 300, "0130"): "invalid",
        ("L-0000123", "9922"): "L0000123",
        ("4012345500004", ""): "no_scheme",
        ("  ", "0088"): "",
        ("<script>", "0088"): "invalid",
    }

    assert {asked: answer(*asked) for asked in told} == told


def test_what_is_known_suggests_an_address():
    assert suggested(country="BG", vat_number="BG175074752") == ("9926", "BG175074752")
    assert suggested(country="SE", registration_number="212000-0787") == ("0007", "2120000787")
    assert suggested(country="FI", registration_number="2077474-0") == ("0216", "003720774740")
    assert suggested(country="NO", registration_number="745707327", vat_number="NO995525828MVA") == (
        "0192", "745707327",
    )  # fmt: skip
    assert suggested(country="BG", vat_number="BG1") is None
    assert suggested(country="SE", registration_number="1") is None
    assert suggested(country="") is None
