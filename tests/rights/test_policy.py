"""Rule 1 of the product: rights with several types."""

import pytest

from counterparties.models import Counterparty
from rights.domain import policy
from rights.domain.granting import grant, revoke
from rights.models import Grant
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_type


def test_view_needs_one_of_the_types(anna, client_type, bank_type):
    both = make_counterparty("Both", [client_type, bank_type])
    bank = make_counterparty("Bank", [bank_type])

    seen = policy.counterparties(anna)

    assert list(seen) == [both]
    assert not policy.may(anna, "view", bank)


def test_archive_and_add_need_every_type(anna, client_type, supplier_type):
    client = make_counterparty("Client", [client_type])
    both = make_counterparty("Both", [client_type, supplier_type])

    decision = policy.for_user(anna)

    assert decision.may("archive", client)
    assert not decision.may("archive", both)
    assert decision.may("edit", both)
    assert not decision.may("add", [client_type, supplier_type])
    assert list(decision.counterparties("archive")) == [client]


def test_rights_add_up_over_roles(mila, supplier_type):
    supplier = make_counterparty("Supplier", [supplier_type])

    decision = policy.for_user(mila)

    assert decision.may("edit", supplier)
    assert decision.may("balance", supplier)


def test_a_right_without_view_is_worth_nothing(anna, client_type):
    Grant.objects.filter(role__name="Sales", type=client_type, right="view").delete()

    assert not policy.may(anna, "edit", client_type)


def test_rights_are_asked_of_the_types_carried_never_of_their_ancestors(anna, client_type):
    retail = make_type("retail", client_type)
    shop = make_counterparty("Shop", [retail])

    assert not policy.may(anna, "view", shop)


def test_a_change_of_rights_acts_on_the_next_decision(anna, client_type, bank_type):
    bank = make_counterparty("Bank", [bank_type])
    role = anna.groups.get()

    grant(role, bank_type, ["edit"])
    assert policy.may(anna, "edit", bank)

    revoke(role, bank_type, ["view"])
    assert not policy.may(anna, "edit", bank)


def test_a_characteristic_is_covered_where_a_type_that_carries_it_grants_the_right(anna, client_type, supplier_type):
    supplier_only = make_characteristic("quality", "text", supplier_type)
    client_only = make_characteristic("segment", "text", client_type)
    both = make_counterparty("Both", [client_type, supplier_type])

    decision = policy.for_user(anna)

    def covered(right, *types):
        return [each.characteristic for each in decision.characteristics(right, types or None)]

    assert covered("view", *both.types) == [client_only, supplier_only]
    assert covered("edit", *both.types) == covered("edit") == [client_only]
    assert covered("edit", supplier_type) == []


def test_a_disabled_user_may_nothing(admin, anna, client_type):
    User.objects.update(is_active=False)
    for user in User.objects.all():
        assert not policy.may(user, "view", client_type)


def test_the_explanation_names_roles_and_types(anna, client_type, supplier_type):
    supplier = make_counterparty("Supplier", [supplier_type])

    told = policy.explain(anna, "edit", supplier)

    assert not told.allowed
    assert told.roles == ["Bookkeeping", "Managers"]
    assert told.by == {}
    assert policy.explain(anna, "view", supplier).by == {"Sales": [supplier_type]}


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_scoping_costs_the_same_number_of_queries(anna, client_type, how_many, django_assert_num_queries):
    for _each in range(how_many):
        make_counterparty(types=[client_type])

    with django_assert_num_queries(3):
        assert len(policy.counterparties(anna)) == how_many


def test_the_superuser_needs_no_narrowing(admin, client_type):
    make_counterparty()

    assert policy.counterparties(admin).query.where.children == []
    assert Counterparty.objects.count() == 1
