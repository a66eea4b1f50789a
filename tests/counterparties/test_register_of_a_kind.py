"""The lists of kinds: their own columns, their own filters."""

import re
from urllib.parse import urlencode

import pytest

from characteristics.models import Element
from counterparties.models import Client, Contract, Project
from tests.factories import make_counterparty
from tests.shown import names, notes, panel


def test_a_kind_has_its_own_list_with_its_own_columns(ask, admin, firms):
    clients, suppliers = ask(admin, path="/clients/"), ask(admin, path="/suppliers/")

    assert names(clients) == ["Alfa", "Bravo", "Delta"]
    assert [each.key for each in clients.context["listing"].columns] == ["name", "email", "status", "created"]
    assert names(suppliers) == ["Carol", "Delta"]
    assert "<h1>Clients</h1>" in clients.content.decode()


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("category=retail", ["Alfa"]),
        ("category=retail&category=wholesale", ["Alfa", "Bravo"]),
        ("category=retail&subcategory=shops", ["Alfa"]),
        ("subcategory=chains", ["Bravo"]),
        ("contract_type=sale", ["Bravo"]),
        ("contract_type=rent", []),
    ],
)
def test_clients_are_narrowed_by_category_and_contract(ask, admin, firms, question, found):
    retail, shops, chains, wholesale = (
        Element.objects.get(code=code) for code in ("retail", "shops", "chains", "wholesale")
    )
    Client(counterparty=firms["Alfa"], category=retail, subcategory=shops).save()
    Client(counterparty=firms["Bravo"], category=wholesale, subcategory=chains).save()
    sale = Element.objects.get(code="sale")
    Contract(counterparty=firms["Bravo"], number="1", contract_type=sale).save()

    shown = ask(admin, question, "/clients/")

    assert names(shown) == found
    assert notes(shown) == []


def test_a_subcategory_is_offered_under_its_category(ask, admin, firms):
    shown = ask(admin, "category=retail&subcategory=chains", "/clients/")

    assert notes(shown) == ["Subcategory: there is no “chains”, so that was left out."]


def test_clients_are_narrowed_by_project(ask, admin, firms):
    project = Project(counterparty=firms["Alfa"], name="Roof")
    project.save()

    shown = ask(admin, f"project={project.pk}", "/clients/")

    assert names(shown) == ["Alfa"]
    assert shown.context["listing"].chips[0][:2] == ("Project", "Roof")
    assert names(ask(admin, f"project={10**30}", "/clients/")) == ["Alfa", "Bravo", "Delta"]


def test_an_office_of_many_projects_is_offered_those_that_hold_the_words_typed(ask, admin, firms, monkeypatch):
    monkeypatch.setattr("counterparties.pages.client_filters.MOST_TICKS", 3)
    monkeypatch.setattr("desk.pages.filters.MOST_TICKS", 3)
    for name in ("Cellar", "Garden", "Ограда", "Roof", "Yard"):
        Project(counterparty=firms["Bravo"], name=name).save()
    roof, fence = Project.objects.get(name="Roof"), Project.objects.get(name="Ограда")

    def offered(question):
        shown = ask(admin, f"filters=open&{question}", "/clients/")
        (field,) = panel(shown)["Project"]
        return [label for _code, label in field.field.options]

    assert offered("") == ["Cellar", "Garden", "Roof", "Yard"]
    assert offered("project=oo") == ["Roof"]
    assert offered("project=огра") == ["Ограда"]
    assert offered(f"project={fence.pk}") == ["Ограда", "Cellar", "Garden", "Roof", "Yard"]
    shown = ask(admin, f"project={roof.pk},{fence.pk}&filters=open", "/clients/")
    assert names(shown) == ["Bravo"]
    assert f'value="{roof.pk}, {fence.pk}"' in shown.content.decode()


def test_a_project_may_be_asked_for_by_its_whole_name(ask, admin, firms):
    Project(counterparty=firms["Alfa"], name="Roof").save()

    assert names(ask(admin, "project=roof", "/clients/")) == ["Alfa"]


@pytest.mark.parametrize("path", ["/counterparties/", "/clients/", "/banks/", "/holdings/"])
def test_the_filters_open_on_every_list(ask, admin, firms, facts, path):
    shown = ask(admin, "filters=open&status=active", path)

    assert shown.status_code == 200
    assert 'name="status"' in shown.content.decode()
    assert 'name="q"' in shown.content.decode()


def test_a_lists_own_search_box_keeps_what_else_is_asked(ask, anna, client_type):
    make_counterparty("Rila", [client_type], country="BG")

    page = ask(anna, "country=BG&sort=-created&columns=name&columns=created&q=rila", "/clients/")
    box = page.content.decode().partition('class="search-here"')[2].partition("</form>")[0]

    kept = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', box)
    assert kept == [("country", "BG"), ("sort", "-created"), ("columns", "name"), ("columns", "created")]
    assert 'name="q" value="rila"' in box
    assert ask(anna, urlencode([*kept, ("q", "danube")]), "/clients/").context["listing"].count == 0


def test_with_the_filters_open_the_panel_alone_searches(ask, anna, client_type):
    assert "search-here" not in ask(anna, "filters=open", "/clients/").content.decode()


def test_an_empty_list_leads_to_the_first_one_and_to_a_sheet(client, anna, client_type):
    client.force_login(anna)
    empty = client.get("/clients/").content.decode().partition('<div class="blank">')[2]
    nothing_found = client.get("/clients/?status=inactive").content.decode().partition('<div class="blank">')[2]

    assert 'href="/counterparties/new/?type=client">New client</a>' in empty
    assert 'href="/imports/">Import a sheet</a>' in empty
    assert "/imports/" not in nothing_found
