"""What is told before rights are changed, and what it costs to be told."""

from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterparties.models import CounterpartyType
from tests.factories import make_counterparty
from tests.rights.matrices import CLIENTS, SUPPLIERS, confirm, held, read
from trail.models import Operation

# ---- told before


def test_the_preview_changes_nothing_and_repeats_what_was_sent(desk, sales):
    form, before = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"), Operation.objects.count()

    preview = desk.post(SUPPLIERS, form.sent | {"reason": "Why not"})

    assert preview.status_code == 200
    assert held(sales, "supplier") == ["view"]
    assert Operation.objects.count() == before
    assert {("shown", form.sent["shown"][0]), ("reason", "Why not"), (f"grant-{sales.pk}-export", "on")} <= set(
        preview.context["sent"]
    )


def test_the_preview_counts_counterparties_and_people(desk, anna, mila, bookkeeping, supplier_type, bank_type):
    for types in ([supplier_type], [supplier_type, bank_type], [bank_type]):
        make_counterparty(types=types)

    preview = desk.post(SUPPLIERS, read(desk, SUPPLIERS).untick(f"grant-{bookkeeping.pk}-export").sent)

    assert preview.context["effects"] == ["Bookkeeping loses Export on 2 counterparties of the type “Supplier”."]
    assert (preview.context["players"], preview.context["touched"]) == (1, 1)


def test_who_keeps_a_right_by_another_role_is_not_affected(desk, anna, mila, bookkeeping, client_type):
    preview = desk.post(CLIENTS, read(desk, CLIENTS).untick(f"grant-{bookkeeping.pk}-export").sent)

    assert (preview.context["players"], preview.context["touched"]) == (1, 0)


def test_the_preview_warns_when_nobody_is_left(desk, anna, sales):
    preview = desk.post(CLIENTS, read(desk, CLIENTS).untick(f"grant-{sales.pk}-archive").sent)

    assert preview.context["warnings"] == ["Nobody but superusers would have the right “Archive” on “Client” any more."]


def test_a_role_nobody_plays_leaves_nobody_behind(desk, sales):
    preview = desk.post(CLIENTS, read(desk, CLIENTS).untick(f"grant-{sales.pk}-archive").sent)

    assert preview.context["warnings"] == []
    assert "Nobody plays these roles yet." in preview.content.decode()


def test_who_changes_a_role_of_their_own_is_told_so_and_may(desk, ivo, sales):
    ivo.groups.add(sales)
    form = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export")

    preview = desk.post(SUPPLIERS, form.sent)

    assert preview.context["warnings"] == ["You play the role Sales yourself: you are changing your own rights."]
    assert confirm(desk, SUPPLIERS, form).status_code == 303


def test_a_change_acts_on_the_next_request(desk, client, anna, sales, supplier_type):
    made = make_counterparty("Danube", [supplier_type])
    form = read(desk, SUPPLIERS).untick(f"grant-{sales.pk}-view")
    client.force_login(anna)
    assert client.get(f"/counterparties/{made.pk}/").status_code == 200

    other = Client()
    other.force_login(type(anna).objects.get(username="ivo"))
    confirm(other, SUPPLIERS, form)

    assert client.get(f"/counterparties/{made.pk}/").status_code == 404


# ---- cost


def queries(desk, address, method="get", **sent):
    with CaptureQueriesContext(connection) as asked:
        assert getattr(desk, method)(address, *sent.values()).status_code == 200
    return len(asked)


def test_the_page_costs_the_same_for_few_roles_and_many(desk, office):
    few = queries(desk, CLIENTS)
    for number in range(30):
        Group.objects.create(name=f"Role {number}")

    assert queries(desk, CLIENTS) == few


def test_the_preview_costs_the_same_for_one_tick_and_many(desk, sales):
    for number in range(30):
        Group.objects.create(name=f"Role {number}")
    one, many = read(desk, CLIENTS).tick(f"grant-{sales.pk}-balance"), read(desk, CLIENTS).tick("all-settings")

    assert queries(desk, CLIENTS, "post", sent=one.sent) == queries(desk, CLIENTS, "post", sent=many.sent)


def test_a_confirm_costs_the_same_for_one_tick_and_many(desk, sales):
    for number in range(30):
        Group.objects.create(name=f"Role {number}")

    def cost(form):
        with CaptureQueriesContext(connection) as asked:
            assert desk.post(CLIENTS, form.sent | {"confirmed": "1"}).status_code == 303
        return len(asked)

    first = cost(read(desk, CLIENTS).tick(f"grant-{sales.pk}-balance"))
    assert cost(read(desk, CLIENTS).tick("all-settings")) == first
    assert CounterpartyType.objects.get(code="client").version == 1
