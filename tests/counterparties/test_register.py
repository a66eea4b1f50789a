"""The register: what it shows, and what it says when there is nothing to show."""

from decimal import Decimal

from django.utils import timezone

from characteristics.domain import values
from staff.models import User
from tests.factories import make_characteristic, make_counterparty
from tests.shown import links, names

# ---- what it shows


def test_it_lists_current_counterparties_by_name_with_one_link_each(ask, admin):
    second, first = make_counterparty("Beta"), make_counterparty("alpha & co")
    make_counterparty("Gone", archived_at=timezone.now())

    shown = ask(admin)

    assert shown.status_code == 200
    assert links(shown) == [
        (f"/counterparties/{first.pk}/", "alpha &amp; co"),
        (f"/counterparties/{second.pk}/", "Beta"),
    ]
    assert shown.content.decode().count("<table") == 1


def test_archived_ones_are_shown_when_asked_for_and_marked(ask, admin):
    make_counterparty("Current")
    make_counterparty("Gone", archived_at=timezone.now())

    assert names(ask(admin, "archived=yes")) == ["Gone"]
    both = ask(admin, "archived=all")
    assert names(both) == ["Current", "Gone"]
    assert both.content.decode().count('<tr class="gone">') == 1


def test_a_characteristic_marked_for_the_list_is_a_column_before_the_day_of_creation(ask, admin, client_type):
    limit = make_characteristic("limit", "number", client_type, in_list=True, unit="EUR", name="Credit limit")
    values.save(make_counterparty("Danube"), {limit: Decimal("1234.5")})

    shown = ask(admin)

    assert [each.title for each in shown.context["listing"].columns][-2:] == ["Credit limit, EUR", "Created"]
    assert 'data-label="Credit limit, EUR"><span>1,234.5</span></td>' in shown.content.decode()


def test_chosen_columns_stand_in_their_chosen_order_and_the_name_is_always_there(ask, admin):
    make_counterparty("Danube", email="a@danube.example")

    shown = ask(admin, "columns=email&columns=code")

    assert [each.key for each in shown.context["listing"].columns] == ["name", "email", "code"]


def test_what_an_office_writes_is_shown_as_text(ask, admin, client_type):
    note = make_characteristic("note", "text", client_type, in_list=True, name="<b>Note</b>")
    record = make_counterparty("<script>alert(1)</script>", email="'><img@x.example")
    values.save(record, {note: "<img src=x onerror=alert(1)>"})

    page = ask(admin).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<b>Note" not in page


def test_rows_a_page_are_a_persons_preference(ask, admin):
    for _each in range(4):
        make_counterparty()
    User.objects.filter(pk=admin.pk).update(rows=3)

    assert len(names(ask(admin))) == 3


def test_a_new_sort_of_characteristic_appears_in_list_filter_and_order_by_itself(ask, admin, client_type, rating):
    stars = make_characteristic("stars", rating.code, client_type, in_list=True)
    for number in (2, 5, 3):
        values.save(make_counterparty(f"Star {number}"), {stars: Decimal(number)})
    make_counterparty("Unrated")

    shown = ask(admin, "sort=-c-stars&c-stars_least=3&filters=open")

    assert names(shown) == ["Star 5", "Star 3"]
    assert "<span>★★★★★</span>" in shown.content.decode()
    assert ("Stars", "3 stars and more") in [chip[:2] for chip in shown.context["listing"].chips]
    assert 'name="c-stars_least"' in shown.content.decode()


# ---- empty states


def test_an_office_without_counterparties_is_invited_to_add_one(ask, anna):
    page = ask(anna, path="/clients/").content.decode()

    assert "No counterparties yet" in page
    assert 'href="/counterparties/new/?type=client"' in page


def test_a_question_without_an_answer_offers_to_clear_it(ask, admin, firms):
    page = ask(admin, "q=zzzzz").content.decode()

    assert "Nothing found" in page
    assert "Clear all filters" in page


def test_whoever_sees_no_type_is_told_whom_to_ask(ask, vera, firms):
    page = ask(vera).content.decode()

    assert "You see no counterparties yet" in page
    assert "<table" not in page


def test_its_own_columns_fold_away_where_they_have_no_room_and_chosen_ones_do_not(ask, admin):
    make_counterparty("Beta")

    def folds(question=""):
        page = ask(admin, question).content.decode()
        assert ("The last columns have no room here" in page) == ('class="rows  folds' in page)
        return 'class="rows  folds ticked"' in page

    # Sorted by one that would fold, the list keeps it in its frame.
    assert (folds(), folds("sort=-status")) == (True, True)
    assert (folds("sort=created"), folds("columns=name&columns=email")) == (False, False)
