"""Two people at one matrix: what they did apart stays, what they want otherwise is told, nothing is lost in silence."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from counterparties.models import CounterpartyType
from rights.domain.granting import grant, revoke
from rights.models import Grant
from tests.rights.matrices import Form, confirm, read
from trail.models import Operation

CLIENTS = "/settings/types/client/rights/"
SUPPLIERS = "/settings/types/supplier/rights/"
WHOLE = "/settings/rights/"


@pytest.fixture
def ivos(ivo):
    desk = Client()
    desk.force_login(ivo)
    return desk


@pytest.fixture
def admins(admin):
    desk = Client()
    desk.force_login(admin)
    return desk


def held(role, code):
    return set(Grant.objects.filter(role=role, type__code=code).values_list("right", flat=True))


def test_changes_of_different_cells_both_stay(ivos, admins, sales, bookkeeping):
    mine = read(ivos, SUPPLIERS).tick(f"grant-{sales.pk}-export")
    theirs = read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-add").untick(f"grant-{bookkeeping.pk}-edit")
    confirm(admins, SUPPLIERS, theirs)

    answer = confirm(ivos, SUPPLIERS, mine)

    assert answer.status_code == 303
    assert held(sales, "supplier") == {"view", "add", "export"}
    assert "edit" not in held(bookkeeping, "supplier")


def test_changes_between_preview_and_confirm_both_stay(ivos, admins, sales):
    preview = ivos.post(SUPPLIERS, read(ivos, SUPPLIERS).tick(f"grant-{sales.pk}-export").sent)
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-add"))

    answer = ivos.post(SUPPLIERS, Form(preview.content.decode(), "ask").sent)

    assert answer.status_code == 303
    assert held(sales, "supplier") == {"view", "add", "export"}


def test_the_same_wish_twice_is_no_quarrel(ivos, admins, sales):
    mine, theirs = (read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export") for desk in (ivos, admins))
    confirm(admins, SUPPLIERS, theirs)
    before = Operation.objects.count()

    answer = ivos.post(SUPPLIERS, mine.sent | {"confirmed": "1"})

    assert answer.status_code == 303
    assert held(sales, "supplier") == {"view", "export"}
    assert Operation.objects.count() == before


@pytest.mark.parametrize("step", [{}, {"confirmed": "1"}])
def test_taking_view_from_a_role_that_got_a_right_meanwhile_is_told(ivos, admins, sales, step):
    mine = read(ivos, SUPPLIERS).untick(f"grant-{sales.pk}-view")
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    answer = ivos.post(SUPPLIERS, mine.sent | step)

    assert answer.status_code == 409
    assert held(sales, "supplier") == {"view", "export"}
    assert answer.context["who"] == "admin"
    assert [(r["label"], r["was"], r["theirs"], r["mine"]) for r in answer.context["rows"]] == [
        ("Sales · Export", "not given", "given", "not given")
    ]


def test_a_right_that_would_bring_back_a_view_taken_meanwhile_is_told(ivos, admins, sales):
    mine = read(ivos, SUPPLIERS).tick(f"grant-{sales.pk}-export")
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).untick(f"grant-{sales.pk}-view"))

    answer = ivos.post(SUPPLIERS, mine.sent | {"confirmed": "1"})

    assert answer.status_code == 409
    assert held(sales, "supplier") == set()


def test_all_over_a_cell_changed_meanwhile_is_told(ivos, admins, bookkeeping):
    mine = read(ivos, SUPPLIERS).tick("all-export")
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).untick(f"grant-{bookkeeping.pk}-export"))

    answer = ivos.post(SUPPLIERS, mine.sent | {"confirmed": "1"})

    assert answer.status_code == 409
    assert "export" not in held(bookkeeping, "supplier")


def test_mine_can_be_put_over_theirs_and_leaves_the_rest_of_theirs(ivos, admins, sales, bookkeeping):
    mine = read(ivos, SUPPLIERS).untick(f"grant-{sales.pk}-view")
    theirs = read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-export").untick(f"grant-{bookkeeping.pk}-edit")
    confirm(admins, SUPPLIERS, theirs)
    told = ivos.post(SUPPLIERS, mine.sent | {"reason": "I mean it"})

    answer = confirm(ivos, SUPPLIERS, Form(told.content.decode(), "ask"))

    assert answer.status_code == 303
    assert held(sales, "supplier") == set()
    assert "edit" not in held(bookkeeping, "supplier")
    assert Operation.objects.latest("pk").reason == "I mean it"


def test_mine_can_be_gone_on_with(ivos, admins, sales):
    mine = read(ivos, SUPPLIERS).untick(f"grant-{sales.pk}-view")
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-export"))
    told = Form(ivos.post(SUPPLIERS, mine.sent).content.decode(), "ask")

    page = ivos.post(SUPPLIERS, told.sent | {"show_fields": "1"})

    again = Form(page.content.decode())
    assert page.status_code == 200
    assert not again.boxes[f"grant-{sales.pk}-view"]
    assert f"{sales.pk}:view,export" in again.hidden["shown"][0].split()
    assert held(sales, "supplier") == {"view", "export"}


def test_a_quarrel_in_the_whole_matrix_names_the_type(ivos, admins, sales):
    mine = read(ivos, WHOLE).untick(f"grant-{sales.pk}-supplier-view").tick(f"grant-{sales.pk}-bank-view")
    confirm(admins, SUPPLIERS, read(admins, SUPPLIERS).tick(f"grant-{sales.pk}-export"))

    answer = ivos.post(WHOLE, mine.sent | {"confirmed": "1"})

    assert answer.status_code == 409
    assert [row["label"] for row in answer.context["rows"]] == ["Sales · Supplier · Export"]
    assert held(sales, "bank") == set()
    going_on = ivos.post(WHOLE, Form(answer.content.decode(), "ask").sent | {"show_fields": "1"})
    parts = going_on.context["ticks"].blocks
    assert [part["block"].key for part in parts if part["is_changed"]] == ["supplier", "bank"]
    assert confirm(ivos, WHOLE, Form(answer.content.decode(), "ask")).status_code == 303
    assert (held(sales, "supplier"), held(sales, "bank")) == (set(), {"view"})


def test_a_role_deleted_meanwhile_is_told(ivos, sales):
    later = Group.objects.create(name="Later")
    form = read(ivos, SUPPLIERS).tick(f"grant-{later.pk}-view")
    later.delete()

    assert ivos.post(SUPPLIERS, form.sent | {"confirmed": "1"}).status_code == 422


def test_a_sent_form_sent_again_changes_nothing(ivos, sales):
    form = read(ivos, SUPPLIERS).tick(f"grant-{sales.pk}-export")
    confirm(ivos, SUPPLIERS, form)
    before = Operation.objects.count()

    assert ivos.post(SUPPLIERS, form.sent | {"confirmed": "1"}).status_code == 303
    assert Operation.objects.count() == before


def test_a_change_by_command_meanwhile_is_seen_too(ivos, sales):
    supplier = CounterpartyType.objects.get(code="supplier")
    mine = read(ivos, SUPPLIERS).untick(f"grant-{sales.pk}-view")
    grant(sales, supplier, ["edit"])

    assert ivos.post(SUPPLIERS, mine.sent | {"confirmed": "1"}).status_code == 409

    revoke(sales, supplier, ["edit"])
    assert ivos.post(SUPPLIERS, mine.sent | {"confirmed": "1"}).status_code == 303
