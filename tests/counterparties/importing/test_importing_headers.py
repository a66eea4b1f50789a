"""Which field a column fills, when nobody said: by the office's own words first, then as others call it."""

import pytest

from counterparties.domain.importing import Fields, columns_of
from counterparties.domain.importing.known_as import OTHER_WORDS, known_as
from rights.domain.policy import for_user
from tests.factories import make_characteristic


@pytest.fixture
def guessed(admin):
    """The fields of a header, in the order of its columns; a dash where nothing is taken."""

    def fields(*header):
        found = {each.header: each.field for each in columns_of(list(header), Fields(for_user(admin))).columns}
        return [found.get(each, "-") for each in header]

    return fields


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("Клиент", "ЕИК", "ИН по ЗДДС", "Тел.", "GSM", "Ел. поща"),
         ["name", "registration_number", "vat_number", "phone", "mobile", "email"]),
        (("Контрагент", "ИНН", "Почта", "Сотовый", "Примечание"),
         ["name", "registration_number", "email", "mobile", "comment"]),
        (("Customer", "Company ID", "VAT no.", "E-mail:", "Web", "Short name"),
         ["name", "registration_number", "vat_number", "email", "website", "alias"]),
    ],
)  # fmt: skip
def test_columns_of_other_systems_are_known_in_three_languages(guessed, client_type, header, fields):
    assert guessed(*header) == fields


def test_the_offices_own_words_come_first_wherever_they_stand(guessed, client_type):
    make_characteristic("inn", "text", client_type, name="ИНН")

    assert guessed("Company", "Name", "ИНН", "ЕИК") == ["-", "name", "c-inn", "registration_number"]


def test_two_columns_that_others_call_alike_fill_one_field_once(guessed, client_type):
    assert guessed("Bulstat", "EIK", "name") == ["registration_number", "-", "name"]


def test_what_means_several_things_of_the_office_is_left_to_the_reader(guessed, client_type):
    for code in ("one", "two"):
        make_characteristic(code, "text", client_type, name="GSM")

    assert guessed("name", "GSM") == ["name", "-"]


def test_no_word_stands_for_two_fields():
    words = [known_as(word) and word.strip() for said in OTHER_WORDS.values() for word in said.split(";")]

    assert len(words) == len(set(words))
    assert all(known_as(word) == name for name, said in OTHER_WORDS.items() for word in said.split(";"))
