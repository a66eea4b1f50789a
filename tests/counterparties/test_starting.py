"""What every office has from its first day."""

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils.translation import get_language, override

from characteristics.models import Element, Nomenclature
from counterparties.domain import starting
from counterparties.models import CounterpartyType, Status
from rights.models import Grant
from trail.domain.operations import operation
from trail.models import Operation


def start(capsys):
    call_command("start_office")
    return capsys.readouterr().out.strip()


def test_an_office_starts_with_six_root_types_in_the_order_of_their_kinds(db, capsys):
    start(capsys)

    codes = list(CounterpartyType.objects.order_by("position").values_list("code", flat=True))

    assert codes == ["client", "supplier", "bank", "company", "state-organisation", "holding"]
    assert set(CounterpartyType.objects.values_list("parent", flat=True)) == {None}


def test_the_start_says_what_it_made(db, capsys):
    told = start(capsys)

    assert told == "made: 6 counterparty types, 6 statuses, 2 nomenclatures, 12 elements, 3 roles"


def test_a_second_start_changes_nothing_and_leaves_no_operation(db, capsys):
    start(capsys)
    operations, grants = Operation.objects.count(), Grant.history.count()
    types = CounterpartyType.history.count()

    told = start(capsys)

    assert told == "nothing to make: the office is open already"
    assert (Operation.objects.count(), Grant.history.count(), CounterpartyType.history.count()) == (
        operations,
        grants,
        types,
    )


def test_the_start_is_one_operation(db, capsys):
    start(capsys)

    made = Operation.objects.get()

    assert (made.kind, made.user) == ("command", None)
    assert Status.history.filter(operation=made).count() == 6


def test_exactly_one_status_is_for_new_counterparties(office):
    assert Status.objects.get(is_default=True).code == "active"


def test_what_the_office_renamed_stays_renamed(office, capsys):
    status = Status.objects.get(code="active")
    status.name, status.name_bg = "Working with us", "Работим"
    status.save()

    start(capsys)

    status.refresh_from_db()
    assert (status.name, status.name_bg) == ("Working with us", "Работим")


def test_what_the_office_deleted_does_not_come_back(office, capsys):
    Status.objects.get(code="on-hold").delete()
    Element.objects.get(nomenclature__code="contract-type", code="rent").delete()
    Grant.objects.filter(role__name="Managers").delete()
    Group.objects.get(name="Managers").delete()

    told = start(capsys)

    assert told == "nothing to make: the office is open already"
    assert not Status.objects.filter(code="on-hold").exists()
    assert not Group.objects.filter(name="Managers").exists()


def test_a_default_status_the_office_chose_itself_stays_the_only_one(db):
    with operation("settings", by=None):
        Status.objects.create(code="own", name="Own", position=1, is_default=True)
        starting.start_counterparties()

    assert Status.objects.get(is_default=True).code == "own"


def test_system_nomenclatures_are_trees_of_elements(office):
    category = Nomenclature.objects.get(code="client-category")

    assert category.is_system
    assert category.elements.get(code="shops").parent.code == "retail"


def test_names_are_given_in_every_language_they_are_translated_into(monkeypatch):
    words = {"bg": "Активен", "ru": "Active"}
    monkeypatch.setattr(starting, "_", lambda message: words[get_language()])

    assert starting.names("Active") == {
        "name": "Active",
        "name_en": "Active",
        "name_bg": "Активен",
        "name_ru": "",  # not translated: the name itself is shown then
    }


def test_a_root_type_is_called_in_the_readers_language(client_type):
    client_type.name_bg = "Клиент"

    with override("bg"):
        assert client_type.label == "Клиент"
    with override("en"):
        assert client_type.label == "Client"
