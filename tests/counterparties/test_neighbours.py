"""Previous and next through the list the reader came from."""

import re
from urllib.parse import quote, urlencode

import pytest
from django.utils import timezone

from characteristics.domain import values
from tests.factories import make_characteristic, make_counterparty


@pytest.fixture
def alphabet(office):
    return {name: make_counterparty(name) for name in "ACEB"}


def page(client, user, counterparty, came_from="", **asked):
    client.force_login(user)
    headers = {"Referer": f"http://testserver{came_from}"} if came_from else {}
    query = f"?{urlencode(asked)}" if asked else ""
    return client.get(f"/counterparties/{counterparty.pk}/{query}", headers=headers).content.decode()


def steps(html):
    """Ids of the previous and the next one, as far as they are offered."""
    return {
        rel: int(pk) for pk, rel in re.findall(r'href="/counterparties/(\d+)/\?list=[^"]*" rel="(prev|next)"', html)
    }


def test_neighbours_are_those_of_the_list_the_reader_came_from(client, anna, alphabet):
    html = page(client, anna, alphabet["B"], "/counterparties/")

    assert steps(html) == {"prev": alphabet["A"].pk, "next": alphabet["C"].pk}


def test_the_first_has_no_previous_and_the_last_no_next(client, anna, alphabet):
    assert steps(page(client, anna, alphabet["A"], "/clients/")) == {"next": alphabet["B"].pk}
    assert steps(page(client, anna, alphabet["E"], "/clients/")) == {"prev": alphabet["C"].pk}


def test_the_lists_order_and_filters_are_kept(client, anna, alphabet):
    alphabet["C"].country = "RO"
    alphabet["C"].save()

    turned = page(client, anna, alphabet["B"], "/counterparties/?sort=-name")
    narrowed = page(client, anna, alphabet["C"], "/counterparties/?country=RO")

    assert steps(turned) == {"prev": alphabet["C"].pk, "next": alphabet["A"].pk}
    assert steps(narrowed) == {}
    assert 'href="/counterparties/?country=RO"' in narrowed


def test_one_walks_on_over_those_without_a_value(client, anna, alphabet, client_type):
    size = make_characteristic("size", "number", client_type)
    values.save(alphabet["E"], {size: 1})

    html = page(client, anna, alphabet["E"], "/counterparties/?sort=c-size")

    assert steps(html) == {"next": alphabet["A"].pk}


def test_the_walk_goes_on_from_step_to_step_and_from_tab_to_tab(client, anna, alphabet):
    html = page(client, anna, alphabet["B"], list="/clients/?status=active")

    assert steps(html) == {"prev": alphabet["A"].pk, "next": alphabet["C"].pk}
    assert f"/history/?list={quote('/clients/?status=active', safe='')}" in html


def test_what_is_not_in_the_list_for_this_reader_is_no_neighbour(client, anna, alphabet, bank_type):
    make_counterparty("D as a bank", types=[bank_type])
    make_counterparty("D of old", archived_at=timezone.now())

    html = page(client, anna, alphabet["C"], "/counterparties/")

    assert steps(html) == {"prev": alphabet["B"].pk, "next": alphabet["E"].pk}


def test_a_page_that_is_no_list_leads_nowhere(client, anna, alphabet):
    for address in (
        "/",
        "/profile/",
        "//evil.example/counterparties/",
        "https://evil.example/clients/",
        "/clients",
        "x" * 9000,
    ):
        assert 'rel="next"' not in page(client, anna, alphabet["B"], list=address)
    assert 'rel="next"' not in page(client, anna, alphabet["B"])


def test_a_list_on_another_host_is_not_followed(client, anna, alphabet):
    client.force_login(anna)

    html = client.get(
        f"/counterparties/{alphabet['B'].pk}/", headers={"Referer": "http://evil.example/clients/"}
    ).content.decode()

    assert steps(html) == {}


@pytest.mark.parametrize("query", ["sort=nonsense", "after=zzz", "type=%00", "c-x_min=9e99", "q=" + "x" * 3000])
def test_a_list_that_asks_nonsense_still_shows_the_dossier(client, anna, alphabet, query):
    assert "Shared facts" in page(client, anna, alphabet["B"], list=f"/counterparties/?{query}")
