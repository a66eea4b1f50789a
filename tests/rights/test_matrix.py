"""The rights on one type: who may change them, what a tick does, and what is told before it is done."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.models import Grant
from tests.factories import make_counterparty, make_type
from tests.rights.matrices import confirm, read
from trail.models import Operation

CLIENTS = "/settings/types/client/rights/"
SUPPLIERS = "/settings/types/supplier/rights/"
EVERY = [right.code for right in RIGHTS]


@pytest.fixture
def desk(client, ivo):
    """Ivo at the settings."""
    client.force_login(ivo)
    return client


@pytest.fixture
def sales(office):
    return Group.objects.get(name="Sales")


@pytest.fixture
def bookkeeping(office):
    return Group.objects.get(name="Bookkeeping")


def held(role, code):
    rights = set(Grant.objects.filter(role=role, type__code=code).values_list("right", flat=True))
    return [each for each in EVERY if each in rights]


def changes(code):
    """What history says of the last operation: role, right, given or taken."""
    rows = Grant.history.filter(type__code=code, operation=Operation.objects.latest("pk"))
    return sorted((row.role.name, row.right, row.history_type) for row in rows.select_related("role"))


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


# ---- bad forms


def refused(desk, address, sent):
    before = list(Grant.objects.order_by("pk").values_list())
    answer = desk.post(address, sent | {"confirmed": "1"})
    assert list(Grant.objects.order_by("pk").values_list()) == before
    return answer.status_code


@pytest.mark.parametrize(
    "forged",
    [
        "grant-999999-view", "grant-0-view", "grant--view", "grant-٣-view", "grant-99999999999999999999-view",
        "all-client-view", "all-nothing", "grant-1", "grant-1-delete", "grant-1-client-view-view",
    ],
)  # fmt: skip
def test_a_forged_tick_is_refused(desk, forged):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {forged: "on"}) == 422


@pytest.mark.parametrize(
    "shown", ["", "\x00", "x", "999999:view", "all:fly", "all", "1", ":", "all-client:view", "1:view;DROP", "é:view"]
)
def test_a_damaged_memory_of_the_page_is_refused(desk, shown):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {"shown": shown}) == 422


def test_without_what_was_shown_nothing_is_done(desk):
    sent = read(desk, CLIENTS).sent

    assert refused(desk, CLIENTS, {name: value for name, value in sent.items() if name != "shown"}) == 422
    assert refused(desk, CLIENTS, {name: value for name, value in sent.items() if name != "version"}) == 422
    assert refused(desk, CLIENTS, {}) == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "1" + "0" * 30])
def test_a_damaged_version_is_refused(desk, version):
    assert refused(desk, CLIENTS, read(desk, CLIENTS).sent | {"version": version}) == 422


def test_a_tick_of_a_row_that_was_not_shown_is_refused(desk, sales):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {"shown": "all:"}) == 422


def test_a_reason_that_is_too_long_is_refused_and_every_tick_kept(desk, sales):
    form = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export")

    answer = desk.post(SUPPLIERS, form.sent | {"reason": "x" * 501})

    assert answer.status_code == 422
    again = type(form)(answer.content.decode())
    assert again.boxes == form.boxes
    assert again.hidden["shown"] == form.hidden["shown"]


# ---- copied to the subtypes


def test_copying_gives_the_subtypes_the_same_rights_in_one_operation(desk, sales, bookkeeping, client_type, admin):
    wholesale = make_type("wholesale", client_type)
    distributor = make_type("distributor", wholesale)
    Grant(role=bookkeeping, type=distributor, right="view").save()
    Grant(role=bookkeeping, type=distributor, right="archive").save()
    apart = set(Grant.objects.filter(type__code="supplier").values_list("pk", flat=True))

    asked = desk.post(f"{CLIENTS}copy/")
    form = type(read(desk, CLIENTS))(asked.content.decode(), "ask")
    answer = desk.post(f"{CLIENTS}copy/", form.sent | {"reason": "Alike"})

    assert (asked.status_code, answer.status_code) == (200, 303)
    for role in Group.objects.all():
        assert held(role, "wholesale") == held(role, "distributor") == held(role, "client")
    assert set(Grant.objects.filter(type__code="supplier").values_list("pk", flat=True)) == apart
    last = Operation.objects.latest("pk")
    assert (last.kind, last.reason) == ("rights", "Alike")
    rows = Grant.history.filter(operation=last)
    assert {row.type_id for row in rows} == {wholesale.pk, distributor.pk}
    assert [row.right for row in rows if row.history_type == "-"] == ["archive"]


def test_copying_is_asked_again_when_rights_changed_meanwhile(desk, sales, client_type):
    make_type("wholesale", client_type)
    form = type(read(desk, CLIENTS))(desk.post(f"{CLIENTS}copy/").content.decode(), "ask")
    confirm(desk, CLIENTS, read(desk, CLIENTS).tick(f"grant-{sales.pk}-balance"))

    answer = desk.post(f"{CLIENTS}copy/", form.sent)

    assert answer.status_code == 409
    assert not Grant.objects.filter(type__code="wholesale").exists()


def test_without_subtypes_there_is_nothing_to_copy(desk):
    assert desk.post("/settings/types/bank/rights/copy/", {"confirmed": "1"}).status_code == 303
    assert "Copy to all subtypes" not in desk.get("/settings/types/bank/rights/").content.decode()


# ---- history beside it


def entries(desk, question="", address=SUPPLIERS):
    return [
        (
            entry.who,
            entry.operation.reason,
            [(line.label, line.old, line.new) for s in entry.stories for line in s.lines],
        )
        for entry in desk.get(f"{address}{question}").context["entries"]
    ]


def test_the_history_says_role_right_from_to_who_and_why(desk, ivo, sales):
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"), reason="Asked for")
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).untick(f"grant-{sales.pk}-export"))

    told = entries(desk)

    assert told[0] == ("ivo", "", [("Sales · Export", "on", "off")])
    assert told[1] == ("ivo", "Asked for", [("Sales · Export", "off", "on")])


def test_the_history_is_paged_and_no_entry_is_lost(desk, sales):
    for turn in range(13):
        form = read(desk, SUPPLIERS)
        (form.untick if turn % 2 else form.tick)(f"grant-{sales.pk}-export")
        confirm(desk, SUPPLIERS, form, reason=f"turn {turn}")

    first = desk.get(SUPPLIERS)
    older = first.context["older_url"].split("#")[0]

    reasons = [reason for _who, reason, _lines in entries(desk) + entries(desk, older)]
    assert reasons == [*(f"turn {turn}" for turn in reversed(range(13))), ""]


def test_a_role_that_is_gone_keeps_its_name_in_the_history(desk, supplier_type):
    role = Group.objects.create(name="Summer help")
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{role.pk}-view"))
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).untick(f"grant-{role.pk}-view"))
    role.delete()

    assert entries(desk)[0][2] == [("Summer help · View", "on", "off")]


def test_the_history_of_the_type_tells_of_its_rights_too(desk, sales):
    confirm(desk, SUPPLIERS, read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    newest = desk.get("/settings/types/supplier/history/").context["entries"][0]

    assert newest.titles == ["Rights to Supplier"]


def test_who_joined_and_who_left_is_told(desk, vera, sales):
    vera.groups.add(sales)
    vera.groups.remove(sales)

    told = [(each.user.username, each.role, each.has_joined) for each in desk.get(SUPPLIERS).context["joinings"]]

    assert told == [("vera", "Sales", False), ("vera", "Sales", True)]


def test_a_change_of_name_is_no_joining(desk, anna):
    before = [each.step for each in desk.get(SUPPLIERS).context["joinings"]]
    anna.first_name = "Anna"
    anna.save()

    assert [each.step for each in desk.get(SUPPLIERS).context["joinings"]] == before


def test_who_came_and_went_is_paged(desk, vera, sales):
    for turn in range(12):
        (vera.groups.remove if turn % 2 else vera.groups.add)(sales)

    first = desk.get(SUPPLIERS)
    rest = desk.get(SUPPLIERS + first.context["older_people_url"].split("#")[0])

    steps = [each.step for page in (first, rest) for each in page.context["joinings"]]
    assert (len(steps), steps) == (12, sorted(steps, reverse=True))


@pytest.mark.parametrize("question", ["?before=x", "?before=99999999999999999999", "?people_before=-1", "?before=%00"])
def test_a_damaged_place_in_history_is_the_newest(desk, question):
    assert desk.get(SUPPLIERS + question).status_code == 200


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
