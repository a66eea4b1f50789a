"""The page of one counterparty: who may read it, and what it shows to whom."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from characteristics.domain import values
from counterparties.models import Address, Client, Contact, Contract, CounterpartyType, Membership, Note, Project
from desk.panels import SIDE, TAB, Panel, panels
from rights.domain.granting import grant
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.domain.operations import operation


@pytest.fixture
def wholesale(client_type):
    return make_type("wholesale", client_type, position=1)


@pytest.fixture
def danube(office):
    return make_counterparty(
        "Дунав Агро ООД",
        alias="Danube Agro",
        code="C10412",
        registration_number="117540328",
        country="BG",
        email="office@dunavagro.example",
        phone="+359 82 831 440",
        website="https://dunavagro.example/",
    )


def read(client, user, counterparty, query=""):
    client.force_login(user)
    return client.get(f"/counterparties/{counterparty.pk}/{query}")


def page(client, user, counterparty, query=""):
    response = read(client, user, counterparty, query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_dossier_says_who_it_is(client, anna, danube):
    html = page(client, anna, danube)

    for words in ("Дунав Агро ООД", "Danube Agro", "C10412", "117540328", "Bulgaria", "Active", "Clients"):
        assert words in html


def test_a_mobile_is_shown_as_people_write_it_and_called_as_it_is_kept(client, anna, client_type):
    at_home = make_counterparty("At home", [client_type], mobile="+359888123456")
    abroad = make_counterparty("Abroad", [client_type], mobile="+491705465237")
    client.force_login(anna)

    pages = [client.get(each.get_absolute_url()).content.decode() for each in (at_home, abroad)]

    assert 'href="tel:+359888123456">088 812 3456<' in pages[0]
    assert 'href="tel:+491705465237">+49 170 5465237<' in pages[1]


def test_mail_telephone_and_site_can_be_followed(client, anna, danube):
    html = page(client, anna, danube)

    assert '<a href="mailto:office@dunavagro.example">office@dunavagro.example</a>' in html
    assert 'href="tel:+35982831440"' in html
    assert (
        '<a href="https://dunavagro.example/" rel="noopener noreferrer" target="_blank">dunavagro.example</a>' in html
    )


@pytest.mark.parametrize(
    "site",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "java\nscript:x",
        "https://a@evil.example",
        "file:///etc",
    ],
)
def test_a_dangerous_site_is_never_a_link(client, anna, danube, site):
    danube.website = site
    danube.save()

    html = page(client, anna, danube)

    assert html.count('target="_blank"') == 0
    assert 'href="java' not in html


def test_whoever_may_not_view_does_not_learn_that_it_exists(client, vera, danube):
    missing = read(client, vera, danube)
    danube.pk += 1000

    assert missing.status_code == read(client, vera, danube).status_code == 404


def test_nobody_reads_it_without_logging_in(client, danube):
    assert client.get(f"/counterparties/{danube.pk}/").status_code == 302


def test_the_dossier_answers_no_post(client, anna, danube):
    client.force_login(anna)

    assert client.post(f"/counterparties/{danube.pk}/").status_code == 405


def test_edit_and_archive_are_offered_to_those_who_may(client, anna, boris, danube):
    hers, his = page(client, anna, danube), page(client, boris, danube)

    assert f"/counterparties/{danube.pk}/edit/" in hers
    assert f"/counterparties/{danube.pk}/archive/" in hers
    assert "/edit/" not in his
    assert "/archive/" not in his


def test_an_archived_one_says_when_by_whom_and_why_and_offers_restoring(client, anna, danube):
    with operation("archive", by=anna, reason="Closed for good"):
        danube.archived_at = timezone.now()
        danube.save()

    html = page(client, anna, danube)

    assert "Closed for good" in html
    assert "by anna" in html
    assert f"/counterparties/{danube.pk}/restore/" in html
    assert f"/counterparties/{danube.pk}/archive/" not in html


def test_types_the_reader_may_not_view_are_not_named(client, anna, boris, client_type, bank_type):
    both = make_counterparty("Both", types=[client_type, bank_type])

    assert "type=bank" not in page(client, anna, both)
    assert "type=bank" in page(client, boris, both)


def test_a_types_path_leaves_out_the_ancestor_the_reader_may_not_view(client, vera, wholesale):
    role = vera.groups.create(name="Wholesalers")
    Grant.objects.create(role=role, type=wholesale, right="view")
    segment = make_characteristic("segment", "text", CounterpartyType.objects.get(code="client"))
    firm = make_counterparty("Firm", types=[wholesale])
    values.save(firm, {segment: "Key account"})

    html = page(client, vera, firm)

    assert "Key account" in html
    assert "Client ›" not in html
    assert "by Wholesale" in html


def test_characteristics_stand_under_the_type_they_come_from(client, anna, client_type, wholesale):
    grant(anna.groups.get(), wholesale, {"view"})
    segment = make_characteristic(
        "segment", "nomenclature", client_type, nomenclature=make_nomenclature("segments", "key")
    )
    limit = make_characteristic("limit", "number", wholesale, unit="EUR")
    vip = make_characteristic("vip", "checkbox", wholesale)
    firm = make_counterparty("Firm", types=[wholesale])
    said = {segment: segment.nomenclature.elements.get(), limit: Decimal("120000"), vip: True}
    values.save(firm, said)

    html = page(client, anna, firm)

    assert '<h3 class="group">Client <span>· inherited by Wholesale</span></h3>' in html
    assert '<h3 class="group">Client › Wholesale</h3>' in html
    assert "<dt>Limit</dt><dd>120,000 EUR</dd>" in html
    assert "<dt>Vip</dt><dd>Yes</dd>" in html
    assert "<dt>Segment</dt><dd>Key</dd>" in html


def test_a_characteristic_of_a_type_one_may_not_view_is_not_shown(client, anna, boris, client_type, bank_type):
    secret = make_characteristic("rating", "text", bank_type)
    both = make_counterparty("Both", types=[client_type, bank_type])
    values.save(both, {secret: "ZQXWJrating"})

    assert "ZQXWJrating" not in page(client, anna, both)
    assert "Rating" not in page(client, anna, both)
    assert "ZQXWJrating" in page(client, boris, both)


def test_long_text_keeps_its_lines_and_nothing_typed_becomes_html(client, anna, danube, client_type):
    rule = make_characteristic("rule", "long_text", client_type)
    values.save(danube, {rule: "First\nsecond <script>alert(1)</script>"})

    html = page(client, anna, danube)

    assert "First<br>second &lt;script&gt;" in html


def test_what_says_nothing_is_folded_away_as_a_dash(client, anna, danube, client_type):
    make_characteristic("motto", "text", client_type)

    html = page(client, anna, danube)

    assert '<div><dt>Motto</dt><dd class="muted">—</dd></div>' in html
    assert "1 not filled in" in html


def test_what_a_characteristic_means_unfolds_so_a_finger_or_a_key_can_open_it(client, anna, danube, client_type):
    make_characteristic("segment", "text", client_type, definition="How <much> attention it gets.")

    html = page(client, anna, danube)

    assert "<summary>Segment</summary>" in html
    assert '<div class="help">How &lt;much&gt; attention it gets.</div></details></dt>' in html


def test_a_clients_details_are_for_those_who_may_view_it_as_a_client(client, anna, vera, client_type, bank_type):
    role = vera.groups.create(name="Treasury")
    grant(role, bank_type, {"view"})
    both = make_counterparty("Both", types=[client_type, bank_type])
    Client.objects.create(counterparty=both, tax_name="ZQXWJtax")

    assert "ZQXWJtax" in page(client, anna, both)
    assert "ZQXWJtax" not in page(client, vera, both)


def test_tabs_of_those_who_only_read_are_there_when_they_hold_something(client, boris, danube):
    before = page(client, boris, danube)
    Project.objects.create(counterparty=danube, name="Silo")
    after = page(client, boris, danube)

    assert "?tab=projects" not in before
    assert "?tab=projects" in after
    assert "Silo" in page(client, boris, danube, "?tab=projects")


def test_each_tab_shows_its_rows(client, anna, danube):
    Contact.objects.create(
        counterparty=danube, name="Стефка Радева", job="Chief accountant", email="radeva@dunavagro.example"
    )
    Address.objects.create(
        counterparty=danube, kind="company", line1="бул. „Трети март“ 18", city="Русе", postal_code="7000"
    )
    Note.objects.create(counterparty=danube, text="Pays late\nin winter", author=anna)
    Contract.objects.create(
        counterparty=danube, number="2026/14", amount=Decimal("1200.50"), currency="EUR", ends_on=date(2026, 12, 31)
    )

    assert "бул. „Трети март“ 18, 7000 Русе" in page(client, anna, danube)
    assert "Стефка Радева" in page(client, anna, danube, "?tab=contacts")
    assert "Pays late<br>in winter" in page(client, anna, danube, "?tab=notes")
    contracts = page(client, anna, danube, "?tab=contracts")
    assert "2026/14" in contracts
    assert "1,200.50 EUR" in contracts
    assert "31 Dec 2026" in contracts


def test_an_own_company_the_reader_may_not_view_is_not_named_at_a_contract(client, anna, boris, danube):
    ours = make_counterparty("ZQXWJours", types=[CounterpartyType.objects.get(code="company")])
    Contract.objects.create(counterparty=danube, number="2026/14", company=ours)

    assert "ZQXWJours" not in page(client, anna, danube, "?tab=contracts")
    assert "ZQXWJours" in page(client, boris, danube, "?tab=contracts")


def test_a_holding_shows_and_counts_only_companies_the_reader_may_view(client, anna, client_type, bank_type):
    holding_type = CounterpartyType.objects.get(code="holding")
    grant(anna.groups.get(), holding_type, {"view"})
    group = make_counterparty("Group", types=[holding_type])
    seen, unseen = make_counterparty("Seen"), make_counterparty("ZQXWJunseen", types=[bank_type])
    for member in (seen, unseen):
        Membership.objects.create(holding=group, member=member)

    html = page(client, anna, group, "?tab=members")

    assert "Seen" in html
    assert "ZQXWJunseen" not in html
    assert "Companies in the holding<span>1</span>" in html
    assert "Group" in page(client, anna, seen)


def test_an_unknown_tab_is_the_overview(client, anna, danube):
    assert "Shared facts" in page(client, anna, danube, "?tab=' OR 1=1")


@pytest.fixture
def money_panel():
    class Money(Panel):
        code, label, position, place, right = "money", "Balance", 70, SIDE, "balance"
        template = "desk/empty.html"

    class MoneyTab(Money):
        code, label, place = "money-tab", "Full balance", TAB

    for each in (Money, MoneyTab):
        panels.register(each)
    yield
    for each in (Money, MoneyTab):
        del panels._things[each.code]


def test_a_panel_is_shown_only_to_those_who_have_its_right(client, anna, boris, danube, money_panel):
    hers, his = page(client, anna, danube), page(client, boris, danube)

    assert "?tab=money-tab" not in hers
    assert "card-money" not in hers
    assert "?tab=money-tab" in his
    assert "card-money" in his
    assert "Shared facts" in page(client, anna, danube, "?tab=money-tab")


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_the_dossier_costs_the_same_queries_however_much_there_is(
    client, anna, danube, client_type, how_many, django_assert_num_queries
):
    nomenclature = make_nomenclature("grades", "a", "b")
    for number in range(how_many):
        said = make_characteristic(f"fact{number}", "nomenclature", client_type, nomenclature=nomenclature)
        with operation("card", by=anna):
            values.save(danube, {said: nomenclature.elements.first()})
            Contact.objects.create(counterparty=danube, name=f"Contact {number}")
            danube.alias = f"Alias {number}"
            danube.save()
    client.force_login(anna)
    client.get("/counterparties/")

    with django_assert_num_queries(QUERIES):
        client.get(f"/counterparties/{danube.pk}/")


#: Session, person, menu and all.
QUERIES = 24


def test_a_changed_mobile_is_told_as_people_write_it(client, anna, danube):
    for mobile in ("+359888123456", "+491705465237"):
        with operation("card", by=anna):
            danube.mobile = mobile
            danube.save()
    client.force_login(anna)

    history = client.get(f"/counterparties/{danube.pk}/history/").content.decode()

    assert "<del>088 812 3456</del>" in history
    assert "<ins>+49 170 5465237</ins>" in history
