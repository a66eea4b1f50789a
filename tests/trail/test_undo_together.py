"""Facts that mean something only beside each other go back together, and never leave a record at odds with itself."""

from datetime import date

from characteristics.models import Characteristic, Element
from counterparties.domain import keeping
from counterparties.models import Client, Contract, CounterpartyType, Membership, Status
from rights.domain import policy
from tests.characteristics.filled import say
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.trail.acts import act
from trail.domain.undoing.asked import Asked, asked
from trail.domain.undoing.whole import take_back
from trail.models import Operation


def undo(operation, user, *also):
    return take_back(operation, asked("", "", also) if also else Asked(), policy.for_user(user), by=user, digest=None)


def change(thing, by, **facts):
    def do():
        for name, said in facts.items():
            setattr(thing, name, said)
        thing.save()

    return act("card", by, do)


def limits():
    made = Characteristic.objects.get(code="size")
    return made.type_code, made.minimum, made.maximum, made.default, made.pattern, made.pattern_hint


def test_limits_that_were_moved_together_go_back_together_and_forth(admin, client_type):
    size = make_characteristic("size", "number", client_type, minimum="10", maximum="20", default="15")
    moved = change(size, admin, minimum="1", maximum="5", default="3")
    retyped = change(size, admin, type_code="text", minimum="", maximum="", default="ABC", pattern="[A-Z]+",
                     pattern_hint="Capitals.")  # fmt: skip

    undo(retyped, admin)
    first = limits()
    undo(Operation.objects.latest("pk"), admin)
    again = limits()
    undo(retyped, admin)
    undo(moved, admin)

    assert first == ("number", "1", "5", "3", "", "")
    assert again == ("text", "", "", "ABC", "[A-Z]+", "Capitals.")
    assert limits() == ("number", "10", "20", "15", "", "")


def test_a_limit_stays_where_another_one_was_set_since_that_it_contradicts(admin, client_type):
    size = make_characteristic("size", "number", client_type, minimum="10", maximum="20")
    moved = change(size, admin, minimum="1", maximum="5", name="Height")
    change(size, admin, maximum="7")

    outcome = undo(moved, admin)

    size.refresh_from_db()
    assert (size.minimum, size.maximum, size.name) == ("1", "7", "Size")
    assert dict(outcome.why_counts) == {"This is less than the least. Write a larger one, or leave one out.": 1}

    undo(moved, admin, f"characteristic-{size.pk}-maximum")
    size.refresh_from_db()
    assert (size.minimum, size.maximum) == ("10", "20")


def test_a_country_stays_while_a_number_of_it_stands_there(admin, client_type):
    one = make_counterparty("Danube", country="BG", registration_number="131071587")
    moved = change(one, admin, country="RO", registration_number="14399840", name="Dunarea")
    change(one, admin, registration_number="14186770")

    outcome = undo(moved, admin)
    one.refresh_from_db()
    half = (one.name, one.country, one.registration_number)
    (why,) = outcome.why_counts
    undo(moved, admin, "all")

    one.refresh_from_db()
    assert half == ("Danube", "RO", "14186770")
    assert why.startswith("“Company number” would not fit any more: ")
    assert [piece.names for piece in outcome.since] == [("registration_number",)]
    assert (one.country, one.registration_number) == ("BG", "131071587")


def test_a_category_stays_while_another_one_under_it_was_chosen_since(admin, client_type):
    parents = list(Element.objects.filter(nomenclature__code="client-category", parent=None)[:2])
    low, high, higher = (
        Element.objects.create(nomenclature=above.nomenclature, parent=above, code=code, name=code, position=90)
        for above, code in zip([parents[0], parents[1], parents[1]], ("low", "high", "higher"), strict=True)
    )
    danube = make_counterparty("Danube")
    client = Client.objects.create(counterparty=danube, category=parents[0], subcategory=low, tax_name="GST")
    moved = change(client, admin, category=parents[1], subcategory=high, tax_name="VAT")
    client.subcategory = higher
    keeping.keep(danube, {}, None, {}, by=admin, seen=danube.version, client={"subcategory": higher})

    undo(moved, admin)

    client = Client.objects.get()
    assert (client.category, client.subcategory, client.tax_name) == (parents[1], higher, "GST")


def test_days_and_money_of_a_contract_stay_in_order(admin, client_type):
    made = Contract.objects.create(
        counterparty=make_counterparty("Danube"), number="1", starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 1)
    )
    moved = change(made, admin, starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1), amount=5, currency="EUR")
    change(made, admin, ends_on=date(2020, 3, 1), amount=6)

    undo(moved, admin)

    made.refresh_from_db()
    assert (made.starts_on, made.ends_on) == (date(2020, 1, 1), date(2020, 3, 1))
    assert (made.amount, made.currency) == (6, "EUR")


def test_a_membership_goes_back_with_both_its_days(admin, client_type):
    holding = make_counterparty("Alfa", [CounterpartyType.objects.get(code="holding")])
    made = Membership.objects.create(
        holding=holding, member=make_counterparty("Bravo"), since=date(2020, 1, 1), until=date(2021, 1, 1)
    )
    moved = change(made, admin, since=date(2010, 1, 1), until=date(2011, 1, 1))

    undo(moved, admin)

    made.refresh_from_db()
    assert (made.since, made.until) == (date(2020, 1, 1), date(2021, 1, 1))


def test_a_tree_that_came_at_once_goes_at_once(admin):
    made = make_nomenclature("grade")

    def branch():
        above = Element.objects.create(nomenclature=made, code="a", name="A", position=1)
        Element.objects.create(nomenclature=made, code="b", name="B", position=2, parent=above)

    grown = act("settings", admin, branch)
    undo(grown, admin)
    left = list(made.elements.values_list("code", flat=True))
    undo(Operation.objects.latest("pk"), admin)

    assert left == []
    assert list(made.elements.values_list("code", "parent__code")) == [("a", None), ("b", "a")]


def test_what_stands_below_something_that_stays_stays_with_it(admin, client_type):
    made = make_nomenclature("grade")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=made)

    def branch():
        above = Element.objects.create(nomenclature=made, code="a", name="A", position=1)
        Element.objects.create(nomenclature=made, code="b", name="B", position=2, parent=above)

    grown = act("settings", admin, branch)
    say(make_counterparty("Danube"), grade, made.elements.get(code="b"))

    undo(grown, admin)

    assert list(made.elements.values_list("code", flat=True)) == ["a", "b"]


def test_new_counterparties_never_begin_as_something_stopped(admin):
    active, on_hold = Status.objects.get(code="active"), Status.objects.get(code="on-hold")

    def other_default():
        for each, said in ((active, False), (on_hold, True)):
            each.is_default = said
            each.save()

    changed = act("settings", admin, other_default)
    stopped = change(active, admin, stopped_at="2026-01-01T00:00:00Z")

    refused = undo(changed, admin)
    undo(stopped, admin)
    begins = Status.objects.get(is_default=True)
    undo(changed, admin)

    assert dict(refused.why_counts) == {"“Active” is stopped: nobody is given it any more.": 2}
    assert begins == on_hold
    assert Status.objects.get(is_default=True) == active
    undo(Operation.objects.filter(undoes=stopped).get(), admin)
    assert not Status.objects.get(is_default=True).is_stopped
