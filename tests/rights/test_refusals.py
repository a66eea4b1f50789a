"""An act without the right: the reader stays in the office, and learns what is missing and who has it."""

import pytest

from tests.factories import make_counterparty


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def test_a_refusal_stands_in_the_office_and_leads_back_to_the_counterparty(desk, supplier_type):
    supplier = make_counterparty("Danube Agro", [supplier_type])

    answer = desk.get(f"/counterparties/{supplier.pk}/edit/")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You would need the right “Edit” for Danube Agro." in page
    assert f'<a class="btn btn-primary" href="/counterparties/{supplier.pk}/">Back to Danube Agro</a>' in page
    assert 'role="search"' in page
    assert '<a href="/clients/">' in page


def test_a_name_that_ends_with_a_dot_ends_the_sentence_with_it(desk, supplier_type):
    supplier = make_counterparty("Danube Ltd.", [supplier_type])

    page = desk.get(f"/counterparties/{supplier.pk}/edit/").content.decode()

    assert "for Danube Ltd.</p>" in page
    assert ">Back to Danube Ltd.</a>" in page


def test_a_refusal_names_the_roles_and_no_number_of_a_failure(desk, supplier_type):
    supplier = make_counterparty("Danube Agro", [supplier_type])

    answer = desk.get(f"/counterparties/{supplier.pk}/edit/")

    page = answer.content.decode()
    assert "<li>Managers</li>" in page
    assert answer.headers["X-Request-ID"] not in page


def test_a_right_that_every_type_must_grant_says_so_where_there_are_several(desk, client_type, supplier_type):
    both = make_counterparty("Both", [client_type, supplier_type])
    supplier = make_counterparty("Supplier", [supplier_type])

    pages = [desk.get(f"/counterparties/{each.pk}/archive/").content.decode() for each in (both, supplier)]

    assert ["each of them has to grant this right" in page for page in pages] == [True, False]


def test_a_refusal_does_not_betray_a_type_the_reader_may_not_view(desk, client_type, bank_type):
    both = make_counterparty("Both", [client_type, bank_type])

    page = desk.get(f"/counterparties/{both.pk}/archive/").content.decode()

    assert "You would need the right “Archive” for Both." in page
    assert "each of them" not in page
    assert ">Bank<" not in page


def test_a_right_on_nothing_in_particular_leads_to_the_first_page(desk, boris):
    desk.force_login(boris)

    page = desk.get("/counterparties/new/").content.decode()

    assert "You would need the right “Add”." in page
    assert '<a class="btn btn-primary" href="/">Go to the first page</a>' in page
