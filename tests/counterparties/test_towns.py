"""The towns of counterparties: a column and a filter of every list, for whoever may view them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.domain import belongings, towns
from counterparties.models import Address, Counterparty
from counterparties.models.address import town_key
from rights.domain import policy
from tests.factories import make_counterparty
from tests.shown import body_of, names, notes, panel


def settle(counterparty, city, kind="company"):
    return Address.objects.create(counterparty=counterparty, kind=kind, city=city)


@pytest.fixture
def settled(firms):
    """Alfa sits in Sofia and delivers in Plovdiv; Bravo, Carol and Delta are written otherwise or nowhere."""
    settle(firms["Alfa"], "Plovdiv", "delivery")
    settle(firms["Alfa"], "гр. София")
    settle(firms["Bravo"], "Sofia")
    settle(firms["Bravo"], "1000 Sofiya", "other")
    settle(firms["Carol"], "Sofronievo")
    return firms


@pytest.mark.once
@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("гр. София", "sofia"),
        ("гр.София", "sofia"),
        ("1000 SOFIYA", "sofia"),
        ("с. Горна Малина", "gorna malina"),
        ("г. Йошкар-Ола", "yoshkar ola"),
        ("Saint-Étienne", "saint etienne"),
        ("С", "s"),
        ("—", ""),
    ],
)
def test_a_town_is_one_however_it_is_written(written, key):
    assert town_key(written) == key


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("city=Sofia", ["Alfa", "Bravo"]),
        ("city=софия", ["Alfa", "Bravo"]),
        ("city=sof", ["Alfa", "Bravo", "Carol"]),
        ("city=plovdiv", ["Alfa"]),
        ("city=Plovdiv, гр. Софрониево", ["Alfa", "Carol"]),
        ("city=plovdiv&city=sofr", ["Alfa", "Carol"]),
        ("city=sofia&status=on-hold", ["Bravo"]),
        ("city=sofia&country=BG", ["Alfa"]),
        ("city=ofia", []),
        ("city=%25", None),
        ("city=S%25", ["Alfa", "Bravo", "Carol"]),
        ("city=%00sofia&sort=-name", ["Bravo", "Alfa"]),
    ],
)
def test_a_list_is_asked_for_towns(ask, admin, settled, question, found):
    shown = ask(admin, question)

    if found is None:
        assert names(shown) == ["Alfa", "Bravo", "Carol", "Delta"]
        assert "Town: Write the letters a town begins with, for example: Sofia." in notes(shown)[0]
    else:
        assert (names(shown), notes(shown)) == (found, [])


@pytest.mark.parametrize("asked", ["Sofia", "sof", "plovdiv, sofr"])
def test_whichever_way_is_short_the_answer_is_the_plain_one(ask, admin, anna, settled, monkeypatch, asked):
    keys = [town_key(each) for each in asked.split(",")]
    lived_in = {each.counterparty_id for each in Address.objects.all() if each.city_key.startswith(tuple(keys))}
    plain = {
        who: list(
            policy.counterparties(who, "view").filter(pk__in=lived_in).order_by("name").values_list("name", flat=True)
        )
        for who in (admin, anna)
    }
    monkeypatch.setattr("desk.databases.meeting.TRIED", 1)
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 0)
    monkeypatch.setattr("desk.databases.listed_by_name.SOON_LISTED", -1)
    for listed, walk in ((0, 0), (0, 10**9), (1000, 10**9)):
        for name, limit in (("LISTED", listed), ("A_WALK", walk)):
            monkeypatch.setattr(f"desk.databases.holding.{name}", limit)
        for who, found in plain.items():
            assert names(ask(who, {"city": asked})) == found


def test_the_filter_stands_in_every_list_and_is_a_chip(ask, admin, settled):
    shown = ask(admin, {"city": ["Sofia", "Plovdiv"], "filters": "open"})

    assert [chip[:2] for chip in shown.context["listing"].chips] == [("Town", "Sofia, Plovdiv")]
    (box,) = panel(shown)["Town"]
    assert 'value="Sofia, Plovdiv"' in str(box)
    for path in ("/clients/", "/suppliers/", "/banks/"):
        assert "Town" in panel(ask(admin, "filters=open", path))


def test_the_column_names_each_town_once_the_companys_first(ask, admin, settled):
    said = body_of(ask(admin, "columns=name&columns=city", "/counterparties/sheet.csv"))

    rows = [line.split(",", 1) for line in said.lstrip("\ufeff").split("\r\n") if line]
    assert rows == [
        ["Name", "Towns"],
        ["Alfa", '"гр. София, Plovdiv"'],
        ["Bravo", "Sofia"],
        ["Carol", "Sofronievo"],
        ["Delta", ""],
    ]
    page = ask(admin, "columns=name&columns=city").content.decode()
    assert '<td class="text cut" data-label="Towns"><span>гр. София, Plovdiv</span></td>' in page


def test_a_page_with_towns_costs_the_same_whatever_its_rows(ask, admin, client_type):
    costs = []
    for number in (1, 3, 40):
        while Counterparty.objects.count() < number:
            settle(make_counterparty(types=[client_type]), "Ruse")
        ask(admin, "columns=name&columns=city&city=ruse")
        with CaptureQueriesContext(connection) as asked:
            ask(admin, "columns=name&columns=city&city=ruse")
        costs.append(len(asked))

    assert costs[0] == costs[1] == costs[2]


def test_a_hidden_counterparty_lends_its_town_to_no_answer(ask, anna, bank_type, client_type):
    settle(make_counterparty("Zqxwj", [bank_type]), "Ruse")
    settle(make_counterparty("Rila", [client_type]), "Ruse")

    shown = ask(anna, "city=ruse&columns=name&columns=city&count=exact")

    assert names(shown) == ["Rila"]
    assert b"Zqxwj" not in shown.content
    assert shown.context["listing"].count == 1


def test_a_town_that_is_corrected_or_taken_away_is_found_so(ask, boss, admin, settled):
    at = f"/counterparties/{settled['Carol'].pk}/addresses/"
    kept = Address.objects.get(city="Sofronievo")
    sent = {"kind": "company", "city": "с. Бояна", "version": settled["Carol"].version}

    assert boss.post(f"{at}{kept.pk}/edit/", sent).status_code == 303

    assert names(ask(admin, "city=sofr")) == []
    assert names(ask(admin, "city=boyana")) == ["Carol"]
    belongings.remove(Address.objects.get(pk=kept.pk), by=admin)
    assert names(ask(admin, "city=boyana")) == []


def test_towns_are_read_in_one_query_and_nothing_is_kept_of_the_key_in_history(office, settled):
    with CaptureQueriesContext(connection) as asked:
        found = towns.towns_of([each.pk for each in settled.values()])

    assert len(asked) == 1
    assert found[settled["Alfa"].pk] == ["гр. София", "Plovdiv"]
    assert not hasattr(Address.history.first(), "city_key")


def found(client, user, said):
    client.force_login(user)
    answer = client.get("/find/", {"q": said}).json()["found"]
    return [(each["name"], each["url"]) for each in answer if each["code"] == "Town"]


def test_the_search_box_leads_to_a_town(client, admin, settled):
    make = [settle(make_counterparty(), city) for city in ("София", "София", "Sofia Vrabnitsa")]

    offered = found(client, admin, "софия")

    assert [name for name, _url in offered] == ["София", "Sofia Vrabnitsa"]
    assert len(names(client.get(offered[0][1]))) == 2 + len(make)
    assert found(client, admin, "so") == []
    assert found(client, admin, "ofia") == []


def test_nobody_is_led_to_a_town_of_hidden_or_archived_ones(client, anna, vera, bank_type, client_type):
    settle(make_counterparty(types=[bank_type]), "Ruse")
    settle(make_counterparty(types=[client_type], archived_at=timezone.now()), "Ruse")

    assert found(client, anna, "ruse") == found(client, vera, "ruse") == []
    settle(make_counterparty(types=[client_type]), "Русе")
    assert [name for name, _url in found(client, anna, "ruse")] == ["Русе"]
    assert found(client, vera, "ruse") == []
