"""A list in its order, page by page, without a word about what it lists."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import F, Q, Value

from desk.columns import Fact
from desk.databases import (
    After,
    Before,
    Listed,
    Owners,
    firsts,
    holders,
    number_led,
    number_met,
    number_of_all,
    owning,
    together,
)
from desk.databases.owners import Read
from desk.listing import Listing
from desk.pages import keyset
from desk.pages.addresses import Address
from desk.pages.how_many import capped_count, in_tens
from desk.pages.keyset import Run


@pytest.fixture
def groups(db):
    return [Group.objects.create(name=f"g{number}") for number in range(7)]


class Name(Fact):
    """The name, in two parts: odd numbers first."""

    def __init__(self):
        super().__init__("name", "Name", order_by=("name",))

    def runs(self, descending):
        odd = Q(name__in=["g1", "g3", "g5"])
        return [Run(("name", "pk"), (odd, ~odd), descending)]


def listing(**given):
    address = Address("/groups/", [("q", "g"), ("sort", "name")])
    return Listing(Group.objects.all(), [Name()], address, order=Name(), size=3, **given)


def names(shown):
    return [each.name for each in shown.records]


def position(url):
    return url.rpartition("=")[2].replace("%3A", ":")


def test_parts_follow_one_another_and_pages_cross_their_seam(groups):
    first = listing()
    second = listing(after=position(first.next_url))
    third = listing(after=position(second.next_url))

    assert [names(page) for page in (first, second, third)] == [["g1", "g3", "g5"], ["g0", "g2", "g4"], ["g6"]]
    assert (first.previous_url, third.next_url) == ("", "")
    assert names(listing(before=position(third.previous_url))) == ["g0", "g2", "g4"]


def test_downwards_is_downwards_inside_each_part(groups):
    assert names(listing(descending=True)) == ["g5", "g3", "g1"]


def test_too_little_before_a_position_is_the_first_page(groups):
    first = listing()
    place = (0, 0, "g5", groups[5].pk)

    shown = listing(before=keyset.written(place, "name"))

    assert names(shown) == names(first)
    assert not shown.has_previous


def test_a_page_that_is_not_full_is_its_own_count(groups, django_assert_num_queries):
    with django_assert_num_queries(1):
        order = Fact("name", "Name", order_by=("name",))
        shown = Listing(Group.objects.filter(name="g1"), [order], Address("/"), order=order)
        assert (shown.count, shown.count_is_capped) == (1, False)


def test_counting_stops_at_the_cap(groups):
    assert capped_count(Group.objects.all(), 5) == (5, True)
    assert capped_count(Group.objects.all(), 7) == (7, False)


def test_links_keep_the_question_and_change_one_thing(groups):
    shown = listing()

    assert shown.columns[0].sort_url == "/groups/?q=g&sort=-name"
    assert shown.count_url == "/groups/?q=g&sort=name&count=exact"
    assert shown.next_url.startswith("/groups/?q=g&sort=name&after=")


def test_an_address_replaces_adds_and_takes_out():
    address = Address("/x/", [("a", "1"), ("a", "2"), ("b", "й")])

    assert str(address.but({"a": ["3", "4"]})) == "/x/?b=%D0%B9&a=3&a=4"
    assert str(address.without("a", "b")) == "/x/"
    assert str(address.at("/y/")) == "/y/?a=1&a=2&b=%D0%B9"


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("a", "a"),
        (Decimal("1.50"), "1.50"),
        (datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2026-01-02T03:04:05.000678+00:00"),
        (True, True),
        (None, None),
    ],
)
def test_a_position_comes_back_as_it_was_written(key, told):
    word = keyset.written((0, 0, key, 9), "x")

    assert keyset.read(word, "x", [Run(("x", "pk"))]) == (0, 0, told, 9)


@pytest.mark.parametrize("place", [(1, 0, "a", 1), (0, 1, "a", 1), (0, 0, "a"), ("x",), (), (None, 0, "a", 1)])
def test_a_position_of_another_list_is_none(place):
    assert keyset.read(keyset.written(place, "x"), "x", [Run(("x", "pk"))]) is None


def test_rows_are_compared_as_rows(groups):
    beyond = Group.objects.filter(After(F("name"), F("pk"), Value("g3"), Value(groups[3].pk))).order_by("name")
    before = Group.objects.filter(Before(F("name"), F("pk"), Value("g1"), Value(0))).order_by("name")

    assert [each.name for each in beyond] == ["g4", "g5", "g6"]
    assert [each.name for each in before] == ["g0"]


def test_slices_are_put_one_behind_the_other_in_one_question(groups, django_assert_num_queries):
    late = Group.objects.filter(name__gt="g4").annotate(part=Value(0)).order_by("name").values_list("part", "name")[:2]
    early = Group.objects.filter(name__lt="g2").annotate(part=Value(1)).order_by("name").values_list("part", "name")[:2]
    none = Group.objects.filter(pk__in=[]).annotate(part=Value(2)).order_by("name").values_list("part", "name")[:2]

    with django_assert_num_queries(1):
        found = firsts([[late], [none], [early]], 3, 1, False)

    assert found == [(0, "g5"), (0, "g6"), (1, "g0")]
    assert firsts([[none]], 3, 1, False) == []
    assert firsts([[late, none, early]], 3, 1, False) == [(1, "g0"), (1, "g1"), (0, "g5")]


def ties_of(user):
    return type(user).groups.through.objects.filter(user=user)


def test_those_who_hold_a_row_are_found_from_either_side(groups, django_user_model):
    anna = django_user_model.objects.create_user("anna")
    anna.groups.set(groups[:2])
    owners = Owners(ties_of(anna), "group")

    assert {each.name for each in Group.objects.filter(owning(owners, Q()))} == {"g0", "g1"}
    assert {each.name for each in Group.objects.filter(Listed(owners))} == {"g0", "g1"}


class Said(Read):
    """Owners by a statement of their own."""

    def statement(self):
        return self.rows.values("group").query.sql_with_params()


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_page_of_those_who_are_listed_is_the_page_of_the_whole_list(groups, django_user_model, sign):
    """On PostgreSQL by an array of ids, for which nobody walks through the list."""
    anna = django_user_model.objects.create_user("anna")
    anna.groups.set(groups[2:5])
    ties = type(anna).groups.through.objects

    for owners in (Owners(ties.all(), "group"), Owners(ties.none(), "group"), Said(ties.all(), "group")):
        everybody = Group.objects.filter(Listed(owners)).order_by(f"{sign}name")
        page = everybody[:2]

        assert [each.pk for each in page] == [each.pk for each in everybody][:2]
        assert len(page) == (0 if owners.rows.query.is_empty() else 2)
    assert ("ARRAY(" in str(page.query)) == (connection.vendor == "postgresql")
    assert "ARRAY(" not in str(everybody.query)


@pytest.mark.parametrize("listed", [0, 100])
@pytest.mark.parametrize("tried", [1, 2, 100])
@pytest.mark.parametrize(("walk", "rare"), [(0, 0), (10**9, 0), (10**9, 99)])
def test_what_is_asked_together_is_answered_alike_whichever_way_is_short(
    groups, django_user_model, monkeypatch, listed, tried, walk, rare
):
    for name, limit in (("holding.LISTED", listed), ("holding.A_WALK", walk), ("holding.RARE", rare)):
        monkeypatch.setattr(f"desk.databases.{name}", limit)
    monkeypatch.setattr("desk.databases.meeting.TRIED", tried)
    anna, boris, vera = (django_user_model.objects.create_user(name) for name in ("anna", "boris", "vera"))
    anna.groups.set(groups[:5])
    boris.groups.set(groups[3:])
    ties = type(anna).groups.through.objects

    def asked(*conditions):
        return Group.objects.filter(*together(conditions, Group.objects.filter(name__lt="g6")), name__lt="g6")

    def named(*conditions):
        return sorted(each.name for each in asked(*conditions))

    either, by_anna, by_boris, by_vera = (
        holders(rows, "group") for rows in (ties.all(), ties_of(anna), ties_of(boris), ties_of(vera))
    )
    assert named(either) == ["g0", "g1", "g2", "g3", "g4", "g5"]
    assert named(by_anna, by_boris) == named(by_anna, either, by_boris) == ["g3", "g4"]
    assert named(by_anna, by_boris, Q(name="g4")) == named(by_anna, Q(pk__in=[groups[4].pk]), by_boris) == ["g4"]
    assert (
        named(by_anna, by_vera) == named(by_anna, holders(ties.none(), "group")) == named(by_anna, Q(pk__in=[])) == []
    )
    assert [number_led(asked(either), most) for most in (1, 6, 9)] == [1, 6, 6]
    assert [number_led(asked(by_anna, by_boris), most) for most in (1, 2, 9)] == [1, 2, 2]


def test_which_way_is_short_is_asked_in_one_question(groups, django_user_model, django_assert_num_queries):
    anna = django_user_model.objects.create_user("anna")
    anna.groups.set(groups[:5])

    with django_assert_num_queries(1):
        together([holders(ties_of(anna), "group"), holders(ties_of(anna), "group"), Q()], Group.objects.all())
    with django_assert_num_queries(0):
        together([Q(name="g1")], Group.objects.all())


def test_a_count_led_by_rows_is_the_count(groups, django_user_model):
    anna, boris = (django_user_model.objects.create_user(name) for name in ("anna", "boris"))
    anna.groups.set(groups[:5])
    boris.groups.set(groups[3:])
    ties = type(anna).groups.through.objects
    either, both, none = (
        Group.objects.filter(holders(ties.all(), "group")),
        Group.objects.filter(holders(ties_of(anna), "group"), holders(ties_of(boris), "group")),
        Group.objects.filter(holders(ties.all(), "group"), pk__in=Group.objects.none()),
    )

    assert [number_led(either, most) for most in (1, 7, 9)] == [1, 7, 7]
    assert [number_led(both, most) for most in (1, 2, 9)] == [1, 2, 2]
    assert number_led(both.filter(name="g4"), 9) == 1
    assert (number_led(none, 9), number_of_all(none)) == (0, 0)
    assert [number_of_all(each) for each in (either, both, Group.objects.all())] == [7, 2, 7]


def test_a_count_looks_into_so_many_and_then_says_at_least(groups, django_user_model, monkeypatch):
    anna, boris = (django_user_model.objects.create_user(name) for name in ("anna", "boris"))
    anna.groups.set(groups)
    boris.groups.set(groups[3:])
    both = Group.objects.filter(*together([holders(ties_of(each), "group") for each in (anna, boris)], Group.objects))
    held = Group.objects.filter(holders(ties_of(anna), "group"))

    def looking_into(many):
        monkeypatch.setattr(Owners, "looked_at", many)
        return [number_met(held, 9), number_met(held, 3), number_met(held.filter(name="g1"), 9), number_met(both, 9)]

    assert looking_into(7) == [(7, False), (3, True), (1, False), (4, False)]
    assert looking_into(6) == [(6, True), (3, True), (1, True), (4, False)]
    assert [is_more for _number, is_more in looking_into(2)] == [True, True, True, False]


@pytest.mark.parametrize(("met", "said"), [(1000, 1000), (234, 230), (51, 50), (12, 10), (10, 10), (7, 7)])
def test_what_was_not_counted_to_the_end_is_said_in_tens(met, said):
    assert in_tens(met) == said
