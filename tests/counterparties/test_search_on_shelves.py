"""On PostgreSQL the first of many hits by name are read on the shelves where they stand: the same page, sooner."""

import random

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from counterparties.domain.searching import SHELVES, known_words, question, search
from counterparties.models import Counterparty
from desk.databases import Hits, put_on_shelves, stretches
from desk.databases.begun import met_on_shelves
from desk.databases.often import said_in
from desk.databases.shelves import LETTERS, MOST_PIECES, NUMBERS, stretch
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
    monkeypatch.setattr("desk.databases.stretches.OFTEN", 0)
    monkeypatch.setattr("desk.databases.shelving.WORTH_IT", 0)
    for number in range(45):
        name = ODD[number % len(ODD)] if number % 3 else f"Firm {number * 7 % 11}"
        make_counterparty(name, alias="sharks" if number % 10 else "Акулы")
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
@pytest.mark.parametrize(
    ("said", "led"),
    [("sharks", SHELVES.keys), ("акулы", SHELVES.keys), ("firm sharks", SHELVES.often), ("Firm", SHELVES.often)],
)
def test_pages_of_many_hits_are_those_of_the_whole_list_in_either_direction(shelved, said, led):
    for sign, some in (("", {}), ("-", {}), ("", {"name": "Firm"}), ("-", {"name__lt": "O"})):
        everybody = Counterparty.objects.filter(search__words=said.lower(), **some)
        everybody = everybody.order_by(f"{sign}name_key", f"{sign}pk")
        in_order = [each.pk for each in everybody]

        onwards, asked = paged(search(Counterparty.objects.filter(**some), said), sign)
        back, _asked = paged(search(Counterparty.objects.filter(**some), said), sign, backwards=True)

        assert (onwards, back) == (in_order, in_order[::-1])
        assert in_order
        assert f"{led}(" in asked


@ON_POSTGRESQL
def test_what_very_many_say_is_met_on_the_first_shelves_where_no_short_walk_meets_it(shelved, monkeypatch):
    monkeypatch.setattr("desk.databases.hits.FEW", 0)
    monkeypatch.setattr("desk.databases.walking.A_SHORT_WALK", 1)
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    onwards, asked = paged(search(Counterparty.objects.all(), "sharks"), "")

    assert onwards == [each.pk for each in in_order]
    assert f"{SHELVES.keys}(" in asked


@ON_POSTGRESQL
def test_what_very_many_say_is_met_shelf_by_shelf_before_any_walk(shelved, monkeypatch):
    monkeypatch.setattr("desk.databases.hits.FEW", 0)
    monkeypatch.setattr("desk.databases.hits.OFTEN", 0)
    in_order = Counterparty.objects.filter(search__words="firm").order_by("name_key", "pk")

    onwards, asked = paged(search(Counterparty.objects.all(), "firm"), "")

    assert onwards == [each.pk for each in in_order]
    assert f"{SHELVES.often}(" in asked
    assert "AS passed" not in asked


@ON_POSTGRESQL
def test_a_page_is_right_however_badly_the_sample_tells(shelved, monkeypatch):
    asked = stretches._asked
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    for told in (lambda shelf, met: [max(met, default=shelf)], lambda shelf, met: [shelf] * 9, lambda shelf, met: []):

        def mistaken(*of, told=told, **how):
            shelf, met, pieces = asked(*of, **how)
            return shelf, told(shelf, met), pieces

        monkeypatch.setattr(stretches, "_asked", mistaken)
        assert paged(search(Counterparty.objects.all(), "sharks"), "")[0] == [each.pk for each in in_order]


@ON_POSTGRESQL
@pytest.mark.parametrize("said", ["sharks", "firm"])
@pytest.mark.parametrize("most", [0, 1, 50])
def test_where_more_is_asked_of_each_the_first_are_met_or_nobody_says_who_they_are(shelved, monkeypatch, said, most):
    """However few answer, and on however many shelves the sample says they stand."""
    monkeypatch.setattr(stretches, "AT_FIRST", 1)
    hits = Hits(Counterparty, (said,), shelves=SHELVES)
    for sign, some in (
        ("", {"alias": "sharks"}),
        ("-", {"alias": "Акулы"}),
        ("", {"name": "Firm"}),
        ("", {"name": "?"}),
    ):
        order = (f"{sign}name_key", f"{sign}pk")
        rows = Counterparty.objects.filter(**some).annotate(key_0=F("name_key"), key_1=F("pk"))
        listed = list(rows.filter(search__words=said).order_by(*order).values_list("pk", flat=True))

        for many in (1, 5, 100):
            met = met_on_shelves(rows.order_by(f"{sign}key_0", f"{sign}key_1"), hits, many, most)

            assert met in (None, listed[:many])


@ON_POSTGRESQL
def test_whoever_comes_or_is_called_otherwise_is_met_on_the_new_shelf(shelved):
    renamed = Counterparty.objects.filter(name__startswith="Firm").last()
    renamed.name = "Aaa firm"
    renamed.save()
    make_counterparty("zz-firm", alias="sharks")
    Counterparty.objects.filter(pk=make_counterparty("Firm 0").pk).delete()

    for said in ("sharks", "firm"):
        everybody = Counterparty.objects.filter(search__words=said).order_by("name_key", "pk")

        assert paged(search(Counterparty.objects.all(), said), "")[0] == [each.pk for each in everybody]


