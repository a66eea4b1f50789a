"""A list in its order, page by page, without a word about what it lists."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db.models import F, Q, Value

from desk.columns import Fact
from desk.databases import After, Before, firsts, holders, number_led, number_of_all
from desk.listing import Listing, capped_count
from desk.pages import keyset
from desk.pages.addresses import Address
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
        found = firsts([late, none, early], 3, 1, False)

    assert found == [(0, "g5"), (0, "g6"), (1, "g0")]
    assert firsts([none], 3, 1, False) == []


@pytest.mark.parametrize("few", [0, 100])
def test_those_who_hold_a_row_are_found_from_either_side(groups, django_user_model, monkeypatch, few):
    monkeypatch.setattr("desk.databases.holding.FEW", few)
    monkeypatch.setattr("desk.databases.holding.LISTED", 0)
    person = django_user_model.objects.create_user("anna")
    person.groups.set(groups[:2])
    ties = django_user_model.groups.through.objects.filter(user=person)

    assert {each.name for each in Group.objects.filter(holders(ties, "group"))} == {"g0", "g1"}


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize(("portion", "counted"), [(1, 100), (3, 4), (2, 0), (100, 100)])
def test_a_count_led_by_rows_is_the_count(groups, django_user_model, monkeypatch, few, portion, counted):
    for name, limit in (
        ("holding.LISTED", 0),
        ("holding.FEW", few),
        ("leading.PORTION", portion),
        ("leading.TRIED", 1),
    ):
        monkeypatch.setattr(f"desk.databases.{name}", limit)
    monkeypatch.setattr("desk.databases.leading.COUNTED", counted)
    monkeypatch.setattr("desk.databases.owners.COUNTED", counted)
    anna, boris = (django_user_model.objects.create_user(name) for name in ("anna", "boris"))
    anna.groups.set(groups[:5])
    boris.groups.set(groups[3:])
    ties = django_user_model.groups.through.objects
    either, both = (
        Group.objects.filter(holders(ties.all(), "group")),
        Group.objects.filter(holders(ties.filter(user=anna), "group"), holders(ties.filter(user=boris), "group")),
    )

    assert [number_led(either, most) for most in (1, 7, 9)] == [1, 7, 7]
    assert [number_led(both, most) for most in (1, 2, 9)] == [1, 2, 2]
    assert number_led(both.filter(name="g4"), 9) == 1
    assert [number_of_all(each) for each in (either, both, Group.objects.all())] == [7, 2, 7]
