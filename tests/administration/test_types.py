"""Types and the characteristics on them, in Django admin."""

import pytest

from counterparties.models import CounterpartyType, TypeCharacteristic
from rights.models import Grant
from tests.administration.addresses import NO_TIES, TYPES
from tests.factories import make_characteristic, make_type


def test_a_subtype_gets_kind_and_rights_of_its_parent(implementer, client_type):
    answer = implementer.post(
        f"{TYPES}add/", {"code": "retail", "name": "Retail", "parent": client_type.pk, "position": "", **NO_TIES}
    )

    made = CounterpartyType.objects.get(code="retail")
    assert answer.status_code == 302
    assert (made.kind_code, made.position) == ("client", 0)
    held = set(Grant.objects.filter(type=made).values_list("role", "right"))
    assert held == set(Grant.objects.filter(type=client_type).values_list("role", "right")) != set()
    assert {grant.history.get().operation for grant in Grant.objects.filter(type=made)} == {
        made.history.get().operation
    }


def test_kinds_stand_under_their_names_and_narrow_the_list(implementer, office):
    page = implementer.get(f"{TYPES}?kind_code=state-organisation")

    assert [each.code for each in page.context["cl"].queryset] == ["state-organisation"]
    body = page.content.decode()
    assert '<td class="field-kind_name">State organisation</td>' in body
    assert ">state-organisation</a>" in body or "state-organisation</td>" in body  # its code has a column of its own
    assert 'title="Own company"' in body or ">Own company</a>" in body


def test_a_type_without_a_parent_is_not_made(implementer, client_type):
    answer = implementer.post(f"{TYPES}add/", {"code": "seventh", "name": "Seventh", "parent": "", **NO_TIES})

    assert answer.status_code == 200
    assert not CounterpartyType.objects.filter(code="seventh").exists()


@pytest.mark.parametrize("where", ["itself", "its own successor", "another kind", "nothing"])
def test_a_type_moves_only_where_it_may(implementer, client_type, supplier_type, where):
    retail = make_type("retail", client_type)
    shops = make_type("shops", retail)
    places = {"itself": retail.pk, "its own successor": shops.pk, "another kind": supplier_type.pk, "nothing": ""}

    answer = implementer.post(
        f"{TYPES}{retail.pk}/change/", {"name": "Retail", "parent": places[where], "seen": retail.version, **NO_TIES}
    )

    retail.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert (retail.parent, retail.kind_code) == (client_type, "client")


def test_a_type_moves_within_its_kind(implementer, client_type):
    retail, wholesale = make_type("retail", client_type), make_type("wholesale", client_type)

    implementer.post(
        f"{TYPES}{retail.pk}/change/", {"name": "Retail", "parent": wholesale.pk, "seen": retail.version, **NO_TIES}
    )

    retail.refresh_from_db()
    assert retail.parent == wholesale


def test_the_six_kinds_stay_on_top(implementer, client_type, supplier_type):
    implementer.post(
        f"{TYPES}{client_type.pk}/change/",
        {"name": "Customer", "parent": supplier_type.pk, "seen": client_type.version, **NO_TIES},
    )

    client_type.refresh_from_db()
    assert (client_type.parent, client_type.name) == (None, "Customer")


def test_characteristics_are_tied_to_a_type_in_its_page(implementer, client_type):
    motto = make_characteristic("motto")

    answer = implementer.post(
        f"{TYPES}{client_type.pk}/change/",
        {
            "name": "Client",
            "seen": client_type.version,
            "ties-TOTAL_FORMS": "1",
            "ties-INITIAL_FORMS": "0",
            "ties-0-characteristic": motto.pk,
            "ties-0-position": "1",
        },
    )

    assert answer.status_code == 302
    assert TypeCharacteristic.objects.get().history.get().operation.kind == "admin"


@pytest.mark.parametrize("many", [3, 40])
def test_what_its_page_asks_for_is_the_same_however_much_is_tied(
    implementer, client_type, django_assert_num_queries, many
):
    for number in range(many):
        make_characteristic(f"c{number}", "text", client_type)
    page = f"{TYPES}{client_type.pk}/change/"
    implementer.get(page)

    with django_assert_num_queries(7):
        shown = implementer.get(page).content.decode()

    assert shown.count("<select") == many + 2  # one row more for a new one, one to be copied
