"""One act of one person, whole or not at all."""

import pytest
from django.db import IntegrityError, connection, transaction

from counterparties.models import Counterparty, Status
from desk.models import Stale
from staff.models import User
from tests.factories import make_counterparty
from trail.domain.operations import operation, part
from trail.models import Operation


def test_all_changes_of_one_act_stand_under_one_operation(anna, client_type):
    Operation.objects.all()
    before = Operation.objects.count()

    with operation("card", by=anna, reason="asked by phone"):
        one, two = make_counterparty("One"), make_counterparty("Two")

    made = Operation.objects.latest("pk")
    assert Operation.objects.count() == before + 1
    assert (made.kind, made.user, made.reason) == ("card", anna, "asked by phone")
    assert one.history.get().operation == two.history.get().operation == made
    assert one.history.get().history_user == anna


def test_a_nested_operation_joins_the_outer_one(anna, client_type):
    with operation("import", by=anna), operation("card", by=anna):
        one = make_counterparty()

    assert one.history.get().operation.kind == "import"


def test_an_operation_goes_on_in_a_later_transaction(anna, client_type):
    with operation("import", by=anna, reason="clients.xlsx") as act:
        one = make_counterparty("One")
    first = act.row

    def break_off():
        with operation("import", by=anna, continues=first):
            make_counterparty("Never")
            raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        break_off()
    with operation("import", by=anna, continues=first) as third:
        two = make_counterparty("Two")

    made = Operation.objects.get(pk=first)
    assert one.history.get().operation == two.history.get().operation == made
    assert (third.row, made.reason) == (first, "clients.xlsx")
    assert not Counterparty.objects.filter(name="Never").exists()


def test_an_act_that_changes_nothing_leaves_no_operation(anna):
    before = Operation.objects.count()

    with operation("card", by=anna):
        Status.objects.get(code="active").save()

    assert Operation.objects.count() == before


def test_a_refused_act_leaves_nothing(anna, client_type):
    before = Operation.objects.count()

    def refused():
        with operation("card", by=anna):
            make_counterparty()
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        refused()

    assert (Counterparty.objects.count(), Operation.objects.count()) == (0, before)


def test_a_refused_part_is_forgotten_and_the_rest_stays(anna, client_type):
    with operation("import", by=anna):
        make_counterparty("First", code="A")
        with pytest.raises(IntegrityError), part():
            make_counterparty("Twin", code="a")
        kept = make_counterparty("Kept")

    assert [each.name for each in Counterparty.objects.all()] == ["First", "Kept"]
    assert kept.history.get().operation.kind == "import"


def test_a_write_outside_any_operation_is_recorded_under_the_system(client_type):
    one = make_counterparty()

    assert one.history.get().operation.kind == "system"


def test_a_save_without_change_writes_nothing(client_type, django_assert_num_queries):
    one = Counterparty.objects.get(pk=make_counterparty().pk)

    with django_assert_num_queries(0):
        one.save()

    assert one.history.count() == 1


def test_a_change_made_before_the_rest_of_a_record_was_read_is_saved(client_type):
    made = make_counterparty("Alfa", country="BG")
    read_in_part = Counterparty.objects.only("name", "version").get(pk=made.pk)

    read_in_part.name = "Bravo"
    assert read_in_part.country == "BG"
    read_in_part.save()

    made.refresh_from_db()
    assert made.name == "Bravo"
    assert made.name_key == "bravo"


def test_a_change_is_recorded_with_all_its_facts(client_type):
    one = Counterparty.objects.get(pk=make_counterparty("Old").pk)

    one.name = "New"
    one.save()

    newest, oldest = one.history.all()
    assert (oldest.name, newest.name) == ("Old", "New")
    assert Counterparty.objects.get().name_key == "new"


def test_logging_in_is_no_change_of_the_user(client, anna):
    before = anna.history.count()

    client.force_login(anna)

    assert anna.history.count() == before
    assert User.objects.get(pk=anna.pk).last_login is not None


def test_no_password_is_kept_in_history(anna):
    assert "password" not in {field.name for field in User.history.model._meta.fields}


def test_joining_a_role_is_recorded(anna):
    newest = anna.history.first()

    assert [row.group.name for row in newest.groups.all()] == ["Sales"]


def test_only_the_first_of_two_claims_wins(client_type):
    one = make_counterparty()
    other = Counterparty.objects.get(pk=one.pk)

    one.claim(1)

    assert one.version == 2
    with pytest.raises(Stale):
        other.claim(1)


@pytest.mark.parametrize("seen", [2**70, -1, 0])
def test_a_claim_of_a_version_that_never_was_is_stale(client_type, seen):
    with pytest.raises(Stale):
        make_counterparty().claim(seen)


def test_the_database_is_set_up_not_to_lose_writes(db):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            told = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("foreign_keys", "busy_timeout")}
        assert told == {"foreign_keys": 1, "busy_timeout": 20000}
        assert connection.transaction_mode == "IMMEDIATE"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone()[0] == "1min"
    assert transaction.get_connection().settings_dict["ATOMIC_REQUESTS"] is False
