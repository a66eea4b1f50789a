"""A row of an import on its page."""

import pytest

from exchange.pages.imports_rows import repeats


@pytest.mark.parametrize(
    ("sentence", "cell", "is_repeated"),
    [
        ("“many” cannot be read as a number.", "many", True),
        ("„много“ не може да се прочете като число.", "много", True),
        ("Статуса «Нет такого» нет.", "Нет такого", True),
        ("no mail is not a possible e-mail address.", "no mail", True),
        ("There is no status “Activ”.", "Act", False),
        ("Counterparties of these types are not asked for this.", "12", False),
    ],
)
def test_what_a_sentence_names_is_not_shown_beside_it_again(sentence, cell, is_repeated):
    assert repeats(sentence, cell) is is_repeated
