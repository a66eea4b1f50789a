"""The settings that a process keeps: always those of the moment, and nobody's own changes in them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from counterparties.domain import settled, type_sets
from counterparties.domain.inheritance import TypeTree
from counterparties.domain.settled import STAMPED, Settled
from counterparties.models import CounterpartyType, Status
from desk import databases
from rights.domain import policy
from rights.domain.granting import revoke
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.domain import in_bulk
from trail.domain import settings as settings_acts
from trail.domain.operations import operation
from trail.models import Stamp


@pytest.fixture
def retail(client_type, supplier_type):
    """A subtype of clients, with characteristics above it, of its own and beside it; one counterparty of two types."""
    size = make_nomenclature("size", "small", "large")
    made = make_type("retail", client_type, name_bg="Търговия на дребно")
    make_characteristic("motto", "text", client_type)
    make_characteristic("size", "nomenclature", made, supplier_type, nomenclature=size)
    make_characteristic("alone", "text")
    make_counterparty(types=[made, supplier_type])
    return made


def stamp():
    return databases.stamp_of(Stamp)


# ---- the same answers


def told(tree):
    """Everything a tree can be asked."""
    return [
        [
            (each.pk, each.label, tree.path(each), tree.family(each), [one.code for one in tree.own(each)])
            for each in tree.types
        ],
        [(one.characteristic.code, one.type.code) for one in tree.asked_of(tree.types)],
        {pk: (each.code, each.nomenclature and each.nomenclature.code) for pk, each in tree.characteristics.items()},
        {pk: tree.carriers(each) for pk, each in tree.characteristics.items()},
        [each.pk for each in tree.without_ancestors(tree.types)],
    ]


def test_what_is_kept_answers_as_what_is_read(retail):
    kept = Settled()

    assert told(kept.tree) == told(TypeTree())
    assert kept.type_sets == type_sets.members()
    assert list(kept.statuses.values()) == list(Status.objects.all())


def test_an_office_without_types_is_empty(db):
    assert told(Settled().tree) == [[], [], {}, {}, []]


def test_a_decision_from_kept_settings_is_the_one_of_today(retail, admin, anna, boris, vera, mila, ivo):
    for person in (admin, anna, boris, vera, mila, ivo):
        kept, read = policy.for_user(person), policy.for_user(person)
        kept.type_sets, read.settled.__dict__.update(tree=TypeTree(), type_sets=type_sets.members())

        assert decided(kept) == decided(read)


def decided(decision):
    return [
        (
            right,
            decision.type_ids(right),
            [each.code for each in decision.types(right)],
            decision.set_ids(right),
            [(each.characteristic.code, each.type.code) for each in decision.characteristics(right)],
        )
        for right in ("view", "add", "edit", "archive", "export", "settings", "balance")
    ]


# ---- nothing that changes them can be forgotten


def test_everything_that_is_kept_is_stamped(retail):
    with CaptureQueriesContext(connection) as asked:
        settled._read()

    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read == {model._meta.db_table for model in STAMPED}


@pytest.mark.parametrize("model", STAMPED, ids=lambda model: model.__name__)
def test_the_database_renews_the_stamp_whatever_is_written(retail, model):
    """By statements that pass none of our code; foreign keys are looked at when the transaction ends."""
    table = model._meta.db_table
    stamps = [stamp()]

    with connection.cursor() as cursor, transaction.atomic():
        for statement in (
            f"UPDATE {table} SET id = id",
            f"CREATE TEMPORARY TABLE beside AS SELECT * FROM {table}",
            f"DELETE FROM {table}",
            f"INSERT INTO {table} SELECT * FROM beside",
        ):
            cursor.execute(statement)
            stamps.append(stamp())
        transaction.set_rollback(True)

    same_after_copying = stamps.pop(2)
    assert same_after_copying == stamps[1]
    assert len(set(stamps)) == 4
    assert stamp() == stamps[0]


def test_every_act_on_the_settings_is_known_to_the_next_decision(office, client_type, anna, admin, tmp_path):
    book = tmp_path / "types.yaml"
    book.write_text("types:\n  - {code: kiosk, name: Kiosk, parent: client}\n")

    def names():
        decision = policy.for_user(admin)
        return {each.code: each.name for each in decision.types("view")}

    names()
    retail = settings_acts.add(CounterpartyType(code="retail", name="Retail", parent=client_type), by=admin)
    assert names()["retail"] == "Retail"

    settings_acts.keep(retail, {"name": "Small shops"}, by=admin, seen=retail.version)
    assert names()["retail"] == "Small shops"

    with operation("settings", by=admin):
        kept = CounterpartyType.objects.get(code="retail")
        kept.name = "Shops"
        in_bulk.change([kept])
    assert names()["retail"] == "Shops"

    CounterpartyType.objects.filter(code="retail").update(name="Corner shops")
    assert names()["retail"] == "Corner shops"

    settings_acts.delete(kept, by=admin, is_used=lambda going: False)
    assert "retail" not in names()

    call_command("define_characteristics", book, verbosity=0)
    assert names()["kiosk"] == "Kiosk"


def test_what_is_taken_back_leaves_nothing_behind(retail, anna):
    before = told(policy.for_user(anna).tree)

    with transaction.atomic():
        make_type("kiosk", retail)
        CounterpartyType.objects.filter(code="retail").update(name="Elsewhere")
        assert "kiosk" in policy.for_user(anna).tree.by_code
        transaction.set_rollback(True)

    assert told(policy.for_user(anna).tree) == before == told(TypeTree())


def test_a_right_that_is_taken_away_is_gone_at_once(anna, client_type):
    sales = anna.groups.get()
    assert policy.for_user(anna).may("view", client_type)

    revoke(sales, client_type, ["view"])

    assert not policy.for_user(anna).may("view", client_type)


@pytest.mark.django_db(transaction=True)
def test_another_process_knows_a_change_once_it_is_made_and_not_before(client_type):
    def name():
        return Settled().tree.by_code["client"].name

    def there(act):
        """On a connection of its own, as another process has it."""

        def go():
            try:
                return act()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as somebody:
            return somebody.submit(go).result()

    with transaction.atomic():
        CounterpartyType.objects.filter(code="client").update(name="Customers")
        assert (name(), there(name)) == ("Customers", "Client")
        assert name() == "Customers"

    assert (there(name), name()) == ("Customers", "Customers")
    there(lambda: CounterpartyType.objects.filter(code="client").update(name="Clients"))
    assert name() == "Clients"


# ---- nobody's own changes


def test_what_one_request_sets_on_an_object_no_other_sees(retail):
    first, second = Settled(), Settled()

    first.tree.by_code["retail"].name = "Mine"
    first.tree.by_code["retail"].parent.name = "Mine too"
    next(iter(first.statuses.values())).color = "mine"
    first.type_sets[0] = frozenset()
    for each in first.tree.characteristics.values():
        each.nomenclature, each.position = None, 99

    assert told(second.tree) == told(Settled().tree) == told(TypeTree())
    assert second.type_sets == Settled().type_sets == type_sets.members()
    assert [each.color for each in Settled().statuses.values()] == [each.color for each in Status.objects.all()]


def test_own_objects_are_saved_as_those_that_were_read(retail, admin):
    mine = Settled().tree.by_code["retail"]
    mine.name = "Shops"

    with operation("settings", by=admin):
        mine.save()

    assert CounterpartyType.objects.get(code="retail").name == Settled().tree.by_code["retail"].name == "Shops"
    assert mine.history.count() == 2


def test_after_a_change_they_are_read_by_seven_queries_and_then_known_by_one(retail):
    CounterpartyType.objects.filter(code="retail").update(position=7)
    asked = []

    def note(execute, sql, *others):
        asked.append(sql)
        return execute(sql, *others)

    with connection.execute_wrapper(note):
        told(Settled().tree)
        cold = len(asked)
        told(Settled().tree)

    assert (cold, len(asked) - cold) == (7, 1)


def test_a_combination_of_types_that_was_made_meanwhile_is_known_to_whoever_meets_it(anna, client_type, bank_type):
    decision = policy.for_user(anna)
    known = set(decision.type_sets)

    made = make_counterparty(types=[client_type, bank_type])

    assert made.type_set_id not in known
    assert decision.may("view", made)
    assert [each.code for each in decision.visible_types(made)] == ["client"]
