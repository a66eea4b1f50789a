"""What history tells of one counterparty, and to whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain.type_sets import type_set_of
from counterparties.models import (
    Address,
    Client,
    Contact,
    Contract,
    CounterpartyType,
    Membership,
    Note,
    Project,
    Status,
)
from rights.domain.granting import grant
from tests.counterparties.told import lines, read, told
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain.operations import operation


@pytest.fixture
def danube(office):
    with operation("import", by=None):
        return make_counterparty("Danube Agro", country="BG", email="office@dunavagro.example")


def test_an_entry_says_who_when_through_what_and_why(anna, danube):
    with operation("card", by=anna, reason="New letterhead"):
        danube.name = "Dunav Agro"
        danube.save()

    newest = told(anna, danube)[0]

    assert newest.who == "anna"
    assert newest.operation.get_kind_display() == "card"
    assert newest.operation.reason == "New letterhead"
    assert lines(newest) == [("Name", "Danube Agro", "Dunav Agro")]


def test_the_first_entry_says_that_it_was_added_and_with_what(anna, danube):
    [entry] = told(anna, danube)

    assert entry.titles == ["Added to the office"]
    assert entry.who == "the system"
    assert ("Country", "", "Bulgaria") in lines(entry)
    assert ("Types", "", "Client") in lines(entry)
    assert ("Status", "", "Active") in lines(entry)
    assert "Foreign" not in {label for label, _old, _new in lines(entry)}


def test_archiving_and_restoring_are_sentences(anna, danube):
    for kind, moment in (("archive", timezone.now()), ("restore", None)):
        with operation(kind, by=anna):
            danube.archived_at = moment
            danube.save()

    restored, archived, _added = told(anna, danube)

    assert (archived.titles, lines(archived)) == (["Archived"], [])
    assert (restored.titles, lines(restored)) == (["Restored"], [])


def test_statuses_types_countries_and_ticks_are_told_by_name(anna, danube, client_type, supplier_type):
    with operation("card", by=anna):
        danube.status = Status.objects.get(code="on-hold")
        danube.type_set = type_set_of([client_type, supplier_type])
        danube.country = "RO"
        danube.is_foreign = True
        danube.save()

    assert lines(told(anna, danube)[0]) == [
        ("Types", "Client", "Client, Supplier"),
        ("Status", "Active", "On hold"),
        ("Foreign", "No", "Yes"),
        ("Country", "Bulgaria", "Romania"),
    ]


def test_values_are_told_by_the_name_of_their_characteristic(anna, danube, client_type):
    segment = make_characteristic(
        "segment", "nomenclature", client_type, nomenclature=make_nomenclature("n", "key", "small")
    )
    limit = make_characteristic("limit", "number", client_type, unit="EUR")
    ends = make_characteristic("ends", "date", client_type)
    vip = make_characteristic("vip", "checkbox", client_type)
    key, small = segment.nomenclature.elements.order_by("position")
    with operation("card", by=anna):
        values.save(danube, {segment: small, limit: Decimal("90000"), ends: date(2026, 12, 31), vip: False})
    with operation("card", by=anna):
        values.save(danube, {segment: key, limit: Decimal("120000"), ends: None, vip: True})

    assert sorted(lines(told(anna, danube)[0])) == [
        ("Ends", "31 Dec 2026", ""),
        ("Limit", "90,000 EUR", "120,000 EUR"),
        ("Segment", "Small", "Key"),
        ("Vip", "No", "Yes"),
    ]


def test_dates_and_words_are_the_readers(client, anna, danube, client_type):
    ends = make_characteristic("ends", "date", client_type, name_bg="Изтича")
    with operation("card", by=anna):
        values.save(danube, {ends: date(2026, 12, 31)})
    anna.language = "bg"
    anna.save()

    html = read(client, anna, danube).content.decode()

    assert "Изтича" in html
    assert "31.12.2026" in html


def test_what_hangs_on_a_counterparty_is_told_too(anna, danube):
    with operation("card", by=anna):
        person = Contact.objects.create(counterparty=danube, name="Stefka", phone="+359 2 100")
        Note.objects.create(counterparty=danube, text="Pays late", author=anna)
        Address.objects.create(counterparty=danube, kind="delivery", city="Ruse")
        Project.objects.create(counterparty=danube, name="Silo")
        Contract.objects.create(counterparty=danube, number="2026/14", amount=Decimal("1200.50"))
        Client.objects.create(counterparty=danube, tax_name="VAT")
    with operation("card", by=anna):
        person.phone = "+359 2 200"
        person.save()
    with operation("card", by=anna):
        person.delete()

    removed, changed, added, _first = told(anna, danube)

    assert added.titles == [
        "Address added: delivery address",
        "Contact added: Stefka",
        "Project added: Silo",
        "Contract added: 2026/14",
        "Note added",
    ]
    assert ("Amount", "", "1,200.50") in lines(added)
    assert ("Tax name", "", "VAT") in lines(added)
    assert (changed.titles, lines(changed)) == (["Contact changed: Stefka"], [("Phone", "+359 2 100", "+359 2 200")])
    assert (removed.titles, lines(removed)) == (["Contact removed: Stefka"], [])


def test_types_the_reader_may_not_view_are_absent_and_so_is_an_operation_of_nothing_else(
    anna, boris, danube, client_type, bank_type
):
    with operation("card", by=boris):
        danube.type_set = type_set_of([client_type, bank_type])
        danube.save()

    assert len(told(anna, danube)) == 1
    assert lines(told(boris, danube)[0]) == [("Types", "Client", "Client, Bank")]


def test_characteristics_the_reader_may_not_view_are_absent(client, anna, boris, client_type, bank_type):
    rating = make_characteristic("rating", "text", bank_type)
    both = make_counterparty("Both", types=[client_type, bank_type])
    with operation("card", by=boris):
        values.save(both, {rating: "ZQXWJrating"})

    assert "ZQXWJrating" not in read(client, anna, both).content.decode()
    assert len(told(anna, both)) == 1
    assert lines(told(boris, both)[0]) == [("Rating", "", "ZQXWJrating")]


def test_a_clients_details_are_told_to_those_who_may_view_it_as_a_client(vera, anna, client_type, bank_type):
    grant(vera.groups.create(name="Treasury"), bank_type, {"view"})
    both = make_counterparty("Both", types=[client_type, bank_type])
    with operation("card", by=anna):
        Client.objects.create(counterparty=both, tax_name="VAT")

    assert len(told(vera, both)) == 1
    assert len(told(anna, both)) == 2


def test_a_holding_the_reader_may_not_view_is_not_told_of(anna, boris, danube):
    group = make_counterparty("ZQXWJgroup", types=[CounterpartyType.objects.get(code="holding")])
    with operation("card", by=boris):
        Membership.objects.create(holding=group, member=danube)

    assert len(told(anna, danube)) == 1
    assert told(boris, danube)[0].titles == ["Joined the holding: Danube Agro → ZQXWJgroup"]


def test_an_own_company_the_reader_may_not_view_is_not_named(anna, boris, danube):
    ours = make_counterparty("ZQXWJours", types=[CounterpartyType.objects.get(code="company")])
    with operation("card", by=boris):
        Contract.objects.create(counterparty=danube, number="1", company=ours)

    assert lines(told(anna, danube)[0]) == [("Own company", "", "hidden counterparty"), ("Number", "", "1")]
    assert lines(told(boris, danube)[0]) == [("Own company", "", "ZQXWJours"), ("Number", "", "1")]


def test_a_bulk_edit_of_many_is_told_at_each_only_with_its_own_change(anna, danube):
    other = make_counterparty("Other")
    with operation("bulk", by=anna):
        for each in (danube, other):
            each.alias = f"alias of {each.name}"
            each.save()

    assert lines(told(anna, danube)[0]) == [("Alias", "", "alias of Danube Agro")]


def test_history_needs_the_right_of_the_thing(client, vera, danube):
    assert read(client, vera, danube).status_code == 404


def test_the_short_account_of_an_addition_names_it_and_leaves_its_facts_to_the_whole_one(anna, danube):
    with operation("card", by=anna):
        Contact.objects.create(counterparty=danube, name="Stefka", phone="+359 2 100")
        danube.alias = "Danube"
        danube.save()

    newest, first = told(anna, danube)

    assert newest.titles == ["Contact added: Stefka"]
    assert [(line.label, line.new) for line in newest.first_lines] == [("Alias", "Danube")]
    assert first.first_lines == []
