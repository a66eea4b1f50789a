"""Projects are kept on the dossier of the counterparty they are for, and listed together at /projects/."""

import pytest

from counterparties.models import Contract, Project
from tests.factories import make_counterparty


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], country="BG")


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def test_a_project_is_added_changed_and_deleted_each_as_one_operation(desk, danube, anna):
    at = f"/counterparties/{danube.pk}/projects/"
    sent = {"code": "S-1", "name": "Silo", "status": "planned", "starts_on": "01.03.2026", "ends_on": "2026-12-31"}

    added = desk.post(f"{at}new/", sent)
    project = Project.objects.get()
    changed = desk.post(f"{at}{project.pk}/edit/", sent | {"status": "running", "version": project.version})
    stale = desk.post(f"{at}{project.pk}/edit/", sent | {"name": "Silos", "version": project.version})
    tab = desk.get(f"/counterparties/{danube.pk}/?tab=projects").content.decode()
    contract = Contract.objects.create(counterparty=danube, project=project, number="2026/1")
    asked = desk.post(f"{at}{project.pk}/delete/").content.decode()
    deleted = desk.post(f"{at}{project.pk}/delete/", {"confirmed": "1"})

    assert [each.status_code for each in (added, changed, stale, deleted)] == [303, 303, 409, 303]
    assert "S-1" in tab
    assert "Running" in tab
    assert "1 contract stays on the dossier, without the project." in asked
    rows = Project.history.order_by("history_id")
    assert [(row.history_type, row.status, row.operation.user) for row in rows] == [
        ("+", "planned", anna),
        ("~", "running", anna),
        ("-", "running", anna),
    ]
    contract.refresh_from_db()
    last = Contract.history.order_by("-history_id").first()
    assert (contract.project, contract.version, last.operation_id) == (None, 2, rows.last().operation_id)


def test_what_cannot_be_right_is_said_at_its_field(desk, danube):
    at = f"/counterparties/{danube.pk}/projects/new/"
    other = make_counterparty("Other")
    Project.objects.create(counterparty=danube, code="Ш-1", name="Silo")
    Project.objects.create(counterparty=other, code="S-2", name="Silo")
    wrong = [
        {"name": "", "status": "running"},
        {"name": "Mill", "status": "sleeping"},
        {"name": "Mill", "status": "running", "code": "ш-1"},
        {"name": "Mill", "status": "running", "starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        {"name": "Mill", "status": "running", "starts_on": "31.02.2026"},
        {"name": "x" * 201, "status": "running"},
    ]

    answers = [desk.post(at, sent) for sent in wrong]
    good = [desk.post(at, {"name": "Mill", "status": "running", "code": code}) for code in ("S-2", "", "")]

    assert [each.status_code for each in answers] == [422] * 6
    assert [list(each.context["form"].errors) for each in answers] == [
        ["name"], ["status"], ["code"], ["ends_on"], ["starts_on"], ["name"],
    ]  # fmt: skip
    assert [each.status_code for each in good] == [303] * 3
    assert Project.objects.filter(counterparty=danube).count() == 4
