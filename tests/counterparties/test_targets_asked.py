"""Counterparties that others point at: asked for, sorted by, listed and suggested, and never a hidden one."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain import targets
from tests.factories import make_characteristic, make_counterparty
from tests.shown import names

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def content_of(answer):
    return TOKENS.sub("", answer.content.decode())


def test_a_hidden_one_is_neither_found_nor_sorted_by(ask, anna, admin, house, parent):
    danube, rila, bank = house
    other = make_counterparty("Other")
    last = make_counterparty("Aaa last")
    values.save(other, {parent: rila})
    values.save(last, {parent: danube})
    found = {
        word: names(ask(anna, {"c-parent": word}))
        for word in (str(rila.pk), "RILA", "rila", "Rila (RILA)", "ZQXWJ1", "Zqxwj Bank", str(bank.pk), "nonsense")
    }

    hidden, nonsense = (ask(anna, {"c-parent": word, "filters": "open"}) for word in ("ZQXWJ1", "QQQ1"))
    sorted_by = {reader: names(ask(reader, "sort=c-parent")) for reader in (anna, admin)}

    assert list(found.values()) == [["Other"]] * 4 + [[]] * 4
    assert content_of(hidden).replace("ZQXWJ1", "QQQ1") == content_of(nonsense)
    assert names(ask(anna, {"c-parent": ["RILA", "DAN"]})) == ["Aaa last", "Other"]
    assert names(ask(admin, {"c-parent": "ZQXWJ1"})) == ["Danube"]
    # Rila stands behind Danube; of what Danube points at, Anna knows nothing.
    assert sorted_by[anna] == ["Aaa last", "Other", "Danube", "Rila"]
    assert sorted_by[admin][:3] == ["Aaa last", "Other", "Danube"]


def test_what_is_asked_for_can_be_taken_back(ask, anna, house, parent, monkeypatch):
    gone = make_counterparty("Gone", archived_at=timezone.now())
    ticks = ask(anna, {"c-parent": [gone.pk, "QQQ"], "filters": "open"}).content.decode()

    monkeypatch.setattr(targets, "MOST_AT_ONCE", 0)
    boxes = ask(anna, {"c-parent": ["RILA", "QQQ"], "filters": "open"}).content.decode()

    assert [f'value="{each}"' in ticks for each in (gone.pk, "QQQ")] == [True, True]
    assert [f'value="{each}"' in boxes for each in ("Rila (RILA)", "QQQ")] == [True, True]
    assert boxes.count('data-suggest="/counterparties/suggest/?for=parent"') == 3


def test_a_dossier_tells_who_points_at_it_as_far_as_its_reader_may_know(client, anna, admin, vera, house, bank_type):
    danube, rila, bank = house
    lender = make_characteristic("lender", "counterparty", bank_type, danube.types[0], name="Lender")
    both = make_counterparty("Both", [*rila.types, bank_type])
    secret = make_counterparty("Zqxwj other", [bank_type])
    parent = danube.values.get().characteristic
    for owner in (both, secret):
        values.save(owner, {lender: rila})
    gone = make_counterparty("Gone", archived_at=timezone.now())
    values.save(gone, {parent: rila})

    def told(user, record):
        client.force_login(user)
        page = client.get(f"/counterparties/{record.pk}/?tab=pointed-at")
        groups = page.context.get("pointing") or []
        return [(each.characteristic.code, each.total, [one.name for one in each.first]) for each in groups]

    assert told(anna, rila) == [("parent", 1, ["Gone"]), ("lender", 1, ["Both"])]
    assert told(admin, rila) == [("parent", 1, ["Gone"]), ("lender", 2, ["Both", "Zqxwj other"])]
    assert told(admin, bank) == [("parent", 1, ["Danube"])]
    assert told(anna, danube) == []
    assert "pointed-at" not in client.get(f"/counterparties/{danube.pk}/").content.decode()


def test_who_points_costs_the_same_at_one_three_and_fifty(client, admin, client_type, parent):
    rila, spent = make_counterparty("Rila"), []
    client.force_login(admin)
    for how_many in (1, 3, 50):
        other = make_characteristic(f"to{how_many}", "counterparty", client_type)
        for _each in range(how_many):
            values.save(make_counterparty(), {parent: rila, other: rila})
        client.get(f"/counterparties/{rila.pk}/?tab=pointed-at")
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/counterparties/{rila.pk}/?tab=pointed-at")
        spent.append(len(queries))

    group = page.context["pointing"][0]
    assert spent == [spent[0]] * 3
    assert (group.total, len(group.first)) == (54, 20)
    assert f'<a href="/counterparties/?c-parent={rila.pk}&amp;archived=all">All 54</a>' in page.content.decode()
    assert client.get(group.url).context["listing"].count == 54


def test_a_list_costs_the_same_at_one_three_and_fifty(client, anna, client_type, bank_type, parent):
    spent = []
    client.force_login(anna)
    for how_many in (1, 2, 47):
        for number in range(how_many):
            target = make_counterparty(f"Target {number}", [bank_type if number % 2 else client_type])
            values.save(make_counterparty(), {parent: target})
        with CaptureQueriesContext(connection) as queries:
            client.get("/clients/?columns=name&columns=c-parent&sort=c-parent")
        spent.append(len(queries))

    assert spent[1:] == [spent[0]] * 2


def test_suggestions_name_only_who_may_be_chosen(client, anna, vera, house, client_type, supplier_type):
    make_characteristic("chief", "counterparty", client_type, target_type=client_type)
    make_counterparty("Rila gone", archived_at=timezone.now())
    make_counterparty("Old Rila", [supplier_type], code="OLD")
    for number in range(30):
        make_counterparty(f"Balkan {number:02}")

    def suggested(user, **asked):
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            found = client.get("/counterparties/suggest/", asked).json()["found"]
        return [each["value"] for each in found], len(queries)

    every, cost = suggested(anna, q="rila")
    suggested(anna, q="balkan")
    assert every == ["Rila (RILA)", "Old Rila (OLD)"]
    assert suggested(anna, q="RILA", **{"for": "chief"})[0] == ["Rila (RILA)"]
    assert [suggested(anna, q=word)[0] for word in ("zqxwj", "qqq", "99077")] == [[], [], []]
    assert len(suggested(anna, q="balkan")[0]) == len(suggested(anna)[0]) == 20
    assert suggested(anna, q="alkan")[1] == cost
    assert suggested(vera, q="rila")[0] == []
