"""The implementers' file: what it makes, and that it is one operation."""

from django.core.management import call_command

from characteristics.domain import values
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.models import CounterpartyType, TypeCharacteristic
from rights.domain import policy
from tests.counterparties.defining.whole import EXAMPLES, WHOLE, characteristics_of
from tests.factories import make_counterparty, make_type
from trail.models import Operation


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
