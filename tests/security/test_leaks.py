"""What is hidden is not told by what is no content: places in a list, numbers, file addresses, people, other doors."""

import re

import openpyxl
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from counterparties.domain import keeping
from counterparties.models import Client, Membership, SavedView, Value
from files.models import StoredFile
from rights.domain.granting import grant
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.shown import body_of, links, names

from .conftest import MARK, at_desk, person

PICTURE = b"\x89PNG"
#: What differs each time a page is read, whatever it says.
PASSING = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="[^"]*"|\b[0-9a-f]{12}\b')


def stored(counterparty, name):
    """A file of this counterparty."""
    place = default_storage.save("leak.txt", ContentFile(PICTURE))
    return StoredFile.objects.create(
        pk=880_000 + counterparty.pk,
        sha256=f"{counterparty.pk:064}",
        name=f"{MARK}{name}",
        size=len(PICTURE),
        content_type="text/plain",
        storage_name=place,
        counterparty=counterparty,
    )


def plain(answer, *forgotten):
    """A page without what differs anyhow, and without the words by which it was asked for."""
    body = PASSING.sub("", body_of(answer))
    for each in forgotten:
        body = body.replace(str(each), "")
    return answer.status_code, body, sorted(set(answer.headers) - {"Content-Length"})


def test_places_of_another_reader_lead_to_nothing_hidden(desk, admin, admins_desk, house, petra):
    for number in range(6):
        make_counterparty(f"Open {number}", [house.shop], country="BG")
    for user in (admin, petra):
        user.rows = 2
        user.save()
    seen = {"Open house", "Both worlds", *(f"Open {number}" for number in range(6))}
    orders = ("name", "-name", "country", "-created", "c-ransom", "-c-password", "c-shared")

    read, asked = set(), 0
    for order in orders:
        page = f"/counterparties/?sort={order}"
        while page:
            places = re.findall(r'href="([^"]*[?&;](?:after|before)=[^"]*)"', body_of(admins_desk.get(page)))
            places = [each.replace("&amp;", "&") for each in places]
            for place in places:
                answer = desk.get(place)
                read |= set(names(answer))
                asked += 1
                assert (place, answer.status_code, MARK in body_of(answer)) == (place, 200, False)
            page = next((each for each in places if "after=" in each), None)

    assert read <= seen
    assert asked > 2 * len(orders)


def test_a_file_is_as_hidden_as_what_it_hangs_on(desk, admins_desk, house, petra, supplier_type, client_type):
    secret = make_characteristic("map", "file", house.vault)
    firm = make_counterparty("Firm", [client_type, supplier_type])
    of_hidden, of_answer, logo = stored(house.hidden, "hidden"), stored(house.both, "answer"), stored(firm, "logo")
    Value.objects.create(counterparty=house.both, characteristic=secret, place=0, file=of_answer)
    Client.objects.create(counterparty=firm, logo=logo)
    grant(petra.groups.get(), supplier_type, ["view"])

    for file in (of_hidden, of_answer, logo):
        tag = admins_desk.get(f"/files/{file.pk}/")["ETag"]
        for address, headers in (
            ("", {}),
            ("?size=96", {}),
            ("", {"If-None-Match": tag}),
            ("", {"If-None-Match": "*"}),
        ):
            answers = [desk.get(f"/files/{pk}/{address}", headers=headers) for pk in (file.pk, 987_654)]
            assert plain(answers[0], file.pk) == plain(answers[1], 987_654)
            assert answers[0].status_code == 404
    assert desk.get(f"/counterparties/{firm.pk}/").status_code == 200


def test_the_second_tab_of_a_sheet_tells_of_its_own_rows_only(desk, house, tmp_path):
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(
        b"".join(desk.get("/counterparties/sheet.xlsx?c-ransom_min=777000&archived=all").streaming_content)
    )

    story = list(openpyxl.load_workbook(sheet)["How this was made"].iter_rows(min_row=2, values_only=True))

    told = {what: said for what, said, _version in story}
    assert [said for what, said in told.items() if what.startswith("Row ")] == [house.both.pk, house.open.pk]
    assert [said for what, said in told.items() if what.startswith(("Filter: Zqxwj", "Left out"))] == [0]
    assert MARK not in str(story)


def test_a_holding_is_known_as_one_only_to_who_may_view_holdings(desk, admins_desk, house):
    group_type = make_type("group", house.shop.__class__.objects.get(code="holding"))
    group, member = (
        make_counterparty("Motherhouse", [house.shop, group_type]),
        make_counterparty("Daughter", [house.shop]),
    )
    Membership.objects.create(holding=group, member=member)
    pages = [f"/counterparties/{each.pk}/{ending}" for each in (group, member) for ending in ("", "history/")]

    told = {page: [body_of(reader.get(page)) for reader in (admins_desk, desk)] for page in pages}

    others = {pages[0]: "Daughter", pages[1]: "Daughter", pages[2]: "Motherhouse", pages[3]: "Motherhouse"}
    found = {page: [others[page] in each for each in bodies] for page, bodies in told.items()}
    assert list(found.values()) == [[True, False]] * len(pages)


def test_who_changed_only_what_is_hidden_is_not_named(desk, house):
    stranger = person("Zqxwjkeeper", {})
    other = make_counterparty("Other", [house.shop, house.vault])
    keeping.keep(
        other, {}, [house.shop, house.vault, house.cellar], {}, by=stranger, seen=other.version, reason=f"{MARK}"
    )

    told = body_of(desk.get(f"/counterparties/{other.pk}/history/"))

    assert MARK not in told


def test_a_shared_view_tells_nothing_of_what_its_reader_may_not_filter_by(desk, admin, house, petra):
    query = "c-ransom_min=777000&columns=name&columns=c-password&sort=c-ransom&type=vault"
    view = SavedView.objects.create(
        user=admin, name="Shared", path="/counterparties/", query=query, role=petra.groups.get(), position=1
    )

    pages = [desk.get(page, follow=True) for page in ("/views/", f"/views/{view.pk}/", "/counterparties/")]

    assert [MARK in body_of(page) for page in pages] == [False] * 3
    written = [desk.get(f"/views/{view.pk}/")["Location"], *map(body_of, pages)]
    assert [re.findall("ransom|password=|-password|777000", each) for each in written] == [[]] * 4
    assert [name for _address, name in links(pages[1])] == ["Both worlds", "Open house"]


def test_managers_of_settings_cannot_ask_their_lists_for_hidden_facts(house, ivo):
    desk = at_desk(ivo)
    paths = ["type_sets__counterparties__name", "ties__characteristic__value__text", "grants__role__user__password"]

    asked = [
        (desk.get(f"/admin/counterparties/counterpartytype/?{path}__startswith={letter}"))
        for path in paths
        for letter in "Zy"
    ]
    found = desk.get(
        "/admin/autocomplete/?app_label=counterparties&model_name=contract&field_name=counterparty&term=zqxwj"
    )

    assert {each.status_code for each in asked} <= {302, 400, 403}
    assert found.status_code in (403, 404)
