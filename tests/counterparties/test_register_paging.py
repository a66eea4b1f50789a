"""Paging through the register: every record once, forwards and backwards, in any order, and always at one cost."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Element
from characteristics.registry import types
from counterparties.models import Counterparty, Status, Value
from files.models import StoredFile
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import names, notes

ORDERS = ["name", "-name", "code", "-created", "status", "-status", "country", "-country"]
SEARCHING = "counterparties.domain.searching"
FOUND, HITS, WALKING = "desk.databases.found", "desk.databases.hits", "desk.databases.walking"
BY_FACTS = ["c-size", "-c-size", "c-motto", "-c-motto", "-c-day", "c-vip", "c-grade", "-c-grade"]


@pytest.fixture
def crowd(client_type, admin):
    """Seventeen clients with equal names among them, a third of them without any fact; five a page."""
    size = make_characteristic("size", "number", client_type)
    motto = make_characteristic("motto", "text", client_type)
    day = make_characteristic("day", "date", client_type)
    vip = make_characteristic("vip", "checkbox", client_type)
    grades = make_nomenclature("grades", "a", "b")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    elements, statuses = list(Element.objects.filter(nomenclature=grades)), [*Status.objects.all()[:3], None]
    for number in range(17):
        record = make_counterparty(
            f"Firm {number % 6}",
            status=statuses[number % 4],
            country=["BG", "DE", ""][number % 3],
            email=f"x{number % 5}@firm.example" if number % 4 else "",
        )
        moment = timezone.now() - timedelta(days=number % 7)
        Counterparty.objects.filter(pk=record.pk).update(created_at=moment)
        if number % 3:
            said = {size: Decimal(number % 4) / 3, motto: f"м{number % 2}", vip: bool(number % 2)}
            said |= {day: moment.date(), grade: elements[number % 2]}
            values.save(record, {each: round(value, 6) if each == size else value for each, value in said.items()})
    User.objects.filter(pk=admin.pk).update(rows=5)


def ids(shown):
    return [record.pk for record in shown.context["listing"].records]


def turn(ask, user, url):
    parts = urlsplit(url)
    return ask(user, parts.query, parts.path)


@pytest.mark.parametrize("sort", [*ORDERS, *BY_FACTS])
def test_paging_meets_every_record_once_and_comes_back_the_same_way(ask, admin, crowd, sort):
    pages = [ask(admin, f"sort={sort}")]
    while pages[-1].context["listing"].next_url:
        pages.append(turn(ask, admin, pages[-1].context["listing"].next_url))
    forwards = [ids(page) for page in pages]

    back, backwards = pages[-1], []
    while back.context["listing"].previous_url:
        back = turn(ask, admin, back.context["listing"].previous_url)
        backwards.insert(0, ids(back))

    assert [len(page) for page in forwards] == [5, 5, 5, 2]
    assert sorted(chain(*forwards)) == sorted(Counterparty.objects.values_list("pk", flat=True))
    assert backwards == forwards[:-1]
    assert not any(notes(page) for page in pages)


@pytest.mark.parametrize("sort", ["c-size", "-c-grade", "status", "country"])
def test_a_long_page_shows_the_same_order_as_the_short_ones(ask, admin, crowd, sort):
    short = [ask(admin, f"sort={sort}")]
    while short[-1].context["listing"].next_url:
        short.append(turn(ask, admin, short[-1].context["listing"].next_url))
    User.objects.filter(pk=admin.pk).update(rows=50)

    whole = ask(admin, f"sort={sort}")

    assert ids(whole) == [*chain(*map(ids, short))]


@pytest.mark.parametrize("sort", ["-name", "-c-size", "c-motto", "c-grade"])
def test_however_many_answer_a_search_they_stand_in_the_order_of_the_list(ask, admin, crowd, sort, monkeypatch):
    def two_pages(question):
        page = ask(admin, f"{question}&sort={sort}")
        return ids(page), ids(turn(ask, admin, page.context["listing"].next_url))

    everybody = two_pages("")

    for limit in (f"{SEARCHING}.LISTED", f"{FOUND}.MET_SOON", f"{HITS}.FEW", f"{WALKING}.A_SHORT_WALK"):
        monkeypatch.setattr(limit, 1)
        assert two_pages("q=firm") == everybody


def test_a_page_stays_where_it_is_when_records_are_added_before_it(ask, admin, crowd):
    second = ask(admin).context["listing"].next_url
    before = ids(turn(ask, admin, second))

    make_counterparty("Aaa")

    assert ids(turn(ask, admin, second)) == before


def test_a_filter_is_kept_from_page_to_page(ask, admin, crowd):
    first = ask(admin, "c-size_min=0&country=DE&country=BG&columns=code&sort=-c-size")

    listing = first.context["listing"]
    kept = parse_qs(urlsplit(listing.next_url).query)

    assert kept["country"] == ["DE", "BG"]
    assert (kept["c-size_min"], kept["columns"], kept["sort"]) == (["0"], ["code"], ["-c-size"])


@pytest.mark.parametrize("place", ["after=nonsense", "before=eyJ", "after=" + "x" * 5000])
def test_a_position_nobody_gave_out_is_told_and_the_list_begins_anew(ask, admin, crowd, place):
    shown = ask(admin, place)

    assert ids(shown) == ids(ask(admin))
    assert notes(shown) == ["This position in the list is not valid any more, so the list is shown from its beginning."]


def test_a_position_is_good_for_its_own_order_only(ask, admin, crowd):
    position = parse_qs(urlsplit(ask(admin, "sort=code").context["listing"].next_url).query)["after"][0]

    assert len(notes(ask(admin, {"sort": "-created", "after": position}))) == 1


def test_a_position_behind_the_last_record_shows_the_beginning(ask, admin, crowd):
    url = ask(admin, "q=firm").context["listing"].next_url
    Counterparty.objects.exclude(pk__in=ids(ask(admin))).update(archived_at=timezone.now())

    assert ids(turn(ask, admin, url)) == ids(ask(admin))


@pytest.mark.parametrize("name", ["admin", "anna"])
def test_of_types_statuses_and_the_archive_it_is_known_how_many_answer(
    ask, request, crowd, supplier_type, bank_type, monkeypatch, name
):
    monkeypatch.setattr("desk.pages.how_many.capped_count", lambda records: pytest.fail("They were counted."))
    for carried in ([supplier_type], [bank_type], [supplier_type, bank_type]):
        make_counterparty(types=carried)
    gone = Counterparty.objects.values_list("pk", flat=True)[::3]
    Counterparty.objects.filter(pk__in=gone).update(archived_at=timezone.now())
    person = request.getfixturevalue(name)
    User.objects.filter(pk=person.pk).update(rows=1)

    for question in (
        "",
        "type=client",
        "kind=supplier",
        "status=active&status=lead&type=supplier",
        "archived=no",
        "archived=yes&status=inactive",
        "archived=all&kind=client",
    ):
        listing = ask(person, question).context["listing"]
        assert listing.count == listing.found.count(), question


@pytest.fixture
def of_every_type(client_type, supplier_type):
    """A characteristic of each type there is, all of them columns of the list of clients, with something to say."""
    grades = make_nomenclature("grades", "a")
    element = Element.objects.get(nomenclature=grades)
    scan = StoredFile.objects.create(
        sha256="0" * 64, name="scan.png", content_type="image/png", size=1, storage_name="1"
    )
    element.picture = scan
    element.save()
    worth = {
        "text": "word",
        "long_text": "line\nline",
        "number": Decimal("1.5"),
        "date": date(2026, 3, 1),
        "checkbox": True,
        "nomenclature": element,
        "counterparty": make_counterparty("Supplier", [supplier_type]),
        "file": scan,
        "picture": scan,
        "selectable_picture": element,
        "with_package": Packed(True, element, Decimal(2)),
    }
    made = {}
    for place, each in enumerate(types):
        facts = {"nomenclature": grades} if "nomenclature" in each.takes else {}
        asked = make_characteristic(f"fact{place}", each.code, client_type, in_list=True, **facts)
        made[asked] = each.stored(worth[each.code])
    return made


def test_a_page_with_a_column_of_every_type_costs_the_same_number_of_queries(client, anna, of_every_type):
    client.force_login(anna)
    cost, shown = {}, None

    for how_many in (1, 3, 50):
        missing = [
            make_counterparty() for _each in range(how_many - Counterparty.objects.exclude(name="Supplier").count())
        ]
        said = of_every_type.items()
        Value.objects.bulk_create(
            Value(counterparty=record, characteristic=asked, **stored) for record in missing for asked, stored in said
        )
        client.get("/clients/")
        with CaptureQueriesContext(connection) as queries:
            shown = client.get("/clients/")
        cost[len(names(shown))] = len(queries)

    assert cost == {1: QUERIES, 3: QUERIES, 50: QUERIES}
    assert len(shown.context["listing"].columns) == 4 + len(of_every_type) >= 14
    assert "Supplier</a>" in shown.content.decode()


#: Session, person; grants, types, combinations, characteristics; two for the permission of the settings entry;
#: the saved views; statuses; the page, its values, and the elements, files and counterparties they point at;
#: the menu's counts are the list's own count.
QUERIES = 12
