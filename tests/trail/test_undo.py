"""Taking back: one fact, one record, a whole operation; what was changed since stays."""

from counterparties.domain import keeping
from counterparties.models import Counterparty, Value
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty
from trail.domain.undoing.asked import Asked, asked
from trail.domain.undoing.whole import foresee, take_back
from trail.models import Operation


def latest() -> Operation:
    return Operation.objects.latest("pk")


def undo(op, user, what=None, digest=None):
    return take_back(op, what or Asked(), policy.for_user(user), by=user, digest=digest)


def said(one, characteristic):
    return list(Value.objects.filter(counterparty=one, characteristic=characteristic).values_list("text", flat=True))


def test_a_card_saved_is_taken_back_and_taken_back_again(anna, client_type):
    motto = make_characteristic("motto", "text", client_type)
    one = make_counterparty("Old", email="old@example.com")
    keeping.keep(one, {"name": "New", "email": "new@example.com"}, [client_type], {motto: "Hello"}, by=anna, seen=1)
    saved = latest()

    outcome = undo(saved, anna)

    one.refresh_from_db()
    undone = latest()
    assert (one.name, one.email, said(one, motto), one.version) == ("Old", "old@example.com", [], 3)
    assert (outcome.chosen, outcome.owners, outcome.operation) == (3, 1, undone.pk)
    assert (undone.kind, undone.undoes, undone.user) == ("undo", saved, anna)
    assert Counterparty.objects.filter(search__words="old").get() == one

    undo(undone, anna)

    one.refresh_from_db()
    assert (one.name, one.email, said(one, motto)) == ("New", "new@example.com", ["Hello"])


def test_what_was_changed_since_stays_unless_it_is_ticked(anna, mila, client_type):
    one = make_counterparty("Old", email="old@example.com")
    keeping.keep(one, {"name": "New", "email": "new@example.com"}, [client_type], {}, by=anna, seen=1)
    saved = latest()
    keeping.keep(one, {"name": "Newer"}, [client_type], {}, by=mila, seen=2)
    key = f"counterparty-{one.pk}-name"

    outcome = foresee(saved, Asked(), policy.for_user(anna))
    assert [piece.key for piece in outcome.since] == [key]
    undo(saved, anna)
    one.refresh_from_db()
    assert (one.name, one.email) == ("Newer", "old@example.com")

    undo(saved, anna, asked("", "", [key]))
    one.refresh_from_db()
    assert one.name == "Old"


def test_what_came_without_history_is_not_guessed(anna, client_type):
    motto = make_characteristic("motto", "text", client_type)
    one = make_counterparty("Old")
    Value.objects.bulk_create([Value(counterparty=one, characteristic=motto, text="Before")])
    keeping.keep(one, {}, [client_type], {motto: "After"}, by=anna, seen=1)

    outcome = undo(latest(), anna)

    assert (dict(outcome.why_counts), said(one, motto)) == ({"What it was before is not recorded.": 1}, ["After"])
