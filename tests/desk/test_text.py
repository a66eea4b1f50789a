"""Text as the office keeps and compares it."""

import re

import pytest

from desk import text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Дунав  ", "Дунав"),
        ("a\tb\r\nc", "a b c"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202ernd\u202c", "rnd"),
        ("bell\x07", "bell"),
        ("и\u0306", "й"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("\ud800", ""),
        ("AB\u200d", "AB"),
        ("со\u00adфия\u061c", "софия"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        *((nothing, "") for nothing in ("\u200d", "\u00ad", "\u3164", "\u2800 \u2800", "\ufe0f", "\n\u3164")),
    ],
)
def test_a_line_is_kept_clean(typed, kept):
    assert text.clean(typed) == kept


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 18, 10**18 - 1),
        *((said, None) for said in ("", " 7", "-7", "7.0", "٣", "²", "1e3", "9" * 19, "9" * 5_000)),
    ],
)
def test_a_number_of_an_address_is_one_that_a_database_can_hold(said, number):
    assert text.number(said) == number


def test_lines_keep_their_breaks():
    assert text.clean("one\r\ntwo\u2028three\x00", lines=True) == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("one", "other"),
    [("РОМАШКА", "ромашка"), ("Ёлка", "елка"), ("Crédit  Agricole", "credit agricole"), ("STRASSE", "straße")],
)
def test_texts_equal_to_a_reader_have_one_key(one, other):
    assert text.key(one) == text.key(other)


def test_nothing_that_is_unwanted_can_be_printed():
    signs = map(chr, range(0x10000))

    assert [ascii(one) for one in signs if one.isprintable() and text.UNWANTED.match(one)] == []


def test_plain_letters_have_the_same_key_by_the_long_way(monkeypatch):
    letters = [*map(chr, range(1, 0x80)), *"абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"]
    said = [f" {one}{other}  {one}" for one in letters for other in "йЙЯzZ"]
    short = [text.key(each) for each in said]
    monkeypatch.setattr(text, "PLAIN", re.compile("(?!)"))

    assert [text.key(each) for each in said] == short


def test_short_i_is_a_letter_of_its_own():
    assert text.key("Май") == "май"
    assert text.key("Май") != text.key("Маи")


def test_a_cyrillic_name_is_found_by_its_latin_spellings():
    assert text.spellings("Черноморец") == ["черноморец", "chernomorets"]
    assert text.spellings("Щука Хан") == ["щука хан", "shtuka han", "shchuka khan"]
    assert text.spellings("Latin") == ["latin"]


@pytest.mark.parametrize(
    ("name", "code"), [("Ключов клиент", "klyuchov-klient"), ("2026 план", "plan"), ("Ünïted!", "united")]
)
def test_a_code_is_proposed_from_a_name(name, code):
    assert text.code_from(name) == code
