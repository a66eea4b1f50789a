"""Operations among many that somebody may not see: none is told of, and none of their own is missed."""

import re

import pytest

from characteristics.domain import values
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Contact, Counterparty, SavedView, Status, Value
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty
from tests.trail.acts import act, listed, rename, retype
from trail.domain import gathered, in_bulk
from trail.domain.operations import operation
from trail.models import Operation
from trail.pages import known, operation_list, worth_asking
from trail.pages.known import Knowing
from trail.pages.whom import whom


def test_operations_are_found_behind_many_that_are_hidden(client, anna, bank_type, client_type, monkeypatch):
    """Of a counterparty that is seen, but of what is not: those alone have to be looked through one by one."""
    monkeypatch.setattr(operation_list, "BATCH", 3)
    danube, both = make_counterparty("Danube Agro"), make_counterparty("Both", types=[client_type, bank_type])
    swift = make_characteristic("swift", "text", bank_type, name="SWIFT")
    wanted = act("card", None, rename(danube, "Dunav"))
    for number in range(8):
        act("card", None, lambda: values.save(both, {swift: f"Hidden {number}"}))  # noqa: B023 -- called at once

    assert listed(client, anna, "?kind=card")[0] == [wanted.pk]
    monkeypatch.setattr(operation_list, "LOOKED_THROUGH", 6)
    found, page = listed(client, anna, "?kind=card")
    assert found == []
    assert "6 operations were looked through for those you may see." in page


def test_operations_of_hidden_types_alone_are_not_even_asked_about(client, anna, bank_type, client_type, monkeypatch):
    monkeypatch.setattr(operation_list, "BATCH", 1)
    monkeypatch.setattr(operation_list, "LOOKED_THROUGH", 1)
    danube, bank = make_counterparty("Danube Agro"), make_counterparty("Bank", types=[bank_type])
    wanted = act("card", None, rename(danube, "Dunav"))
    for number in range(3):
        act("card", None, rename(bank, f"Bank {number}"))

    assert listed(client, anna, "?kind=card")[0] == [wanted.pk]


@pytest.mark.parametrize("named", [-1, 2_000])
@pytest.mark.parametrize("few", [-1, 2_000])
def test_whoever_sees_few_and_whoever_sees_many_are_told_the_same(
    admin, anna, boris, vera, ivo, client_type, bank_type, monkeypatch, few, named
):
    monkeypatch.setattr(policy, "FEW", few)
    monkeypatch.setattr(worth_asking, "FEW", named)
    firm, bank = make_counterparty("Firm"), make_counterparty("Bank", types=[bank_type])
    both = make_counterparty("Both", types=[client_type, bank_type])
    motto = make_characteristic("motto", "text", bank_type, name="Motto")
    was_a_client, became_one = make_counterparty("Was one"), make_counterparty("Is one", types=[bank_type])
    acts = {
        "of a client": act("card", None, rename(firm, "Firm two")),
        "of a bank": act("card", None, rename(bank, "Bank two")),
        "of the bank in it": act("card", None, lambda: values.save(both, {motto: "Bread"})),
        "of its contact": act("card", None, lambda: Contact.objects.create(counterparty=both, name="Stefka")),
        "of the settings": act("settings", None, lambda: Status.objects.create(code="new", name="New")),
        "of who was a client": act("card", None, rename(was_a_client, "Was one once")),
        "of who became one": act("card", None, rename(became_one, "Is one now")),
        "that nobody wrote": act("view", vera, lambda: SavedView.objects.create(user=anna, path="/", name="Mine")),
    }
    with operation("bulk", by=None):
        retype(was_a_client, bank_type)
        retype(became_one, client_type)

    told = {}
    for user in (admin, anna, boris, vera, ivo):
        knowing = Knowing(policy.for_user(user))
        those = knowing.known(acts.values())
        counts = knowing.counted([each.pk for each in acts.values()], most=10)
        told[user.username] = {name for name, each in acts.items() if each.pk in those}
        seen = {name for name, each in acts.items() if counts[each.pk]}
        assert seen == told[user.username] - ({"that nobody wrote"} if user == vera else set())
        worth = set(Operation.objects.filter(worth_asking.worth_asking(knowing)).values_list("pk", flat=True))
        assert knowing.known(Operation.objects.all()) <= worth
        assert user in (admin, boris) or acts["of a bank"].pk not in worth

    assert told == {
        "admin": set(acts),
        "anna": {"of a client", "of its contact", "of who became one", "that nobody wrote"},
        "boris": set(acts) - {"of the settings", "that nobody wrote"},
        "vera": {"that nobody wrote"},
        "ivo": {"of the settings"},
    }


