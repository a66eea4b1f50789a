"""What the implementers' file refuses, and that nothing is ever half-saved."""

import pytest
from django.core.management import CommandError, call_command

from characteristics.models import Characteristic, Nomenclature
from tests.counterparties.defining.whole import WHOLE


@pytest.mark.parametrize("code", ["no", "10", "1.5", "2026-11-22", "~", "true"])
def test_a_code_that_yaml_does_not_read_as_text_is_to_be_put_in_quotes(refused, code):
    told = refused(f"characteristics: [{{code: {code}, type: text, name: Motto}}]")

    assert told.startswith("characteristics[0].code: YAML reads this code as ")
    assert told.endswith("put it in quotes.")


def test_a_quoted_code_is_a_code(define):
    assert define('nomenclatures: [{code: "no", name: Norway}]')[0] == "created nomenclature no"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "keys with values are expected here, of these: nomenclatures, characteristics, types."),
        ("kinds: []", "the key “kinds” is not known; known are: nomenclatures, characteristics, types."),
        ("types: {code: a}", "types: a list is expected here; begin each entry with “- ”."),
        ("types: [{name: A}]", "types[0]: “code” is missing."),
        ("types: [{code: shop, name: Shop}]", None),
        ("types: [{code: shop, parent: nobody, name: Shop}]", "types[0].parent: there is no “nobody”, neither here"),
        ("types: [{code: shop, parent: client}]", "types[0]: “shop” is new and needs a name."),
        ("types: [{code: client, parent: supplier}]", "types[0].parent: “client” is a root type and has no parent."),
        ("types: [{code: client, characteristics: [motto]}]", "types[0].characteristics[0]: there is no char"),
        ("types: [{code: client, position: -1}]", "types[0].position: a position is a whole number from 0 on"),
        (
            "types: [{code: client, characteristics: [], characteristics_exactly: []}]",
            "types[0]: “characteristics” adds",
        ),
        (
            "types: [{code: a, parent: b, name: A}, {code: b, parent: a, name: B}]",
            "types[0].parent: “a” would stand under itself.",
        ),
        (
            "characteristics: [{code: motto, name: Motto}]",
            "characteristics[0]: “motto” is new and needs a type, one of: ",
        ),
        (
            "characteristics: [{code: motto, type: colour, name: Motto}]",
            "characteristics[0].type: there is no type of characteristic “colour”; known: text, long_text, number, ",
        ),
        (
            "characteristics: [{code: motto, type: nomenclature, name: Motto}]",
            "characteristics[0].nomenclature: Choose a nomenclature",
        ),
        (
            "characteristics: [{code: motto, type: nomenclature, name: Motto, nomenclature: nothing}]",
            "characteristics[0].nomenclature: there is no “nothing”, neither here nor in the office; known: client",
        ),
        (
            "characteristics: [{code: size_min, type: text, name: Size}]",
            "characteristics[0].code: A code may not end in",
        ),
        (
            "characteristics: [{code: a, type: text, name: A, required: 'yes'}]",
            "characteristics[0].required: write true or",
        ),
        ("characteristics: [{code: a, type: text, name: 12}]", "characteristics[0].name: YAML reads this as a number"),
        (
            "characteristics: [{code: a, type: text, name: {de: A}}]",
            "characteristics[0].name: the key “de” is not known",
        ),
        (
            "characteristics: [{code: Мото, type: text, name: A}]",
            "characteristics[0].code: “мото” is no code: small Latin letters, digits, - and _, a letter first; “moto",
        ),
        ("characteristics: [{code: new, type: text, name: A}]", "characteristics[0].code: “new” is the address"),
        (
            "nomenclatures: [{code: a, name: A, elements: [{code: x, name: X}, {code: x, name: Y}]}]",
            "nomenclatures[0].elements[1]: “x” stands here already at nomenclatures[0].elements[0]",
        ),
        (
            "nomenclatures: [{code: a, name: A, elements: [{code: x, name: X, parent: y}]}]",
            "nomenclatures[0].elements[0].parent: there is no “y”",
        ),
        ("nomenclatures: []\nnomenclatures: []", "line 1: “nomenclatures” stands here twice; keep one of them."),
        ("types: [", "line 1: this is not YAML: "),
        ("a: \x00", "this is not YAML: unacceptable character #x0000: special characters are not allowed in "),
        (
            f"characteristics: [{{code: a, type: text, name: A, definition: {'long ' * 401}}}]",
            "characteristics[0].definition: Ensure this value has at most 2000 characters (it has 2004).",
        ),
        ("types: !!python/object/apply:os.getcwd []", "line 1: this is not YAML: "),
    ],
)
def test_a_refusal_says_where_and_what_would_be_right(refused, text, told):
    found = refused(text)

    told = told or "types[0]: the new type “shop” needs a parent, for example one of: client, "
    assert found.startswith(told)


def test_a_refusal_at_the_end_leaves_nothing_of_the_beginning(refused):
    told = refused(WHOLE + "  - {code: bad, parent: nobody, name: Bad}\n")

    assert told.startswith("types[3].parent: ")
    assert not Nomenclature.objects.filter(code="grade").exists()
    assert not Characteristic.objects.exists()


def test_a_file_that_is_not_there_or_not_text_is_told_plainly(office, tmp_path):
    (tmp_path / "old.yaml").write_bytes("Клас".encode("cp1251"))

    with pytest.raises(CommandError, match=r"nowhere\.yaml cannot be read: No such file or directory\."):
        call_command("define_characteristics", str(tmp_path / "nowhere.yaml"))
    with pytest.raises(CommandError, match=r"old\.yaml is not text in UTF-8; save it in that encoding\."):
        call_command("define_characteristics", str(tmp_path / "old.yaml"))
