"""The register shows, counts, filters, sorts and exports what its reader may view, and nothing else."""

import pytest

from characteristics.domain import values
from counterparties.models import Project
from rights.domain.granting import grant, revoke
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.shown import names, notes


@pytest.fixture
def people(client_type, supplier_type, bank_type):
    """A client, a supplier that is a bank too, and a bank."""
    return (
        make_counterparty("Client", [client_type]),
        make_counterparty("Both", [supplier_type, bank_type]),
        make_counterparty("Secret bank", [bank_type]),
    )


def test_what_may_not_be_viewed_is_absent_and_not_counted(ask, anna, people):
    shown = ask(anna)

    assert names(shown) == ["Both", "Client"]
    assert shown.context["listing"].count == 2
    assert "Secret" not in shown.content.decode()
    assert names(ask(anna, "q=secret")) == []


def test_names_of_types_one_may_not_view_are_not_shown(ask, anna, people):
    page = ask(anna, "q=both").content.decode()

    assert '<span><span class="type">Supplier</span></span>' in page


def hidden_word(asked):
    """The word of a question that must not be known: the code or the key."""
    name, value = asked.split("=")
    return name if name.startswith("c-") else value


@pytest.mark.parametrize(
    ("hidden", "nonsense"),
    [
        ("type=bank", "type=xank"),
        ("c-quality=x", "c-xuality=x"),
        ("c-stars_min=1", "c-xtars_min=1"),
        ("sort=c-quality", "sort=c-xuality"),
        ("columns=c-quality", "columns=c-xuality"),
    ],
)
def test_what_is_hidden_answers_exactly_like_nonsense(ask, anna, people, bank_type, hidden, nonsense):
    quality = make_characteristic("quality", "text", bank_type)
    make_characteristic("stars", "number", bank_type)
    values.save(people[1], {quality: "x"})

    first, second = ask(anna, hidden), ask(anna, nonsense)

    assert names(first) == names(second) == ["Both", "Client"]
    (told,), (of_nonsense,) = notes(first), notes(second)
    assert told.replace(hidden_word(hidden), hidden_word(nonsense)) == of_nonsense


@pytest.fixture
def shared(client_type, bank_type):
    """A characteristic of clients and of banks, said by a client and by a supplier that is a bank."""
    return make_characteristic("size", "text", client_type, bank_type, in_list=True)


def test_a_characteristic_counts_only_where_a_visible_type_carries_it(ask, anna, people, shared):
    values.save(people[0], {shared: "mmm"})
    values.save(people[1], {shared: "aaa"})

    shown = ask(anna, "sort=c-size")

    # Both carries it as a bank only, and Anna does not see banks: nothing is said there for her.
    assert names(shown) == ["Client", "Both"]
    assert "aaa" not in shown.content.decode()
    assert names(ask(anna, "c-size=aaa")) == []
    assert names(ask(anna, "c-size=mmm")) == ["Client"]


def test_a_superuser_does_not_see_what_no_type_carries_any_more(ask, admin, people, shared):
    values.save(people[0], {shared: "mmm"})
    shared.ties.all()[0].delete()

    assert "mmm" not in ask(admin, "columns=c-size").content.decode()


def test_a_revoked_right_acts_on_the_next_page(ask, anna, people, supplier_type):
    assert names(ask(anna)) == ["Both", "Client"]

    revoke(anna.groups.get(), supplier_type, ["view"])

    assert names(ask(anna)) == ["Client"]


def test_a_subtype_is_listed_only_with_its_own_right(ask, anna, client_type):
    retail = make_type("retail", client_type)
    make_counterparty("Shop", [retail])

    assert names(ask(anna, "type=client")) == []

    grant(anna.groups.get(), retail, ["view"])

    assert names(ask(anna, "type=client")) == ["Shop"]
    assert names(ask(anna, path="/clients/")) == ["Shop"]


def test_a_project_of_somebody_hidden_is_as_good_as_none(ask, anna, people):
    project = Project(counterparty=people[2], name="Vault")
    project.save()

    shown = ask(anna, f"project={project.pk}&filters=open", "/clients/")

    assert notes(shown) == [f"Project: there is no “{project.pk}”, so that was left out."]
    assert "Vault" not in shown.content.decode()


def test_only_who_may_add_is_offered_to(ask, anna, boris, people):
    assert 'href="/counterparties/new/?type=client"' in ask(anna, path="/clients/").content.decode()
    assert "/counterparties/new/" not in ask(anna, path="/suppliers/").content.decode()
    assert "/counterparties/new/" not in ask(boris).content.decode()


def test_only_who_may_export_is_offered_a_sheet(ask, anna, people, client_type, supplier_type):
    assert "sheet.xlsx" in ask(anna).content.decode()
    assert "A sheet of this list leaves 1 counterparty out" in ask(anna).content.decode()

    revoke(anna.groups.get(), client_type, ["export"])

    assert "sheet.xlsx" not in ask(anna).content.decode()


def test_the_register_asks_who_is_there_first(client, office):
    shown = client.get("/counterparties/")

    assert shown.status_code == 302
    assert shown["Location"].startswith("/login/?next=")
