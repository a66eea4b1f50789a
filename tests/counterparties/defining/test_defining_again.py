"""What the implementers' file may change of what is there, and of what has values."""

from decimal import Decimal

from characteristics.domain import values
from characteristics.models import Characteristic, Element
from counterparties.models import CounterpartyType
from tests.counterparties.defining.whole import WHOLE
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type


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


LIMITS = """
characteristics:
  - {code: size, type: number, name: Size, minimum: 0.5, maximum: "1 000", default: 12, unique: false}
  - {code: born, type: date, name: Born, minimum: 2026-01-01, default: today}
  - {code: vip, type: checkbox, name: VIP, default: yes}
  - {code: plate, type: text, name: Plate, unique: true, max_length: 8, pattern: "[A-Z]+", pattern_hint: Letters}
"""


def test_limits_are_kept_in_one_spelling_so_that_a_second_run_changes_nothing(define, client_type):
    define(LIMITS)

    again = define(LIMITS)
    less = define("characteristics: [{code: size, minimum: null}]")

    assert again[-1] == "created=0 changed=0 same=4"
    assert less[-1] == "created=0 changed=1 same=0"
    size, plate = Characteristic.objects.get(code="size"), Characteristic.objects.get(code="plate")
    assert (size.minimum, size.maximum, size.default) == ("", "1000", "12")
    assert (plate.is_unique, plate.max_length, plate.pattern, plate.pattern_hint) == (True, 8, "[A-Z]+", "Letters")


def test_limits_that_cannot_be_are_refused_where_they_stand(define, refused, client_type):
    define(LIMITS)
    size = Characteristic.objects.get(code="size")
    for _each in range(2):
        values.save(make_counterparty(types=[client_type]), {size: Decimal(700)})

    lost = refused("characteristics: [{code: size, maximum: 500}]")
    shared = refused("characteristics: [{code: size, unique: true, default: null}]")
    useless = refused("characteristics: [{code: size, max_length: 5}]")
    wrong = refused('characteristics: [{code: plate, pattern: "(a+)+"}]')

    assert lost.startswith("characteristics[0].maximum: 2 values that were said lie beyond it.")
    assert shared.startswith("characteristics[0].unique: 2 values are said by more than one counterparty.")
    assert useless == "characteristics[0].max_length: a characteristic of the type number has no “max_length”."
    assert wrong.startswith("characteristics[0].pattern: This pattern could take too long")
