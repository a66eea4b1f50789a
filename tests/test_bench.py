"""The measured offices hold what an office of people would hold, or their figures would say nothing."""

import pytest
from django.db import connection

from characteristics.models import Characteristic
from counterparties.models import Address, BankAccount, Client, Contract, Counterparty, Project, TypeSet, Value
from tools.bench import drafts, filling, furnishing, gathering, indexes, loading, planning, shaping
from tools.bench.offices import Office
from trail.models import Operation

SOME = 30
#: What two records of one content cannot share.
OWN = {"id", "code", "code_key", "registration_number", "registration_key", "vat_number", "search", "counterparty_id"}
OF_ITS_TIME = {"created_at", "history_id", "history_date", "history_user_id", "operation_id"}


def columns(record, besides):
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in besides
    }


@pytest.fixture
def measured(transactional_db, tmp_path):
    """A small office, filled as the large ones are."""
    shape, draft = shaping.shape(30, 6, seed=1), drafts.Draft(tmp_path / "draft")
    draft.write(filling.Filler(shape, SOME, seed=1), furnishing.Furnisher())
    loading.load(draft, lambda _sentence: None)
    return list(Counterparty.objects.order_by("pk"))


def test_rows_written_in_haste_are_those_that_saving_leaves(measured):
    for one in measured:
        stored = columns(one, OWN | OF_ITS_TIME)
        facts = {name: value for name, value in columns(one, OWN | OF_ITS_TIME).items() if not name.endswith("_key")}
        twin = Counterparty(**facts, code=f"twin-{one.code}")
        twin.save()

        assert columns(Counterparty.objects.get(pk=twin.pk), OWN | OF_ITS_TIME) == stored
        assert columns(twin.history.get(), OWN | OF_ITS_TIME) == columns(one.history.get(), OWN | OF_ITS_TIME)
        for value in one.values.all():
            same = Value(counterparty=twin, **columns(value, {"id", "counterparty_id", "text_key", "text_sort"}))
            same.save()
            assert columns(Value.objects.get(pk=same.pk), OWN) == columns(value, OWN)
            assert columns(same.history.get(), OWN | OF_ITS_TIME) == columns(value.history.get(), OWN | OF_ITS_TIME)

    one = measured[0]
    derived = one.code_key, one.registration_key, one.search
    one.derive()
    assert (one.code_key, one.registration_key, one.search) == derived
    assert {each.history.get().operation.kind for each in measured} == {"import"}


@pytest.mark.parametrize("how_many", [30, 2_000, 2_001, 10_000, 100_000, 1_000_000])
def test_imports_fill_a_page_and_the_last_one_is_large(how_many):
    each, number = filling.imports(how_many)
    last = how_many - each * (number - 1)

    assert 0 < each <= filling.PORTION
    assert min(how_many, filling.PORTION) <= last < 2 * filling.PORTION
    assert how_many < 3 * filling.PORTION or number > 60


def test_its_clients_have_what_clients_have(measured):
    clients = [one.pk for one in measured if any(each.kind.is_client for each in one.types)]

    assert list(Client.objects.order_by("pk").values_list("counterparty", flat=True)) == clients
    assert all(
        each.category and each.subcategory in (None, *each.category.children.all()) for each in Client.objects.all()
    )
    for model, share in (
        (Address, 1),
        (Project, furnishing.WITH_PROJECT),
        (Contract, furnishing.WITH_CONTRACT),
        (BankAccount, furnishing.WITH_ACCOUNT),
    ):
        assert list(model.objects.order_by("pk").values_list("pk", flat=True)) == [
            pk for pk in clients if pk % share == 0
        ]
        for one in model.objects.all():
            stored = columns(one, set())
            one.derive()
            assert columns(one, set()) == stored
    facts = columns(Client.objects.get(pk=clients[0]), {"id", "counterparty_id"})
    new = Client.objects.create(counterparty=Counterparty.objects.exclude(pk__in=clients).first(), **facts)
    assert new.pk > max(clients)
    assert columns(Client.objects.get(pk=new.pk), {"id", "counterparty_id"}) == facts


def test_its_holdings_have_companies(measured):
    holding = measured[0]
    Counterparty.objects.filter(pk=holding.pk).update(type_set=TypeSet.objects.get(types__code="holding"))

    gathering.gather()
    gathering.gather()

    assert sorted(holding.members.values_list("member", flat=True)) == [one.pk for one in measured[1:]]


def test_a_measured_office_goes_on_like_any_other(measured):
    type_set = measured[0].type_set

    new = Counterparty.objects.create(name="Щъркелово гнездо", code="new", type_set=type_set)

    assert new.pk > SOME
    assert Counterparty.objects.filter(search__words="ЩЪРКЕЛОВО".casefold()).get() == new
    assert Counterparty.objects.filter(search__words=measured[3].code_key).exists()
    assert Operation.objects.latest("pk").kind == "system"
    assert Characteristic.objects.count() == len(shaping.CHARACTERISTICS)


def test_nothing_of_a_measured_office_is_lost_unnoticed(transactional_db):
    with pytest.raises(RuntimeError, match="cp_by_name"), indexes.all_there_again(), connection.cursor() as cursor:
        cursor.execute("DROP INDEX cp_by_name")

    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX cp_by_name ON counterparties_counterparty (name_key, id)")


def test_offices_are_built_two_at_once_and_nothing_is_made_up_twice():
    wanted = [Office(database, size) for database in ("postgresql", "sqlite") for size in (10, 1_000)]
    steps, done = planning.plan([*wanted, Office("sqlite", 1_000, is_wide=True)]), []

    def perform(step):
        assert steps[step] <= set(done)
        done.append(step)

    planning.carry_out(steps, perform)

    assert sorted(done, key=str) == sorted(steps, key=str)
    assert [each.act for each in done].count("invent") == 3
    assert [each.office.database for each in done if each.act == "lay_tables"] == ["sqlite", "postgresql"]
    made = [each.office.size for each in done if each.act == "make" and not each.office.is_wide]
    assert made[:2] == [1_000, 1_000]  # what takes longest is not left for the end
    assert done[0].office.database == "sqlite"  # everything waits for its settings
