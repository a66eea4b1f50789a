"""Rights that are copied to the subtypes."""

from django.contrib.auth.models import Group

from rights.models import Grant
from tests.factories import make_type
from tests.rights.matrices import CLIENTS, confirm, held, read
from trail.models import Operation


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