@pytest.mark.parametrize("looked_up", [0, 25])
def test_what_is_gathered_of_few_is_what_each_operation_answers(
    anna, boris, vera, client_type, bank_type, monkeypatch, looked_up, django_assert_num_queries
):
    monkeypatch.setattr(gathered, "LOOKED_UP", looked_up)
    firms = [make_counterparty(f"Firm {number}") for number in range(3)]
    both, was_a_client = make_counterparty("Both", types=[client_type, bank_type]), make_counterparty("Was a client")
    motto = make_characteristic("motto", "text", bank_type, name="Motto")

    def of_many():
        rename(firms[2], "Firm of another name")()
        values.save(both, {motto: "Bread"})
        Contact.objects.create(counterparty=firms[0], name="Stefka").delete()

    acts = [
        act("card", None, rename(firms[0], "Firm zero")),
        act("card", vera, rename(both, "Both two")),
        act("bulk", None, of_many),
        act("card", None, rename(was_a_client, "Was one once")),
        act("settings", None, lambda: Status.objects.create(code="new", name="New")),
    ]
    retype(was_a_client, bank_type)

    def told(user, few):
        monkeypatch.setattr(policy, "FEW", few)
        knowing = Knowing(policy.for_user(user))
        counts = knowing.counted([each.pk for each in acts], most=1_000)
        return knowing.known(acts), counts, whom(knowing, counts)

    assert [told(user, 2_000) for user in (anna, boris, vera)] == [told(user, -1) for user in (anna, boris, vera)]
    known, counts, names = told(anna, 2_000)
    assert [counts[each.pk].get(Counterparty, 0) for each in acts] == [1, 1, 1, 0, 0]
    assert (counts[acts[2].pk][Contact], Value in counts[acts[2].pk]) == (1, False)
    assert (names[acts[2].pk].name, names[acts[2].pk].has_others) == ("Firm of another name", True)
    assert known == {each.pk for each in acts[:3]}
    knowing = Knowing(policy.for_user(anna))
    knowing.known(acts)
    with django_assert_num_queries(0):
        knowing.counted([each.pk for each in acts], most=1_000)


@pytest.mark.parametrize("few", [-1, 2_000])
def test_one_record_behind_two_thousand_hidden_ones_is_enough(client, anna, client_type, bank_type, monkeypatch, few):
    monkeypatch.setattr(policy, "FEW", few)
    banks, firms = type_set_of([bank_type]), type_set_of([client_type])

    def change():
        in_bulk.add([unsaved(number, banks) for number in range(2_001)])
        in_bulk.add([unsaved(2_001, firms)])

    imported = act("import", None, change)

    assert listed(client, anna, "?kind=import")[0] == [imported.pk]
    assert "1 counterparty" in listed(client, anna, "?kind=import")[1]


def unsaved(number, type_set):
    return Counterparty(code=f"B{number}", code_key=f"b{number}", name=f"Bulk {number}", type_set=type_set)


@pytest.mark.parametrize(("told", "found"), [(True, 1), (False, 0)])
def test_one_change_that_tells_something_behind_many_that_do_not_is_enough(
    client, anna, client_type, bank_type, supplier_type, monkeypatch, told, found
):
    """Anna is not told that a client became a bank too."""
    monkeypatch.setattr(known, "READ", 2)
    those = [make_counterparty(f"Firm {number}") for number in range(5)]

    def change():
        for each in those:
            retype(each, client_type, bank_type)
        if told:
            rename(those[-1], "Firm of another name")()

    act("bulk", None, change)

    assert len(listed(client, anna, "?kind=bulk")[0]) == found


def test_a_page_that_took_long_goes_on_where_it_stopped_looking(client, anna, bank_type, client_type, monkeypatch):
    monkeypatch.setattr(operation_list, "BATCH", 3)
    monkeypatch.setattr(operation_list, "SECONDS", -1)
    danube, bank = make_counterparty("Danube Agro"), make_counterparty("Bank", types=[bank_type])
    wanted = []
    for number in range(3):
        wanted.insert(0, act("card", None, rename(danube, f"Name {number}")).pk)
        act("card", None, rename(bank, f"Bank {number}"))

    found, address, pages = [], "?kind=card", 0
    while address and (pages := pages + 1) < 9:
        here, page = listed(client, anna, address)
        found += here
        further = re.search(r'rel="next" href="/operations/(\?[^"]+)"', page)
        address = further and further[1].replace("&amp;", "&")

    assert found == wanted
    assert "There are no further operations that you may see." in page
