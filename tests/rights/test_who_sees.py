"""Who sees a counterparty, and why."""

import pytest
from django.contrib.auth.models import Group

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.domain import policy
from rights.domain.granting import grant
from rights.domain.seeing import who_sees
from rights.models import Grant
from tests.factories import make_counterparty


@pytest.fixture
def both(client_type, bank_type):
    return make_counterparty("Both", types=[client_type, bank_type])


def page(client, user, counterparty):
    client.force_login(user)
    return client.get(f"/counterparties/{counterparty.pk}/").content.decode()


def test_each_role_is_told_with_its_people_and_the_types_that_let_it(anna, boris, mila, both):
    seen = {each.role.name: each for each in who_sees(both, policy.for_user(anna))}

    assert sorted(seen) == ["Bookkeeping", "Managers", "Sales"]
    assert seen["Sales"].people == 2
    assert [each.code for each in seen["Sales"].types] == ["client"]
    assert [each.code for each in seen["Bookkeeping"].types] == ["client", "bank"]
    assert seen["Sales"].is_mine
    assert not seen["Bookkeeping"].is_mine


def test_people_who_left_are_not_counted(anna, mila, both):
    mila.is_active = False
    mila.save()

    [sales] = [each for each in who_sees(both, policy.for_user(anna)) if each.role.name == "Sales"]

    assert sales.people == 1


@pytest.mark.parametrize("right", [each.code for each in RIGHTS])
def test_it_agrees_with_the_policy_in_every_right(anna, boris, mila, both, right):
    for user in (anna, boris, mila):
        decision = policy.for_user(user)
        explained = decision.explain(right, both)
        seen = who_sees(both, decision)

        assert sorted(each.role.name for each in seen if right in each.rights) == explained.roles
        assert sorted(each.role.name for each in seen if right in each.rights and each.is_mine) == sorted(explained.by)


def test_a_right_without_view_lets_nobody_see(anna, both, client_type):
    Grant.objects.create(role=Group.objects.create(name="Blind"), type=client_type, right="edit")

    assert "Blind" not in {each.role.name for each in who_sees(both, policy.for_user(anna))}


def test_a_type_the_reader_may_not_view_is_not_named(client, anna, client_type, bank_type, both):
    grant(Group.objects.create(name="Treasury"), bank_type, {"view"})

    html = page(client, anna, both)

    assert "Treasury" in html
    assert "by another of its types" in html
    assert ">by Bank<" not in html


def test_the_reader_is_told_their_own_rights_and_from_where(client, mila, both):
    html = " ".join(page(client, mila, both).split())

    assert "Rights add up." in html
    assert "You: view, edit and export by Bookkeeping and Sales." in html
    assert "You: balance by Bookkeeping." in html
    assert "archive by" not in html


def test_an_administrator_is_told_why(client, admin, both):
    assert "You may everything, as an administrator." in page(client, admin, both)


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_it_costs_the_same_queries_however_many_roles_there_are(
    anna, both, client_type, how_many, django_assert_num_queries
):
    for number in range(how_many):
        grant(
            Group.objects.create(name=f"Role {number}"), CounterpartyType.objects.get(code="client"), {"view", "edit"}
        )
    decision = policy.for_user(anna)
    assert decision.visible_types(both)

    with django_assert_num_queries(3):
        who_sees(both, decision)


def test_a_right_that_only_the_roles_together_give_is_told_so(client, vera, client_type, bank_type, both):
    for type_ in (client_type, bank_type):
        grant(vera.groups.create(name=f"Keepers of {type_.code}"), type_, {"view", "archive"})

    html = " ".join(page(client, vera, both).split())

    assert "You: archive by your roles together." in html
