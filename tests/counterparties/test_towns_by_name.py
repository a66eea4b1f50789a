"""Who sits in a town, kept in the order of names: in step with every write, and the same pages as without it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.domain import towns
from counterparties.models import Address, Counterparty, CounterpartyType, Status
from crm import checks
from desk.databases import ListedByName, Together
from desk.databases.meeting import in_turn
from tests.factories import make_characteristic, make_counterparty


def settle(counterparty, city, kind="company"):
    return Address.objects.create(counterparty=counterparty, kind=kind, city=city)


@pytest.fixture
def settled(firms):
    settle(firms["Alfa"], "Plovdiv", "delivery")
    settle(firms["Alfa"], "гр. София")
    settle(firms["Bravo"], "Sofia")
    settle(firms["Bravo"], "1000 Sofiya", "other")
    settle(firms["Carol"], "Sofronievo")
    return firms


def of_everybody(pages, cast, question):
    return {each.username: pages(each, question) for each in cast}


KEPT = "SELECT city_key, name_key, counterparty_id FROM counterparties_address_by_name ORDER BY 1, 2, 3"


def kept():
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        return cursor.fetchall()


def plain():
    rows = Address.objects.exclude(city_key="")
    return sorted(rows.values_list("city_key", "counterparty__name_key", "counterparty"))


def test_who_sits_where_is_kept_by_name_whatever_is_written(settled):
    assert kept() == plain() != []
    alfa, carol = settled["Alfa"], settled["Carol"]
    for change in (
        lambda: Counterparty.objects.filter(pk=alfa.pk).update(name_key="zulu"),
        lambda: Address.objects.filter(counterparty=alfa, kind="company").update(city_key="ruse"),
        lambda: Address.objects.filter(counterparty=carol).update(counterparty=settled["Delta"]),
        lambda: Address.objects.filter(city_key="plovdiv").update(city_key=""),
        lambda: Address.objects.filter(city_key="").update(city_key="varna"),
        lambda: Address.objects.filter(counterparty=settled["Bravo"], kind="company").delete(),
        lambda: settle(carol, "Ruse"),
        lambda: Address.objects.all().delete(),
    ):
        before = kept()
        change()
        assert kept() == plain() != before


@pytest.mark.parametrize("lost", ["added", "changed", "removed", "renamed"])
def test_a_list_by_name_without_its_triggers_is_told_and_mended(settled, lost):
    name = f"counterparties_address_by_name_{lost}"
    on = f" ON counterparties_{'counterparty' if lost == 'renamed' else 'address'}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on if connection.vendor == 'postgresql' else ''}")
    settle(settled["Delta"], "Ruse")

    (told,) = checks.search_triggers(databases=["default"])
    assert name in told.msg
    towns.prepare()
    assert checks.search_triggers(databases=["default"]) == []
    assert kept() == plain()


def test_sqlite_may_rebuild_a_table_of_which_a_list_by_name_speaks(settled):
    towns.forget()
    assert bool(towns.missing()) is (connection.vendor == "sqlite")
    towns.prepare()
    assert towns.missing() == []
    assert kept() == plain()


def test_an_office_without_such_a_column_is_left_alone(settled):
    before = kept()
    ListedByName(Address, "village_key", "counterparty", "name_key").prepare(anew=True)

    assert kept() == before
    assert towns.missing() == []


@pytest.fixture
def crowded(client_type, supplier_type, bank_type, cast):
    """Twenty clients, suppliers and banks of Sofia, some of Sofronievo or of both; most of them of some size."""
    types, statuses = [client_type, supplier_type, bank_type], Status.objects.order_by("position")
    first, last = statuses.first(), statuses.last()
    size = make_characteristic("size", "number", *types)
    for number in range(20):
        status = last if number % 4 == 0 else first
        record = make_counterparty(
            f"Firm {number * 7 % 20:02}", types=[types[number % 3]], status=status, alias="shark"
        )
        values.save(record, {size: number} if number % 5 else {})
        settle(record, "Sofronievo" if number % 6 == 0 else "София")
        if number % 3 == 0:
            settle(record, "Sofia", "delivery")


def walks(asked):
    return any("AS listed" in each["sql"] for each in asked)


@pytest.mark.parametrize("several", [0, 24])
@pytest.mark.parametrize(
    "question",
    [
        "city=sofia",
        "city=sof&sort=-name",
        "city=sof&c-size_min=3&q=sha",
        "city=sofronievo,софия&c-size_min=3",
        "city=sofia&status=active&type=client&type=bank",
        "city=sofia&c-size_min=2&sort=status",
        "city=sofia&sort=-created",
        "city=sofia&archived=any&status=active&sort=-name",
    ],
)
def test_a_walk_through_a_town_shows_everybody_the_pages_of_the_shortest_way(
    pages, cast, crowded, monkeypatch, question, several
):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.listed_by_name.MOST", several)
    with CaptureQueriesContext(connection) as asked:
        walked = of_everybody(pages, cast, question)
    assert walks(asked) is (several > 0 and "created" not in question)
    monkeypatch.setattr(Together, "left_open", property(lambda together: together.shortest))

    with CaptureQueriesContext(connection) as asked:
        assert of_everybody(pages, cast, question) == walked
    assert not walks(asked)
    assert len(walked["admin"]) == 3
    assert walked["admin"] != walked["vera"]


@pytest.mark.parametrize(
    "question",
    [
        "city=sofia&sort=-created",
        "city=sof&sort=-c-size",
        "city=sof&status=active",
        "city=sofia&c-size_min=3&sort=-created",
        "city=sof&c-size_min=19&status=active",
        "city=sof&c-size_max=9&sort=c-size",
    ],
)
def test_who_sits_in_a_small_town_is_listed_before_a_walk_in_another_order(pages, cast, crowded, monkeypatch, question):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.listed_by_name.MOST", 0)
    with CaptureQueriesContext(connection) as asked:
        soon = of_everybody(pages, cast, question)
    # Where more is asked SQLite asks all of the town as soon.
    is_walked = connection.vendor == "postgresql" or "size_m" not in question
    assert any("passed.pk IN" in each["sql"] for each in asked) is is_walked
    assert not (is_walked and any("led(" in each["sql"] for each in asked))
    monkeypatch.setattr("desk.databases.listed_by_name.SOON_LISTED", -1)

    with CaptureQueriesContext(connection) as asked:
        assert of_everybody(pages, cast, question) == soon
    assert not any("passed.pk IN" in each["sql"] for each in asked)
    assert soon["admin"] != soon["vera"]


@pytest.mark.parametrize(
    ("said", "most", "few", "tries"),
    [("иван", 100, 0, 1), ("иван", 0, 0, 2), ("пет", 100, 0, 1), ("пет", 0, 20, 1), ("пет", 0, 0, 2)],
)
def test_where_few_sit_in_a_town_or_are_seen_nobody_tries_the_texts_as_well(
    ask, admin, crowded, monkeypatch, said, most, few, tries
):
    note = make_characteristic("note", "text", *CounterpartyType.objects.all())
    for record in Counterparty.objects.all():
        values.save(record, {note: "Иванов"})
    values.save(Counterparty.objects.order_by("pk").last(), {note: "Петров"})
    monkeypatch.setattr("desk.databases.trying.SOON_ASKED", most)
    monkeypatch.setattr("desk.databases.holding.FEW", few)
    for name in ("holding.TRIED", "glancing.GLANCED_AT", "listed_by_name.SOON_LISTED"):
        monkeypatch.setattr(f"desk.databases.{name}", 0)
    monkeypatch.setattr("desk.databases.meeting.TRIED", 2)

    with CaptureQueriesContext(connection) as asked:
        shown = ask(admin, f"city=sofia&c-note={said}&sort=-created").context["listing"]

    assert sum("led(way" in each["sql"] for each in asked) == tries
    assert len(shown.records) == (3 if said == "иван" else 1)


def test_what_is_asked_of_a_record_is_asked_in_turn(settled):
    """PostgreSQL would begin with what it takes for cheap."""
    dear, cheap = "(SELECT each.said * COUNT(*) FROM counterparties_address) > 0", "1 / each.said > 0"
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH each(said) AS MATERIALIZED (SELECT 0 UNION ALL SELECT 1)"
            f" SELECT said FROM each WHERE {in_turn([dear, cheap])}"
        )

        assert cursor.fetchall() == [(1,)]
