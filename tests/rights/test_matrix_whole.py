"""The whole matrix: one role over the types, one type over the roles, and all of it in one Confirm."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.models import Grant
from rights.pages.whole import MOST_TICKS
from tests.factories import make_type
from tests.rights.matrices import confirm, read
from trail.models import Operation

WHOLE = "/settings/rights/"
EVERY = [right.code for right in RIGHTS]


def grants():
    return set(Grant.objects.values_list("role__name", "type__code", "right"))


def grow(roles, types):
    """An office with so many roles and types."""
    for number in range(roles - Group.objects.count()):
        Group.objects.create(name=f"Role {number:02d}")
    root = CounterpartyType.objects.get(code="client")
    for number in range(types - CounterpartyType.objects.count()):
        make_type(f"type-{number:02d}", root)


# ---- what is shown


def test_every_role_stands_over_every_type(desk):
    boxes = [name for name in read(desk, WHOLE).boxes if name.startswith("grant-")]

    pairs = [(role.pk, type_.code) for type_ in CounterpartyType.objects.all() for role in Group.objects.all()]
    assert set(boxes) == {f"grant-{pk}-{code}-{right}" for pk, code in pairs for right in EVERY}
    assert len(boxes) == len(pairs) * 7


def test_one_role_over_all_types(desk, sales):
    boxes = read(desk, f"{WHOLE}?role={sales.pk}").boxes

    codes = CounterpartyType.objects.values_list("code", flat=True)
    assert {name for name in boxes if name.startswith("grant-")} == {
        f"grant-{sales.pk}-{code}-{right}" for code in codes for right in EVERY
    }


def test_one_type_over_all_roles(desk):
    boxes = read(desk, f"{WHOLE}?type=state-organisation").boxes

    assert {name for name in boxes if name.startswith("grant-")} == {
        f"grant-{pk}-state-organisation-{right}" for pk in Group.objects.values_list("pk", flat=True) for right in EVERY
    }


@pytest.mark.parametrize(
    "question", ["role=999999", "role=x", "role=%00", "role=" + "9" * 30, "type=nowhere", "type=%00"]
)
def test_what_is_not_there_is_not_asked_for(desk, question):
    assert desk.get(f"{WHOLE}?{question}").status_code == 200


def test_an_office_too_large_for_one_form_begins_with_a_role(desk, monkeypatch):
    monkeypatch.setattr("rights.pages.whole.MOST_TICKS", 50)

    page = desk.get(WHOLE)

    assert page.context["role"].name == "Bookkeeping"
    assert "choose a role or a type" in page.content.decode()


def test_the_largest_form_is_taken_by_the_door():
    assert MOST_TICKS + MOST_TICKS // 10 < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


# ---- what a tick does


def test_roles_and_types_change_in_one_operation(desk, sales):
    managers = Group.objects.get(name="Managers")
    before = grants()
    form = read(desk, WHOLE).tick(f"grant-{sales.pk}-state-organisation-edit")
    form.untick(f"grant-{managers.pk}-bank-export")

    answer = confirm(desk, WHOLE, form, reason="Both")

    assert (answer.status_code, answer["Location"]) == (303, WHOLE)
    added = {("Sales", "state-organisation", "edit"), ("Sales", "state-organisation", "view")}
    assert (grants() - before, before - grants()) == (added, {("Managers", "bank", "export")})
    assert Grant.history.filter(operation=Operation.objects.latest("pk")).count() == 3


def test_all_of_a_type_sets_its_roles_alone(desk):
    before = grants()

    confirm(desk, WHOLE, read(desk, WHOLE).tick("all-bank-archive"))

    assert grants() - before == {
        ("Bookkeeping", "bank", "archive"),
        ("Sales", "bank", "archive"),
        ("Sales", "bank", "view"),
    }


def test_all_of_a_role_sets_its_types_alone(desk, sales):
    address = f"{WHOLE}?role={sales.pk}"

    answer = confirm(desk, address, read(desk, address).tick(f"all-{sales.pk}-view"))

    assert answer["Location"] == address
    able = Grant.objects.filter(role=sales, right="view").values_list("type__code", flat=True)
    assert set(able) == set(CounterpartyType.objects.values_list("code", flat=True))


def test_a_script_may_send_the_rows_that_changed_alone(desk, sales):
    before, version = grants(), read(desk, WHOLE).hidden["version"]
    sent = {"shown": f"{sales.pk}-supplier:view", "version": version, "confirmed": "1"}
    ticks = dict.fromkeys((f"grant-{sales.pk}-supplier-view", f"grant-{sales.pk}-supplier-export"), "on")

    desk.post(WHOLE, sent | ticks)

    assert (grants() - before, before - grants()) == ({("Sales", "supplier", "export")}, set())


@pytest.mark.parametrize(
    "forged", ["grant-1-view", "grant-1-nowhere-view", "all-view", "all-nowhere-view", "all-999999-view"]
)
def test_a_forged_tick_is_refused(desk, forged):
    form, before = read(desk, WHOLE), grants()

    answer = desk.post(WHOLE, form.sent | {forged: "on", "confirmed": "1"})

    assert answer.status_code == 422
    assert grants() == before


# ---- as large as it gets


def test_eight_thousand_four_hundred_ticks_are_saved_exactly_by_one_confirm(desk):
    grow(30, 40)
    form = read(desk, WHOLE)
    ticks = [name for name in form.boxes if name.startswith("grant-")]
    assert len(ticks) == 8_400
    form.tick(*ticks)

    answer = confirm(desk, WHOLE, form)

    assert answer.status_code == 303
    assert Grant.objects.count() == 8_400
    newest = Operation.objects.latest("pk")
    assert Grant.history.filter(operation=newest, history_type="+").count() + 68 == 8_400
    assert all(read(desk, WHOLE).boxes.values())


def test_eight_thousand_four_hundred_cells_hold_any_pattern_exactly(desk):
    grow(30, 40)
    form = read(desk, WHOLE)
    wanted = set()
    for number, name in enumerate(sorted(name for name in form.boxes if name.startswith("grant-"))):
        row = name.rpartition("-")[0]
        if number % 3 or name.endswith("-view"):
            form.tick(name)
            wanted.add(name)
        else:
            form.untick(name)
        assert f"{row}-view" in form.boxes

    confirm(desk, WHOLE, form)

    again = read(desk, WHOLE).boxes
    assert {name for name, is_on in again.items() if is_on and name.startswith("grant-")} == wanted
    confirm(desk, WHOLE, read(desk, WHOLE).untick(*[name for name in again if name.endswith("-view")]))
    assert Grant.objects.count() == 0


def test_the_whole_costs_the_same_for_few_roles_and_many(desk):
    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(address).status_code == 200
        return len(asked)

    few = cost(WHOLE), cost(f"{WHOLE}?type=client")
    grow(30, 20)

    assert (cost(WHOLE), cost(f"{WHOLE}?type=client")) == few


def test_the_history_of_the_whole_names_the_types(desk, sales):
    confirm(desk, WHOLE, read(desk, WHOLE).tick(f"grant-{sales.pk}-bank-view"), reason="Why")

    page = desk.get(WHOLE)

    newest = page.context["entries"][0]
    assert (newest.who, newest.operation.reason, newest.titles) == ("ivo", "Why", ["Rights to Bank"])
    assert "Rights to Bank" in page.content.decode()


def test_a_very_long_entry_says_how_much_of_it_is_left_out(desk, monkeypatch):
    monkeypatch.setattr("rights.pages.matrix_history.MOST_LINES", 5)
    confirm(desk, WHOLE, read(desk, WHOLE).untick("all-client-view", "all-bank-view"))

    page = desk.get(WHOLE)

    newest = page.context["entries"][0]
    assert sum(len(story.lines) for story in newest.stories) == 5
    assert newest.count == Grant.history.filter(operation=newest.operation).count() == newest.left_out + 5
    assert f"and {newest.left_out} more" in page.content.decode()
