"""The crumbs over the pages of one counterparty: one way, wherever one stands on it."""

import re

import pytest

from rights.models import Grant
from tests.factories import make_counterparty

FURTHER = ["edit/", "archive/", "as-of/", "contacts/new/", "contracts/new/", "projects/new/"]


@pytest.fixture
def danube(client_type, supplier_type):
    return make_counterparty("Danube Agro", [client_type, supplier_type], code="C-1")


def crumbs(client, address):
    """(words, where they lead) of each."""
    place = re.search(r'<nav class="crumbs".*?</nav>', client.get(address).content.decode()).group()
    return [(words, url) for url, words in re.findall(r'<li><(?:a href="([^"]*)"|span[^>]*)>([^<]*)<', place)]


def test_the_way_to_a_dossier_is_the_list_of_its_kind_and_its_code(client, boris, danube):
    client.force_login(boris)

    assert crumbs(client, danube.get_absolute_url()) == [("Clients", "/clients/"), ("C-1", "")]


@pytest.mark.parametrize("further", FURTHER)
def test_the_way_further_begins_there_too_and_leads_back_by_the_name(client, admin, danube, further):
    client.force_login(admin)
    url = danube.get_absolute_url()

    first, itself, *_between, last = crumbs(client, f"{url}{further}")

    assert first == ("Clients", "/clients/")
    assert (itself[0], itself[1].partition("?")[0]) == ("Danube Agro", url)
    assert last[1] == ""


@pytest.mark.parametrize("further", ["", "as-of/"])
def test_the_way_leads_through_a_list_that_the_reader_may_view(client, boris, danube, client_type, further):
    Grant.objects.filter(type=client_type).delete()
    client.force_login(boris)

    assert crumbs(client, f"{danube.get_absolute_url()}{further}")[0] == ("Suppliers", "/suppliers/")
