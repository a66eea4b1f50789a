"""What somebody chose is deleted by a colleague while they press Save: they are told, and nothing typed is lost."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from characteristics.domain import shaping as characteristic_shaping
from characteristics.domain import shaping_elements
from characteristics.models import Characteristic, Element
from counterparties.domain import shaping
from counterparties.domain.starting import start_counterparties
from counterparties.models import Contract, Counterparty, CounterpartyType, Note, Project, Status
from counterparties.pages.card_form import CardForm
from counterparties.pages.contracts import ContractForm
from counterparties.pages.notes import NoteForm
from desk.models import Gone
from exchange.domain import bulk
from staff.domain import people
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import body_of
from trail.domain.operations import operation
from trail.models import Operation

MARK = "Gone"


@pytest.fixture
def danube(transactional_db):
    """A client in an office where each list of the settings holds something that is about to go."""
    with operation("command", by=None):
        start_counterparties()
        grades = make_nomenclature("grades", "a", "gone")
        make_characteristic("grade", "nomenclature", CounterpartyType.objects.get(code="client"), nomenclature=grades)
        Status.objects.create(code="gone", name=MARK, position=99)
        Group.objects.create(name=MARK)
        made = make_counterparty("Danube", country="BG")
        Project.objects.create(counterparty=made, name=MARK)
    return made


@pytest.fixture
def desk(danube):
    one = User.objects.create_user("one", password="one-password", language="en", is_superuser=True)
    at_it = Client(raise_request_exception=False)
    at_it.force_login(one)
    return at_it


@pytest.fixture
def going(monkeypatch):
    """A colleague deletes these at the last moment: after the form was found good, and before it is written."""

    def go(where, name, *those):
        act = getattr(where, name)

        def late(*args, **kwargs):
            with connection.cursor() as cursor:
                for each in those:
                    cursor.execute(f"DELETE FROM {each._meta.db_table} WHERE id = %s", [each.pk])
            return act(*args, **kwargs)

        monkeypatch.setattr(where, name, late)

    return go


@pytest.mark.parametrize("field", ["status", "c-grade"])
@pytest.mark.parametrize("page", ["card", "new"])
def test_a_card_tells_it_at_its_field(danube, desk, going, field, page):
    model = Status if field == "status" else Element
    going(CardForm, "keep" if page == "card" else "add", model.objects.get(code="gone"))
    address = f"/counterparties/{danube.pk}/edit/" if page == "card" else "/counterparties/new/"
    sent = {"types": "client", "name": "Typed and kept", "version": danube.version, field: "gone"}

    answer = desk.post(address, sent)

    assert (answer.status_code, list(answer.context["card"].errors)) == (422, [field])
    assert 'value="Typed and kept"' in body_of(answer)
    assert [each.name for each in Counterparty.objects.all()] == ["Danube"]
    assert not Operation.objects.filter(kind="card").exists()


def test_what_hangs_on_a_dossier_tells_it_at_its_field(danube, desk, going):
    project, role = Project.objects.get(), Group.objects.get(name=MARK)
    going(ContractForm, "made", project)
    going(NoteForm, "made", role)
    under = f"/counterparties/{danube.pk}"

    contract = desk.post(f"{under}/contracts/new/", {"number": "C-1", "project": project.pk})
    note = desk.post(f"{under}/notes/new/", {"text": "Typed", "audience": "roles", "roles": role.pk})

    assert (contract.status_code, list(contract.context["form"].errors)) == (422, ["project"])
    assert (note.status_code, list(note.context["form"].errors)) == (422, ["roles"])
    assert not Contract.objects.exists()
    assert not Note.objects.exists()


def test_a_contract_that_is_edited_tells_it_too(danube, desk, going):
    with operation("card", by=None):
        kept = Contract.objects.create(counterparty=danube, number="C-1")
    going(ContractForm, "facts", project := Project.objects.get())
    sent = {"number": "C-2", "project": project.pk, "version": kept.version}

    answer = desk.post(f"/counterparties/{danube.pk}/contracts/{kept.pk}/edit/", sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["project"])
    assert Contract.objects.get().number == "C-1"


def test_a_form_of_the_settings_tells_it_at_its_field(danube, desk, going):
    with operation("command", by=None):
        above = CounterpartyType.objects.create(
            code="gone", name=MARK, kind_code="client", parent=CounterpartyType.objects.get(code="client")
        )
    element = Element.objects.get(code="gone")
    going(shaping, "add_type", above)
    going(shaping_elements, "add", element)

    type_ = desk.post("/settings/types/new/", {"code": "typed", "name": "Typed", "parent": "gone"})
    below = desk.post(
        "/settings/nomenclatures/grades/elements/new/", {"code": "typed", "name": "Typed", "parent": "gone"}
    )

    assert (type_.status_code, list(type_.context["form"].errors)) == (422, ["parent"])
    assert (below.status_code, list(below.context["form"].errors)) == (422, ["parent"])
    assert 'value="Typed"' in body_of(type_)
    assert not CounterpartyType.objects.filter(code="typed").exists()


def test_a_type_that_moves_under_one_that_is_gone_tells_it_too(danube, desk, going):
    client = CounterpartyType.objects.get(code="client")
    with operation("command", by=None):
        above = CounterpartyType.objects.create(code="gone", name=MARK, kind_code="client", parent=client)
        kept = CounterpartyType.objects.create(code="kept", name="Kept", kind_code="client", parent=client)
    going(shaping, "keep_type", above)
    sent = {"name": "Kept", "parent": "gone", "version": kept.version, "confirmed": "1"}

    answer = desk.post("/settings/types/kept/edit/", sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["parent"])
    assert CounterpartyType.objects.get(code="kept").parent == client


def test_a_characteristic_of_what_is_gone_tells_it_too(danube, desk, going):
    with operation("command", by=None):
        client = CounterpartyType.objects.get(code="client")
        meant = CounterpartyType.objects.create(code="gone", name=MARK, kind_code="client", parent=client)
    going(characteristic_shaping, "add_characteristic", meant)
    sent = {"code": "typed", "name": "Typed", "type_code": "counterparty", "target_type": "gone"}

    answer = desk.post("/settings/characteristics/new/", sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["target_type"])
    assert not Characteristic.objects.filter(code="typed").exists()


def test_a_change_of_many_tells_it_at_its_field(danube, desk, going):
    going(bulk, "run", Status.objects.get(code="gone"))
    sent = {"row": danube.pk, "rows": "chosen", "change": "status", "status": "gone", "confirmed": "1"}

    answer = desk.post("/counterparties/bulk/?act=change", sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["status"])
    assert Counterparty.objects.get().status != Status(code="gone")


def test_where_no_page_has_a_better_answer_somebody_was_faster(danube, desk, monkeypatch):
    def late(*_given, **_named):
        raise Gone

    monkeypatch.setattr(people, "remove_role", late)

    answer = desk.post(f"/roles/{Group.objects.get(name=MARK).pk}/delete/", {"confirmed": "1"})

    assert answer.status_code == 409
    assert "Somebody was faster" in body_of(answer)
