"""For which acts a reason is required, and that none of them is done without one."""

from django.contrib.auth.models import Group

from tests.factories import make_counterparty
from tests.rights.matrices import read
from trail.domain import reasons
from trail.kinds import ACTS
from trail.models import Operation, ReasonRule

PAGE, RIGHTS = "/settings/reasons/", "/settings/types/client/rights/"


def tick(desk, *kinds, shown=()):
    return desk.post(PAGE, {"required": kinds, "shown": shown})


def acts(desk, danube):
    """Sort of act → where it is done, and what is sent to do it, but for the reason; in an order that works."""
    sales = Group.objects.get(name="Sales")
    here = f"/counterparties/{danube.pk}/"
    danube.refresh_from_db()
    card = {"types": ["client"], "name": "Dunav", "country": "BG", "status": "active", "version": danube.version}
    yield "card", f"{here}edit/", card
    yield "archive", f"{here}archive/", {}
    yield "restore", f"{here}restore/", {}
    yield "bulk", f"/counterparties/bulk/?row={danube.pk}", {"change": "status", "status": "on-hold", "confirmed": "1"}
    matrix = read(desk, RIGHTS).tick(f"grant-{sales.pk}-balance").sent
    yield "rights", RIGHTS, {**matrix, "confirmed": "1", "reason": ""}


def test_what_must_say_why_is_done_with_a_reason_alone(client, admin, client_type):
    danube = make_counterparty("Danube Agro")
    client.force_login(admin)
    tick(client, *(each.code for each in ACTS if each.says_why))

    for kind, address, sent in acts(client, danube):
        before = Operation.objects.latest("pk")

        refused = client.post(address, sent)
        blank = client.post(address, {**sent, "reason": " \t"})

        assert (kind, refused.status_code, blank.status_code) == (kind, 422, 422)
        assert "Say why: this office wants a reason for it in the history." in refused.content.decode()
        assert Operation.objects.latest("pk") == before

        done = client.post(address, {**sent, "reason": "Told on the phone"})

        newest = Operation.objects.latest("pk")
        assert (done.status_code, newest.kind, newest.reason) == (303, kind, "Told on the phone")


def test_without_a_rule_a_reason_may_be_left_out(client, admin, client_type):
    danube = make_counterparty("Danube Agro")
    client.force_login(admin)

    done = [client.post(address, sent).status_code for _kind, address, sent in acts(client, danube)]

    assert done == [303] * 5


def test_two_managers_tick_at_once_and_both_are_heard(client, ivo):
    client.force_login(ivo)

    tick(client, "card")
    tick(client, "bulk")
    tick(client, shown=["card"])
    tick(client, "nonsense", "settings")

    assert reasons.required() == {"bulk"}
    newest = ReasonRule.history.first()
    assert (newest.kind, newest.is_required, newest.operation.kind, newest.operation.user) == (
        "card",
        False,
        "settings",
        ivo,
    )
    assert "a change of many counterparties at once" in client.get(PAGE).content.decode()
