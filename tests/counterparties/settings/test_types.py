"""The types in the settings: the tree and its numbers, what it costs, and what history says of it."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from tests.counterparties.settings.types import LIST, read, rows
from tests.factories import make_characteristic, make_counterparty, make_type

# ---- the tree


def test_the_tree_stands_in_order_parents_first_and_indented(desk, client_type):
    wholesale = make_type("wholesale", client_type, position=20)
    make_type("retail", client_type, position=10)
    make_type("distributor", wholesale)

    shown = [(row.type.code, row.indent) for row in desk.get(LIST).context["rows"]]

    assert shown[:5] == [
        ("client", "d0"),
        ("retail", "d1"),
        ("wholesale", "d1"),
        ("distributor", "d2"),
        ("supplier", "d0"),
    ]


def test_a_row_tells_id_code_name_kind_order_and_characteristics(desk, client_type):
    retail = make_type("retail", client_type, name="Retail client", position=30)
    make_characteristic("motto", "text", client_type)
    make_characteristic("size", "number", client_type)
    make_characteristic("shelf", "text", retail)

    row = rows(desk)["retail"]

    assert (row.own, row.inherited) == (1, 2)
    page = desk.get(LIST).content.decode()
    html = re.search(r'<tr id="retail".*?</tr>', page, re.DOTALL).group()
    cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", html, re.DOTALL)]
    assert cells[:7] == [str(retail.pk), "Retail client", "retail", "Client", "30", "1 + 2", "none"]


def test_what_an_ancestor_gives_too_is_counted_once(desk, client_type):
    retail = make_type("retail", client_type)
    make_characteristic("motto", "text", client_type, retail)

    assert (rows(desk)["retail"].own, rows(desk)["retail"].inherited) == (0, 1)


def test_counterparties_are_counted_with_those_of_subtypes_each_once(client, admin, client_type, supplier_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    make_counterparty(types=[retail])
    make_counterparty(types=[retail, supplier_type])
    make_counterparty(types=[client_type])
    make_counterparty(types=[retail], archived_at=timezone.now())

    counts = {code: (row.count.current, row.count.archived) for code, row in rows(client).items()}

    assert (counts["client"], counts["retail"], counts["supplier"]) == ((3, 1), (2, 1), (1, 0))
    page = client.get(LIST).content.decode()
    assert 'href="/counterparties/?type=retail">2</a>' in page
    assert 'href="/counterparties/?type=retail&amp;archived=yes">+ 1 archived</a>' in page


def test_the_number_is_that_of_the_register_it_links_to(client, admin, client_type, supplier_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    make_counterparty("Danube", types=[retail])
    make_counterparty("Maritsa", types=[retail, supplier_type])

    page = client.get("/counterparties/?type=client").content.decode()

    assert rows(client)["client"].count.current == 2
    assert page.count('<td class="name') == 2


def test_those_the_reader_may_not_view_are_told_as_others(client, anna, ivo, client_type, bank_type):
    anna.user_permissions.set(ivo.user_permissions.all())
    client.force_login(anna)
    make_counterparty(types=[client_type])
    make_counterparty(types=[bank_type])

    shown = rows(client)

    assert (shown["client"].count.current, shown["client"].count.others) == (1, 0)
    assert (shown["bank"].count.current, shown["bank"].count.others) == (0, 1)


def test_a_stopped_type_is_muted_and_gets_no_subtypes(desk, client_type):
    make_type("retail", client_type)
    desk.post(f"{LIST}retail/stop/")

    page = desk.get(LIST).content.decode()

    row = re.search(r'<tr id="retail" class=" stopped".*?</tr>', page, re.DOTALL).group()
    assert "/settings/types/retail/start/" in row
    assert "?parent=retail" not in row


def test_branches_fold_and_unfold_by_links(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)

    whole = rows(desk)
    folded = rows(desk, "?folded=retail")

    assert whole["retail"].fold_url == "/settings/types/?folded=retail#retail"
    assert "kiosk" not in folded
    assert (folded["retail"].is_folded, folded["retail"].fold_url) == (True, "/settings/types/#retail")
    assert whole["kiosk"].fold_url == ""
    assert "retail" not in rows(desk, "?folded=client&folded=nowhere")


def test_the_search_finds_types_and_shows_what_they_stand_under(desk, client_type):
    retail = make_type("retail", client_type, name="Retail", name_bg="На дребно")
    make_type("kiosk", retail)
    make_type("wholesale", client_type)

    assert list(rows(desk, "?q=KIOSK")) == ["client", "retail", "kiosk"]
    assert list(rows(desk, "?q=дребно")) == ["client", "retail"]
    assert rows(desk, "?q=zzz") == {}
    assert "No type answers" in desk.get(f"{LIST}?q=zzz").content.decode()


def test_the_tree_costs_the_same_for_1_3_and_50_types(desk, client_type):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    cost()
    costs = []
    for many in (1, 2, 47):
        for number in range(many):
            made = make_type(f"t{many}-{number}", client_type)
            make_characteristic(f"c{many}-{number}", "text", made)
            make_counterparty(types=[made])
        costs.append(cost())

    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 16


# ---- history


def test_its_history_holds_its_characteristics(desk, client_type):
    make_type("retail", client_type)
    make_characteristic("shelf", "text", name="Shelf")
    desk.post(f"{LIST}retail/edit/", read(desk, "retail") | {"name": "Shops", "characteristics": ["shelf"]})

    entry = desk.get(f"{LIST}retail/history/").context["entries"][0]

    assert (entry.who, entry.operation.kind) == ("ivo", "settings")
    told = {story.title: [(line.label, line.old, line.new) for line in story.lines] for story in entry.stories}
    assert told == {"": [("Name", "Retail", "Shops")], "Characteristic tied: Shelf": []}


def test_the_history_of_a_counterparty_is_not_mixed_with_that_of_settings(client, admin, client_type):
    client.force_login(admin)
    danube = make_counterparty("Danube")
    CounterpartyType.objects.filter(pk=client_type.pk).update(version=1)
    client.post(f"{LIST}client/edit/", read(client, "client") | {"name": "Customer"})

    page = client.get(f"/counterparties/{danube.pk}/history/").content.decode()

    assert "Customer" not in page.split('class="line"')[-1].split("</ol>")[0]


def test_the_tree_stays_whole_after_a_move(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", client_type)

    desk.post(f"{LIST}kiosk/edit/", read(desk, "kiosk") | {"parent": "retail", "confirmed": "1"})

    tree = TypeTree()
    assert [each.code for each in tree.lineage(tree.by_code["kiosk"])] == ["client", "retail", "kiosk"]
    assert tree.by_code["kiosk"].parent_id == retail.pk
