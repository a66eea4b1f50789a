"""The register by country: in the reader's language, and of countries that the list shows."""

import pytest
from django.utils import timezone

from counterparties.models import Counterparty
from desk.databases.stepping import each_once
from rights.domain import policy
from tests.factories import make_counterparty
from tests.shown import names


@pytest.fixture
def people(client_type, supplier_type, bank_type):
    """Clients and suppliers of three countries and of none, an archived one and a bank of others."""
    make_counterparty("Rila", [client_type], country="BG")
    make_counterparty("Pirin", [supplier_type], country="BG")
    make_counterparty("Elbe", [client_type], country="DE")
    make_counterparty("Ararat", [client_type], country="AM")
    make_counterparty("Nowhere", [client_type])
    make_counterparty("Gone", [client_type], country="RU", archived_at=timezone.now())
    make_counterparty("Secret bank", [bank_type], country="GB")


@pytest.mark.parametrize("who", ["anna", "boris", "vera", "ivo", "admin"])
def test_countries_are_met_once_each_as_if_all_records_were_read(who, people, request):
    seen = policy.counterparties(request.getfixturevalue(who)).order_by()

    for records in (seen, seen.current(), Counterparty.objects.none()):
        read = {code for code in records.values_list("country", flat=True) if code}
        assert each_once(records, "country") == sorted(read)


def test_the_list_begins_with_the_first_country_and_ends_with_those_of_none(ask, anna, people):
    assert names(ask(anna, "sort=country")) == ["Ararat", "Pirin", "Rila", "Elbe", "Nowhere"]
    assert names(ask(anna, "sort=-country")) == ["Elbe", "Pirin", "Rila", "Ararat", "Nowhere"]


def test_with_the_archive_its_countries_stand_in_their_places(ask, anna, people):
    assert names(ask(anna, "sort=country&archived=all")) == ["Ararat", "Pirin", "Rila", "Elbe", "Gone", "Nowhere"]
    assert names(ask(anna, "sort=country&archived=yes")) == ["Gone"]
    assert names(ask(anna, "sort=country&archived=no")) == ["Ararat", "Pirin", "Rila", "Elbe", "Nowhere"]
