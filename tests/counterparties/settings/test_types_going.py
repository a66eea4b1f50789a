"""Types that are stopped, started or deleted."""

import pytest
from django.utils import timezone

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType
from rights.models import Grant
from tests.counterparties.settings.types import LIST, NEW, rows
from tests.factories import make_characteristic, make_counterparty, make_type


def test_a_stopped_type_keeps_its_counterparties_and_is_offered_to_no_new_one(client, admin, client_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    danube = make_counterparty("Danube", [retail])

    client.post(f"{LIST}retail/stop/")

    assert danube.types == [retail]
    assert 'value="retail"' not in client.get("/counterparties/new/").content.decode()
    client.post(f"{LIST}retail/start/")
    assert 'value="retail"' in client.get("/counterparties/new/").content.decode()


def test_deleting_takes_ties_and_rights_with_it_in_one_operation(desk, client_type):
    make_characteristic("shelf", "text")
    desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "client", "characteristics": ["shelf"]})
    made = CounterpartyType.objects.get(code="retail")

    asked = desk.get(f"{LIST}retail/delete/")
    assert "1 characteristic of its own is untied; the characteristic itself stays." in asked.content.decode()
    assert desk.post(f"{LIST}retail/delete/").status_code == 200
    answer = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"})

    assert answer.status_code == 303
    assert not CounterpartyType.objects.filter(code="retail").exists()
    assert not Grant.objects.filter(type=made.pk).exists()
    gone = CounterpartyType.history.filter(id=made.pk).latest()
    assert gone.history_type == "-"
    grants = Grant.history.filter(type=made.pk, history_type="-")
    assert {each.operation_id for each in grants} == {gone.operation_id}
    assert Characteristic.objects.filter(code="shelf").exists()


@pytest.mark.parametrize("act", ["get", "post"])
def test_the_six_kinds_are_not_deleted(desk, act):
    answer = getattr(desk, act)(f"{LIST}holding/delete/", {"confirmed": "1"})

    assert "is one of the six kinds, which are part of the system." in answer.content.decode()
    assert CounterpartyType.objects.filter(code="holding").exists()


def test_a_type_in_use_is_not_deleted_and_all_its_users_are_told(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)
    make_counterparty(types=[retail])
    make_counterparty(types=[retail], archived_at=timezone.now())

    answer = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 counterparties are of this type." in page
    assert 'href="/counterparties/?type=retail&amp;archived=all"' in page
    assert "1 subtype stands under it." in page
    assert 'action="/settings/types/retail/stop/"' in page


def test_a_type_of_earlier_combinations_is_stopped_not_deleted(desk, client_type):
    retail = make_type("retail", client_type)
    firm = make_counterparty(types=[retail])
    firm.type_set = make_counterparty(types=[client_type]).type_set
    firm.save()

    page = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"}).content.decode()

    assert "Counterparties were of this type once; their history needs it." in page
    assert CounterpartyType.objects.filter(code="retail").exists()
    assert not rows(desk)["retail"].may_go


def test_the_row_offers_deleting_only_where_it_is_possible(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)

    shown = rows(desk)

    assert (shown["client"].may_go, shown["retail"].may_go, shown["kiosk"].may_go) == (False, False, True)


def test_types_have_no_arrows(desk, client_type):
    make_type("retail", client_type)

    assert desk.post(f"{LIST}retail/up/").status_code == 404
