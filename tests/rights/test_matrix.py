"""The rights on one type: who may change them, and what a tick does."""

import pytest
from django.contrib.auth.models import Group

from rights.catalog import RIGHTS
from rights.models import Grant
from tests.rights.matrices import CLIENTS, EVERY, SUPPLIERS, changes, confirm, held, read
from trail.models import Operation

# ---- who may


@pytest.mark.parametrize("address", [CLIENTS, f"{CLIENTS}copy/", "/settings/rights/"])
def test_the_matrix_is_no_page_for_those_who_do_not_manage_the_settings(client, anna, address):
    client.force_login(anna)

    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)


def test_a_sent_matrix_of_somebody_without_the_permission_changes_nothing(desk, client, anna, sales):
    form = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export")
    client.force_login(anna)

    answer = client.post(SUPPLIERS, form.sent | {"confirmed": "1"})

    assert answer.status_code == 404
    assert held(sales, "supplier") == ["view"]


def test_superusers_may(client, admin, sales):
    client.force_login(admin)

    assert confirm(client, SUPPLIERS, read(client, SUPPLIERS).tick(f"grant-{sales.pk}-export")).status_code == 303
    assert held(sales, "supplier") == ["view", "export"]


def test_a_type_that_is_not_there_has_no_rights(desk):
    assert desk.get("/settings/types/nowhere/rights/").status_code == 404


# ---- the page


def test_the_columns_stand_in_the_order_of_the_office_with_their_sentences(desk):
    page = desk.get(CLIENTS).content.decode()

    places = [page.index(f'title="{right.sentence}"') for right in RIGHTS]
    assert places == sorted(places)
    assert EVERY == ["view", "add", "edit", "archive", "export", "settings", "balance"]


def test_every_role_of_today_has_a_row_below_all(desk):
    boxes = read(desk, CLIENTS).boxes

    roles = Group.objects.order_by("name").values_list("pk", flat=True)
    assert list(boxes) == [f"all-{right}" for right in EVERY] + [
        f"grant-{pk}-{right}" for pk in roles for right in EVERY
    ]


def test_the_ticks_are_the_rights(desk, sales):
    boxes = read(desk, CLIENTS).boxes

    assert [right for right in EVERY if boxes[f"grant-{sales.pk}-{right}"]] == held(sales, "client")


def test_all_is_ticked_when_every_role_has_it_and_some_is_a_word(desk):
    page, boxes = desk.get(CLIENTS).content.decode(), read(desk, CLIENTS).boxes

    assert (boxes["all-view"], boxes["all-add"]) == (True, False)
    assert "some: 2 of 3" in page


def test_a_name_in_the_matrix_is_only_a_name(desk):
    Group.objects.create(name='"><script>alert(1)</script>')

    page = desk.get(CLIENTS).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_types_lead_to_their_rights(desk):
    assert 'href="/settings/types/client/rights/"' in desk.get("/settings/types/").content.decode()


# ---- a tick


def test_one_tick_gives_one_right(desk, sales):
    answer = confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    assert (answer.status_code, answer["Location"]) == (303, SUPPLIERS)
    assert held(sales, "supplier") == ["view", "export"]
    assert changes("supplier") == [("Sales", "export", "+")]


def test_a_right_brings_view(desk, sales):
    confirm(
        desk, "/settings/types/bank/rights/", read(desk, "/settings/types/bank/rights/").tick(f"grant-{sales.pk}-edit")
    )

    assert held(sales, "bank") == ["view", "edit"]


def test_without_view_there_is_no_right(desk, sales):
    confirm(desk, CLIENTS, read(desk, CLIENTS).untick(f"grant-{sales.pk}-view"))

    assert held(sales, "client") == []
    assert changes("client") == [
        ("Sales", right, "-") for right in sorted(["view", "add", "edit", "archive", "export"])
    ]


def test_view_taken_and_a_right_given_in_one_go_gives_nothing(desk, sales):
    form = read(desk, CLIENTS).untick(f"grant-{sales.pk}-view").tick(f"grant-{sales.pk}-balance")

    confirm(desk, CLIENTS, form)

    assert held(sales, "client") == []


def test_several_roles_change_in_one_operation_with_its_reason(desk, ivo, sales, bookkeeping):
    form = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export").untick(f"grant-{bookkeeping.pk}-edit")

    confirm(desk, SUPPLIERS, form, reason="  The new\u202e year ")

    operation = Operation.objects.latest("pk")
    assert (operation.kind, operation.user, operation.reason) == ("rights", ivo, "The new year")
    assert changes("supplier") == [("Bookkeeping", "edit", "-"), ("Sales", "export", "+")]


def test_history_in_bulk_says_what_history_of_one_save_says(desk, sales, client_type, bank_type):
    Grant(role=sales, type=bank_type, right="view").save()
    one = Grant.history.latest("history_id")

    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    many, made = (
        Grant.history.latest("history_id"),
        Grant.objects.get(role=sales, type__code="supplier", right="export"),
    )
    same = ("history_type", "history_change_reason", "role_id")
    assert [getattr(many, name) for name in same] == [getattr(one, name) for name in same]
    assert (many.id, many.history_user.username) == (made.pk, "ivo")


def test_nothing_changed_is_no_operation(desk):
    before = Operation.objects.count()

    answer = desk.post(CLIENTS, read(desk, CLIENTS).sent | {"confirmed": "1"})

    assert answer.status_code == 303
    assert Operation.objects.count() == before


# ---- all


def test_all_gives_a_column_to_every_role_of_today(desk):
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick("all-archive"))
    Group.objects.create(name="Later")

    able = Grant.objects.filter(type__code="supplier", right="archive").values_list("role__name", flat=True)
    assert sorted(able) == ["Bookkeeping", "Managers", "Sales"]


def test_all_takes_a_column_from_every_role(desk, sales):
    confirm(desk, CLIENTS, read(desk, CLIENTS).untick("all-view"))

    assert Grant.objects.filter(type__code="client").count() == 0


def test_all_that_was_not_touched_leaves_its_column_alone(desk, sales):
    confirm(desk, CLIENTS, read(desk, CLIENTS).untick(f"grant-{sales.pk}-view"))

    others = Grant.objects.filter(type__code="client", right="view").values_list("role__name", flat=True)
    assert sorted(others) == ["Bookkeeping", "Managers"]


def test_all_wins_over_its_column(desk, sales):
    form = read(desk, SUPPLIERS).tick("all-export").untick(f"grant-{sales.pk}-export")

    confirm(desk, SUPPLIERS, form)

    assert "export" in held(sales, "supplier")


def test_a_role_made_while_the_page_was_open_starts_with_nothing(desk):
    form = read(desk, CLIENTS).tick("all-balance")
    later = Group.objects.create(name="Later")

    confirm(desk, CLIENTS, form)

    assert held(later, "client") == []
