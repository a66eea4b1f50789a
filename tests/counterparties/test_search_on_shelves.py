"""On PostgreSQL the first of many hits by name are read on the shelves where they stand: the same page, sooner."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.domain.searching import SHELVES, search
from counterparties.models import Counterparty
from desk.databases import put_on_shelves, stretches
from desk.databases.shelves import NUMBERS, stretch
from desk.databases.shelves import SHELVES as MANY
from desk.pages.keyset import Run, places
from tests.factories import make_counterparty

#: Whatever a name may hold that a statement means otherwise, and names that differ late or only by what follows.
ODD = ["O'Hara", 'a\\b {x,"y"}', "$body$ %s %L", "  ", "NULL", "ёлка", "Ü", "\U0001f600" * 20, "я" * 16, "я" * 17 + "а"]
ODD += ["Firm", "Firm", "firm ", f"{'z' * 14}😀", f"{'z' * 15}a", "z" * 80]


ON_POSTGRESQL = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps no shelves.")


@pytest.mark.parametrize("beginning", [0, 7 * NUMBERS])
def test_few_keys_lead_to_any_stretch_of_shelves_and_to_no_other_shelf(beginning):
    chance = random.Random(9)
    for first, last in [(0, 0), (0, MANY - 1), (1, MANY - 2), *(chance.sample(range(MANY), 2) for _ in range(50))]:
        keys = stretch(beginning + MANY + first, beginning + MANY + last)

        led_to = [shelf for shelf in range(MANY) if {beginning + key for key in above(MANY + shelf)} & set(keys)]

        assert led_to == list(range(min(first, last), max(first, last) + 1))
        assert len(keys) < 2 * MANY.bit_length()


def above(number):
    return {number >> level for level in range(MANY.bit_length())}


@pytest.fixture
def shelved(office, monkeypatch):
    """Counterparties most of which are found by a word, and shelves for them as in a large office."""
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    monkeypatch.setattr("desk.databases.stretches.SOON_READ", -1)
    monkeypatch.setattr("desk.databases.shelving.WORTH_IT", 0)
    for number in range(45):
        name = ODD[number % len(ODD)] if number % 3 else f"Firm {number * 7 % 11}"
        make_counterparty(name, alias="sharks" if number % 5 else "")
    put()


def put():
    with connection.cursor() as cursor:
        # Nothing waits for the end of the transaction, or the table could be given no index.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        put_on_shelves(SHELVES)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def paged(rows, sign, backwards=False):
    """A list from its beginning, or from its end backwards, three at a time, and the statements it took."""
    run, met, start = Run(("name_key", "pk"), descending=bool(sign)), [], None
    with CaptureQueriesContext(connection) as asked:
        while page := places(rows, [run], 3, start, backwards):
            met += [place[-1] for place, _record in page]
            start = page[-1][0]
    return met, " ".join(each["sql"] for each in asked)


@ON_POSTGRESQL
@pytest.mark.parametrize("said", ["sharks", "firm sharks"])
def test_pages_of_many_hits_are_those_of_the_whole_list_in_either_direction(shelved, said):
    for sign, some in (("", {}), ("-", {}), ("", {"name": "Firm"}), ("-", {"alias": "sharks"})):
        everybody = Counterparty.objects.filter(search__words=said, **some).order_by(f"{sign}name_key", f"{sign}pk")
        in_order = [each.pk for each in everybody]

        onwards, asked = paged(search(Counterparty.objects.filter(**some), said), sign)
        back, _asked = paged(search(Counterparty.objects.filter(**some), said), sign, backwards=True)

        assert (onwards, back) == (in_order, in_order[::-1])
        assert in_order
        assert SHELVES.function in asked


@ON_POSTGRESQL
def test_what_very_many_say_is_met_on_the_first_shelves_where_no_short_walk_meets_it(shelved, monkeypatch):
    monkeypatch.setattr("desk.databases.hits.FEW", 0)
    monkeypatch.setattr("desk.databases.walking.A_SHORT_WALK", 1)
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    onwards, asked = paged(search(Counterparty.objects.all(), "sharks"), "")

    assert onwards == [each.pk for each in in_order]
    assert SHELVES.function in asked


@ON_POSTGRESQL
def test_a_page_is_right_however_badly_the_sample_tells(shelved, monkeypatch):
    asked = stretches._asked
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    for told in (lambda shelf, met: [max(met)], lambda shelf, met: [shelf] * 9, lambda shelf, met: []):
        monkeypatch.setattr(stretches, "_asked", lambda *of, told=told: ((said := asked(*of))[0], told(*said)))
        assert paged(search(Counterparty.objects.all(), "sharks"), "")[0] == [each.pk for each in in_order]


@ON_POSTGRESQL
def test_shelves_are_made_anew_for_many_more_names_and_what_was_asked_of_the_older_leads_to_nobody(
    shelved, monkeypatch
):
    number = Counterparty.objects.count()
    older = stretch(number * NUMBERS + MANY, number * NUMBERS + NUMBERS - 1)
    put()
    assert led_to(older) == number

    monkeypatch.setattr("desk.databases.shelving.GROWN", 1)
    make_counterparty("Sharks Bay", alias="sharks")
    put()
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    assert led_to(older) == 0
    assert paged(search(Counterparty.objects.all(), "sharks"), "")[0] == [each.pk for each in in_order]
    assert standing("SELECT relname FROM pg_class WHERE relname LIKE %s", f"{SHELVES.index}%") == [SHELVES.index]
    assert standing("SELECT proname FROM pg_proc WHERE proname LIKE %s", f"{SHELVES.function}%") == [SHELVES.function]


def led_to(keys):
    return Counterparty.objects.extra(where=[SHELVES.standing(keys)]).count()


def standing(sql, name):
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return [each for (each,) in cursor.fetchall()]
