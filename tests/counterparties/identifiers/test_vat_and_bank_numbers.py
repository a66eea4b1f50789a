"""Numbers by which tax offices and banks know a counterparty."""

import pytest

from counterparties.domain.identifiers import (
    check_bic,
    check_iban,
    check_vat_number,
    show_iban,
    vat,
)
from tests.counterparties.identifiers.refused import refusal

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
