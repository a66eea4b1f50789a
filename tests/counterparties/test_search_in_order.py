"""SQLite finds hits and pieces of texts in the order of names: the same pages, without reading all that was found."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from characteristics.models import Element
from counterparties.apps import make_way, prepare
from counterparties.domain.importing.running import CHUNK, refresh_statistics
from counterparties.domain.searching import put_names_in_order, search
from counterparties.models import Counterparty, Status, Value
from desk.databases import Pieces, Together, owning
from desk.databases.of_each import OfEach
from desk.databases.placed import Placed
from desk.pages.keyset import Run, places
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps no hits in an order.")

NAMES, TEXTS = Placed(Counterparty), Placed(Value, "text_key")


@pytest.fixture
def motto(client_type):
    return make_characteristic("motto", "text", client_type)


@pytest.fixture
def in_order(motto, monkeypatch):
    """Counterparties most of which are found by a word and by a piece of a text, each of them in its place."""
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    monkeypatch.setattr("desk.databases.holding.TRIED", 1)
    monkeypatch.setattr("desk.databases.placed.FEW_BESIDE", 0)
    for number in range(24):
        named = make_counterparty(f"Firm {number * 7 % 11}", alias="sharks" if number % 5 else "")
        values.save(named, {motto: "never asleep" if number % 4 else "always awake"})
    put_names_in_order()


def firm(number=0):
    return Counterparty.objects.filter(name="Firm 3").order_by("pk")[number]


def nothing(motto):
    """The office stays as it is."""


def some_come(motto):
    for name in ("Aaa", "Firm 3", "Zzz"):
        values.save(make_counterparty(name, alias="sharks"), {motto: "asleep"})


def some_are_called_otherwise(motto):
    for name in ("Zzz", "Aaa"):
        renamed = firm()
        renamed.name = name
        renamed.save()


def some_say_something_else(motto):
    values.save(firm(), {motto: "asleep at last"})
    values.save(firm(1), {motto: None})
    other = firm()
    other.alias = "whales"
    other.save()


def some_go(motto):
    gone = firm()
    Value.objects.filter(counterparty=gone).delete()
    Counterparty.objects.filter(pk=gone.pk).delete()


def names_change_during_a_migration(motto):
    make_way(None, plan=["a migration"])
    some_are_called_otherwise(motto)
    prepare(apps.get_app_config("counterparties"))


CHANGES = [nothing, some_come, some_are_called_otherwise, some_say_something_else, some_go]


@pytest.mark.parametrize("change", [*CHANGES, names_change_during_a_migration])
def test_whatever_changes_pages_are_those_of_the_whole_list_in_either_direction(in_order, motto, change):
    change(motto)

    for sign in ("", "-"):
        listed = Counterparty.objects.order_by(f"{sign}name_key", f"{sign}pk")
        hits = [each.pk for each in listed if "sharks" in each.search]
        mottos = dict(Value.objects.values_list("counterparty", "text_key"))
        sleepers = [each.pk for each in listed if "asleep" in mottos.get(each.pk, "")]

        assert paged(lambda: search(Counterparty.objects.all(), "sharks"), sign) == hits
        assert paged(lambda: saying(motto, "asleep"), sign) == sleepers
        assert hits
        assert sleepers


def test_who_came_last_stands_behind_those_who_were_not_looked_into(in_order, motto, monkeypatch):
    for module in ("walking.LOOKED_AT", "walking.A_SHORT_WALK"):
        monkeypatch.setattr(f"desk.databases.{module}", 2)
    for _each in range(3):
        values.save(make_counterparty("Zzz", alias="sharks"), {motto: "asleep"})
    listed = Counterparty.objects.order_by("name_key", "pk")

    for question, asked in (
        ("search", lambda: search(Counterparty.objects.all(), "sharks")),
        ("text", lambda: saying(motto, "asleep")),
    ):
        first = [place[-1] for place, _record in places(asked(), [Run(("name_key", "pk"))], 3)]
        assert first == list(listed.filter(pk__in=asked()).values_list("pk", flat=True)[:3]), question


@pytest.mark.parametrize(("sign", "is_read_on"), [("", False), ("-", True)])
def test_where_a_status_has_none_of_the_first_texts_no_more_of_these_are_read(
    in_order, motto, ask, admin, monkeypatch, sign, is_read_on
):
    waiting = Status.objects.get(code="on-hold")
    Counterparty.objects.filter(name_key__gte="firm 5").update(status=waiting)
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 5)
    listed = Counterparty.objects.filter(status=waiting).order_by(f"{sign}name_key", f"{sign}pk")
    mottos = dict(Value.objects.values_list("counterparty", "text_key"))

    with CaptureQueriesContext(connection) as sent:
        shown = ask(admin, f"c-motto=asleep&status=on-hold&sort={sign}name").context["listing"].records

    assert [each.pk for each in shown] == [each.pk for each in listed if "asleep" in mottos[each.pk]]
    read = [each["sql"] for each in sent if f"JOIN {TEXTS.places} AS at ON at.place" in each["sql"]]
    assert ["LIMIT 3000" in each for each in read if "SELECT DISTINCT" in each] == [False, True][: 1 + is_read_on]


def saying(motto, piece):
    pieces = Pieces(Value.objects.all(), "counterparty", "characteristic", motto.pk, "text_key", piece)
    everybody = Counterparty.objects.all()
    return everybody.filter(*Together([owning(pieces, Q())], everybody).left_open)


def paged(asked, sign):
    """A list from its beginning, three at a time, the same as from its end backwards; it was met in order."""
    run = Run(("name_key", "pk"), descending=bool(sign))
    onwards, back = pages(asked, run, False), pages(asked, run, True)
    assert back == onwards[::-1]
    return onwards


def pages(asked, run, backwards):
    met, start = [], None
    with CaptureQueriesContext(connection) as sent:
        while page := places(asked(), [run], 3, start, backwards):
            met += [place[-1] for place, _record in page]
            start = page[-1][0]
    said = " ".join(each["sql"] for each in sent)
    assert any(f"CROSS JOIN {each.places} AS at ON at.place" in said for each in (NAMES, TEXTS))
    return met


def test_a_sheet_with_very_many_new_names_puts_all_in_order(in_order, motto):
    for number in range(9):
        make_counterparty(f"Firm {number}")
    assert NAMES.is_out_of_order()

    refresh_statistics(CHUNK - 1)
    assert NAMES.is_out_of_order()

    refresh_statistics(CHUNK)
    assert not NAMES.is_out_of_order()


@pytest.mark.parametrize("name", OfEach(Value).names)
def test_an_index_of_what_each_says_is_made_with_the_next_migration(in_order, motto, name):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
    assert TEXTS.missing() == [name]

    with CaptureQueriesContext(connection) as sent:
        prepare(apps.get_app_config("counterparties"))

    assert TEXTS.missing() == []
    # An office in use need not wait until all its texts are read anew for it.
    assert not any(TEXTS.emptied in query["sql"] for query in sent)


def test_a_walk_looks_into_records_by_the_index_of_their_texts(in_order, motto):
    rows = Value.objects.filter(characteristic=motto.pk)
    of_one = motto.type.owners(rows, "counterparty", motto, {"": "asleep"}).of_each(firm().pk)

    assert f"USING INDEX {OfEach(Value).names[0]}" in of_one.values("pk").explain()


def test_a_walk_looks_into_records_by_the_index_of_their_elements(in_order, client_type):
    regions = make_nomenclature("region", "south", "north", "east", "west")
    region, elements = (
        make_characteristic("region", "nomenclature", client_type, nomenclature=regions),
        list(Element.objects.filter(nomenclature=regions)),
    )
    whose = firm()
    values.save(whose, {region: elements[1]})
    rows = Value.objects.filter(characteristic=region.pk)
    owners = region.type.owners(rows, "counterparty", region, {"": elements})
    of_one = owners.of_each(whose.pk)

    assert of_one.exists()
    assert f"USING COVERING INDEX {OfEach(Value).names[1]}" in of_one.values("counterparty").explain()


def test_an_index_that_knew_no_order_gets_one_with_the_next_migration(in_order, motto):
    with connection.cursor() as cursor:
        for each in (NAMES, TEXTS):
            cursor.execute(f"DROP TABLE {each.places}")
    assert NAMES.missing() == [NAMES.places]

    prepare(apps.get_app_config("counterparties"))

    assert (NAMES.missing(), TEXTS.missing()) == ([], [])
    assert paged(lambda: saying(motto, "asleep"), "")