@ON_POSTGRESQL
def test_who_may_not_know_it_as_a_client_does_not_meet_it_by_that_name(shelved):
    for each in Counterparty.objects.filter(name__startswith="Firm")[:5]:
        each.call_as_client("Firm Whales")
        each.save()
    hidden = set(Counterparty.objects.values_list("type_set", flat=True))

    for said in ("whales firm", "firm"):
        everybody = Counterparty.objects.filter(known_words(question(said), hidden), search__words=said)
        in_order = [each.pk for each in everybody.order_by("name_key", "pk")]

        assert paged(search(Counterparty.objects.all(), said, hidden), "")[0] == in_order


@ON_POSTGRESQL
def test_what_very_many_say_is_known_of_each_record_with_its_shelf(shelved):
    (pieces,) = standing(f"SELECT {SHELVES.said_often}() WHERE %s = ''", "")
    assert "fir" in pieces
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT search, {SHELVES.shelf('name_key')}, {SHELVES.often}(name_key, search) FROM {SHELVES.table}"
        )
        told = cursor.fetchall()

    for search_text, shelf, keys in told:
        assert keys == [shelf * MOST_PIECES + number for number, piece in enumerate(pieces) if piece in search_text]


@ON_POSTGRESQL
@pytest.mark.parametrize(
    ("readings", "is_of_few"),
    [(["sharks"], False), (["акулы"], True), (["акулы sharks"], True), (["акулы", "sharks"], False), ([], False)],
)
def test_a_word_in_other_letters_is_looked_for_among_those_who_say_something_in_them(shelved, readings, is_of_few):
    """So it need not be proved of each Latin name before the first of them that it does not say so."""
    of_each = standing(f"SELECT (id, {SHELVES.shelf('name_key')}, search)::text FROM {SHELVES.table} WHERE %s = ''", "")
    told = [each[1:-1].split(",", 2) for each in of_each]
    shelves, chance = {int(pk): int(shelf) for pk, shelf, _said in told}, random.Random(9)
    of_other_letters = {int(pk) for pk, _shelf, said in told if not said.isascii()}
    assert 9 <= len(of_other_letters) < len(told)
    beginning = min(shelves.values()) // NUMBERS * NUMBERS + MANY

    for first, last in [(0, MANY - 1), (0, 200), (300, MANY - 1), *(chance.sample(range(MANY), 2) for _ in range(20))]:
        keys = stretch(beginning + first, beginning + last)
        there = {pk for pk, shelf in shelves.items() if min(first, last) <= shelf - beginning <= max(first, last)}

        led = {each.pk for each in Counterparty.objects.extra(where=[SHELVES.standing(keys, readings)])}

        assert led <= there
        assert led >= (there & of_other_letters if is_of_few else there)
    everybody = {
        each.pk for each in Counterparty.objects.extra(where=[SHELVES.standing([beginning - MANY + 1], readings)])
    }
    assert everybody == (of_other_letters if is_of_few else set(shelves))


def test_a_far_shelf_that_may_hold_thousands_is_left_for_later():
    first, last = MANY, NUMBERS - 1

    for met, until in (
        ([], last),
        ([first + 40, first + 41], first + 40),
        ([first + 300, first + 301], first + 299),
        ([first] * 9, first),
    ):
        assert stretches._until(met, first, last, is_often=False) == until, met
    assert stretches._until([last - 300, last - 301], last, first, is_often=False) == last - 299
    assert stretches._until([first + 1] * 99, first, last, is_often=True) == first + 1


def test_a_piece_stands_in_whatever_answers_or_there_is_none():
    pieces = ["еоо", "оод", " ад", "ltd"]

    for readings, numbers in (
        (["еоод"], (0,)),
        (["оод ltd"], (1,)),
        (["ад"], (2,)),
        (["парад"], ()),
        (["ltd", "оодм"], (1, 3)),
        (["ltd", "gmbh"], ()),
        ([], ()),
    ):
        assert said_in(readings, pieces) == numbers, readings


@ON_POSTGRESQL
def test_shelves_are_made_anew_for_many_more_names_and_what_was_asked_of_the_older_leads_to_nobody(
    shelved, monkeypatch
):
    number = Counterparty.objects.count()
    beginning = number * LETTERS * NUMBERS
    older = stretch(beginning + MANY, beginning + NUMBERS - 1)
    put()
    assert led_to(older) == number

    monkeypatch.setattr("desk.databases.shelving.GROWN", 1)
    make_counterparty("Sharks Bay", alias="sharks")
    put()
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    assert led_to(older) == 0
    assert paged(search(Counterparty.objects.all(), "sharks"), "")[0] == [each.pk for each in in_order]
    assert standing("SELECT relname FROM pg_class WHERE relname LIKE %s", f"{SHELVES.index}%") == [SHELVES.index]
    functions = standing("SELECT proname FROM pg_proc WHERE proname LIKE %s ORDER BY 1", f"{SHELVES.table}\\_%e%")
    assert [each for each in functions if each.endswith(("shelves", "keys", "often"))] == sorted(SHELVES.functions)


@ON_POSTGRESQL
def test_what_an_older_release_left_is_made_anew(shelved):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP FUNCTION {SHELVES.keys} CASCADE")
    assert standing("SELECT relname FROM pg_class WHERE relname = %s", SHELVES.index) == []

    put()
    in_order = Counterparty.objects.filter(search__words="sharks").order_by("name_key", "pk")

    assert standing("SELECT relname FROM pg_class WHERE relname = %s", SHELVES.index) == [SHELVES.index]
    assert paged(search(Counterparty.objects.all(), "sharks"), "")[0] == [each.pk for each in in_order]


def led_to(keys):
    return Counterparty.objects.extra(where=[SHELVES.standing(keys, ["a"])]).count()


def standing(sql, name):
    with connection.cursor() as cursor:
        cursor.execute(sql, [name])
        return [each for (each,) in cursor.fetchall()]
