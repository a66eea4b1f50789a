"""The implementers' file: what it makes, what it refuses, and that nothing is ever half-saved."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from characteristics.domain import values
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.models import CounterpartyType, TypeCharacteristic
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"
WHOLE = """
nomenclatures:
  - code: grade
    name: Grade
    elements: [{code: b1, name: Beta one, parent: b}, {code: a, name: Alpha}, {code: b, name: Beta}]
characteristics:
  - {code: motto, type: text, name: Motto, definition: "Said on every letter", required: false, in_list: true}
  - {code: grade, type: nomenclature, name: {en: Grade, bg: Клас, ru: Класс}, nomenclature: grade}
  - {code: weight, type: number, name: Weight, unit: kg, several: true}
types:
  - {code: kiosk, parent: retail, name: Kiosk}
  - {code: client, characteristics: [motto, grade]}
  - {code: retail, parent: client, name: Retail client, position: 10, characteristics: [weight]}
"""


@pytest.fixture
def define(office, tmp_path, capsys):
    def define(text, *options):
        file = tmp_path / "office.yaml"
        file.write_text(text, encoding="utf-8")
        call_command("define_characteristics", str(file), *options)
        return capsys.readouterr().out.strip().splitlines()

    return define


@pytest.fixture
def refused(define):
    def refused(text):
        before = Operation.objects.count()
        with pytest.raises(CommandError) as told:
            define(text)
        assert Operation.objects.count() == before
        return str(told.value).split("office.yaml: ", 1)[1]

    return refused


def characteristics_of(code):
    return list(CounterpartyType.objects.get(code=code).ties.values_list("characteristic__code", "position"))


def test_the_file_makes_nomenclatures_characteristics_and_types(define):
    told = define(WHOLE)

    assert told == [
        "created nomenclature grade",
        "created element grade/a",
        "created element grade/b",
        "created element grade/b1",
        "created type retail",
        "created type kiosk",
        "created characteristic motto",
        "created characteristic grade",
        "created characteristic weight",
        "changed type client: +motto, +grade",
        "created=9 changed=1 same=0",
    ]
    assert Element.objects.get(code="b1").parent.code == "b"
    retail = CounterpartyType.objects.get(code="retail")
    assert (retail.kind_code, retail.parent.code, retail.position) == ("client", "client", 10)
    assert characteristics_of("client") == [("motto", 1), ("grade", 2)]
    motto, weight = Characteristic.objects.get(code="motto"), Characteristic.objects.get(code="weight")
    assert (motto.definition, motto.is_required, motto.in_list) == ("Said on every letter", False, True)
    assert (weight.unit, weight.is_multiple, weight.is_system) == ("kg", True, False)
    grade = Characteristic.objects.get(code="grade")
    assert (grade.name, grade.name_bg, grade.name_ru) == ("Grade", "Клас", "Класс")


def test_everything_is_one_operation_of_a_command(define):
    define(WHOLE)

    made = Operation.objects.latest("pk")

    assert (made.kind, made.reason) == ("command", "define_characteristics office.yaml")
    assert Characteristic.history.filter(operation=made).count() == 3
    assert TypeCharacteristic.history.filter(operation=made).count() == 3


def test_a_second_run_changes_nothing(define):
    define(WHOLE)
    before = Operation.objects.count()

    told = define(WHOLE)

    assert told[-1] == "created=0 changed=0 same=10"
    assert Operation.objects.count() == before


def test_a_dry_run_tells_everything_and_saves_nothing(define):
    before = Operation.objects.count()

    told = define(WHOLE, "--dry-run")

    assert told[-1] == "created=9 changed=1 same=0 (dry run, nothing was saved)"
    assert not Characteristic.objects.exists()
    assert Operation.objects.count() == before
    assert define(WHOLE)[-1] == "created=9 changed=1 same=0"


def test_a_change_names_what_changed_and_moves_the_version(define):
    define(WHOLE)

    told = define("characteristics: [{code: motto, name: Slogan}]")

    motto = Characteristic.objects.get(code="motto")
    assert told == ["changed characteristic motto", "created=0 changed=1 same=0"]
    assert (motto.name, motto.in_list, motto.version) == ("Slogan", True, 2)


def test_an_empty_file_is_nothing_to_do(define):
    assert define("# later\n") == ["created=0 changed=0 same=0"]


def test_a_list_of_a_type_adds_and_an_exact_list_replaces(define):
    define(WHOLE)

    define("types: [{code: client, characteristics: [weight]}]")
    added = characteristics_of("client")
    told = define("types: [{code: client, characteristics_exactly: [weight, motto]}]")

    assert added == [("motto", 1), ("grade", 2), ("weight", 3)]
    assert characteristics_of("client") == [("weight", 1), ("motto", 2)]
    assert told[0] == "changed type client: -grade, weight to place 1, motto to place 2"


def test_a_characteristic_taken_off_a_type_keeps_its_values(define, client_type):
    define(WHOLE)
    firm, motto = make_counterparty(types=[client_type]), Characteristic.objects.get(code="motto")
    values.save(firm, {motto: "Onwards"})

    define("types: [{code: client, characteristics_exactly: []}]")

    assert characteristics_of("client") == []
    assert values.of(firm, [motto]) == {motto.pk: ["Onwards"]}


def test_a_new_subtype_starts_with_a_copy_of_its_parents_rights(define, anna):
    define(WHOLE)

    kiosk = CounterpartyType.objects.get(code="kiosk")

    decision = policy.for_user(anna)
    rights = [right for right in ("view", "add", "edit", "archive", "export") if decision.may(right, kiosk)]
    assert rights == ["view", "add", "edit", "archive", "export"]
    assert not decision.may("settings", kiosk)


def test_an_existing_type_keeps_its_own_rights(define, anna, client_type):
    make_type("retail", client_type)

    define("types: [{code: retail, parent: client, name: Retail client}]")

    assert not policy.may(anna, "view", CounterpartyType.objects.get(code="retail"))


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


def test_text_becomes_long_text_with_its_values(define, client_type):
    motto = make_characteristic("motto", "text", client_type)
    firm = make_counterparty(types=[client_type])
    values.save(firm, {motto: "Onwards"})

    define("characteristics: [{code: motto, type: long_text}]")

    motto = Characteristic.objects.get(code="motto")
    assert motto.type_code == "long_text"
    assert values.of(firm, [motto]) == {motto.pk: ["Onwards"]}


def test_long_text_of_several_lines_does_not_become_text(refused, client_type):
    motto = make_characteristic("motto", "long_text", client_type)
    values.save(make_counterparty(types=[client_type]), {motto: "Onwards\nand upwards"})

    told = refused("characteristics: [{code: motto, type: text}]")

    assert told == (
        "characteristics[0].type: “motto” has 1 value of the type long_text that would be lost; "
        "leave “type” as it is, or give the new characteristic another code."
    )


def test_a_characteristic_without_values_may_become_any_type(define, client_type):
    make_characteristic("motto", "text", client_type)

    define("characteristics: [{code: motto, type: number}]")

    assert Characteristic.objects.get(code="motto").type_code == "number"


def test_a_nomenclature_with_values_out_of_it_is_not_exchanged(refused, client_type):
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=make_nomenclature("grade", "a"))
    make_nomenclature("colour", "red")
    values.save(make_counterparty(types=[client_type]), {grade: Element.objects.get(code="a")})

    told = refused("characteristics: [{code: grade, nomenclature: colour}]")

    assert told.startswith(
        "characteristics[0].nomenclature: “grade” has 1 value out of the nomenclature it has that would"
    )


def test_several_values_are_not_cut_to_one(refused, client_type):
    weight = make_characteristic("weight", "number", client_type, is_multiple=True)
    values.save(make_counterparty(types=[client_type]), {weight: [Decimal(1), Decimal(2)]})

    told = refused("characteristics: [{code: weight, several: false}]")

    assert told.startswith("characteristics[0].several: “weight” has 1 value beside the first that would be lost")


def test_a_type_moves_within_its_kind_only(define, refused, client_type, supplier_type):
    make_type("retail", client_type)
    make_type("shops", CounterpartyType.objects.get(code="retail"))

    elsewhere = refused("types: [{code: retail, parent: supplier}]")
    below_itself = refused("types: [{code: retail, parent: shops}]")
    define("types: [{code: shops, parent: client}]")

    assert elsewhere == "types[0].parent: “retail” is a sort of client and cannot stand under a sort of supplier."
    assert below_itself == "types[0].parent: “retail” would stand under itself."
    assert CounterpartyType.objects.get(code="shops").parent == client_type


def test_only_the_languages_in_the_file_are_renamed(define):
    define("nomenclatures: [{code: grade, name: {en: Grade, bg: Клас}}]")

    define("nomenclatures: [{code: grade, name: {en: Class}}]")

    grade = Nomenclature.objects.get(code="grade")
    assert (grade.name, grade.name_en, grade.name_bg) == ("Class", "Class", "Клас")


def test_new_elements_stand_behind_those_that_are_there(define):
    define("nomenclatures: [{code: grade, name: Grade, elements: [{code: a, name: A}, {code: b, name: B}]}]")

    define("nomenclatures: [{code: grade, elements: [{code: c, name: C}, {code: a, name: A}]}]")

    places = Element.objects.filter(nomenclature__code="grade").values_list("code", "position")
    assert list(places) == [("a", 1), ("b", 2), ("c", 3)]


def test_every_example_of_the_docs_is_applied_and_the_second_time_changes_nothing(office, capsys):
    for file in sorted(EXAMPLES.glob("*.yaml")):
        call_command("define_characteristics", str(file))
        call_command("define_characteristics", str(file))

        told = capsys.readouterr().out.strip().splitlines()

        assert told[-1].startswith("created=0 changed=0 same="), file.name


def test_a_type_that_holds_one_value_cannot_be_given_several(refused, define):
    define("nomenclatures: [{code: box, name: Box}]")
    for type_code in ("checkbox", "selectable_picture", "with_package"):
        told = refused(
            f"characteristics: [{{code: packed, type: {type_code}, name: Packed, nomenclature: box, several: true}}]"
        )

        assert told.startswith("characteristics[0].several: “")
        assert "holds one value" in told


def test_an_element_keeps_its_values_when_it_is_to_be_chosen_by_its_picture(define, client_type):
    define(WHOLE)
    firm, grade = make_counterparty(types=[client_type]), Characteristic.objects.get(code="grade")
    values.save(firm, {grade: Element.objects.get(code="b")})

    define("characteristics: [{code: grade, type: selectable_picture}]")

    grade = Characteristic.objects.get(code="grade")
    assert (grade.type_code, grade.is_system) == ("selectable_picture", True)
    assert values.of(firm, [grade]) == {grade.pk: [Element.objects.get(code="b")]}
