"""Whoever gives names in the settings can write nothing into the pages but words."""

import io
import re

import openpyxl
import pytest
from django.contrib.auth.models import Group

from characteristics.domain import values
from characteristics.models import Element, Nomenclature
from counterparties.domain import keeping
from counterparties.models import Counterparty, CounterpartyType, Status
from rights.domain.granting import grant, revoke
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.routes import ASKS, PAGE, addresses
from tests.shown import body_of
from trail.domain.operations import operation

from .conftest import EVERY, at_desk, person

EVIL = "\"'><img src=x onerror=alert(1)></script>{{ 7|add:7 }}%(name)s%d{0}"
#: What a page would hold had a name got out of its place, been filled in, or been made harmless twice.
LIVE = re.compile(r"<img src=x|onerror=alert\(1\)>|</script>14%|&amp;(?:lt|gt|quot|#x27|#39);")


def evil(word):
    return f"{EVIL}{word}"


@pytest.fixture
def misnamed(house, client_type):
    """Every thing of the settings has an evil name, and a past in which it had another."""
    with operation("settings", by=None):
        things = [
            *CounterpartyType.objects.all(),
            *Status.objects.all(),
            *Nomenclature.objects.all(),
            *Element.objects.all(),
            *house.asked.values(),
        ]
        for number, thing in enumerate(things):
            thing.name = evil(number)
            thing.name_en = thing.name_bg = thing.name_ru = ""
            thing.save()
        motto = make_characteristic(
            "slogan", "text", client_type, house.shop, name=evil("slogan"), definition=evil("help"), in_list=True
        )
        sort = make_characteristic(
            "sort",
            "nomenclature",
            client_type,
            house.shop,
            name=evil("sort"),
            nomenclature=Nomenclature.objects.get(code="client-category"),
        )
        stopped = make_characteristic("stopped", "number", client_type, name=evil("stopped"), unit=evil("")[:20])
        under = make_type("under", client_type, name=evil("under"))
    made = make_counterparty(evil("name"), [under, house.shop], comment=evil("comment"), alias=evil("alias"))
    element = Element.objects.get(code="retail")
    with operation("card", by=None):
        values.save(made, {motto: evil("said"), sort: element})
    keeping.keep(made, {"alias": evil("other")}, [under, house.shop], {motto: evil("now")}, by=None, seen=made.version)
    return made, stopped


@pytest.fixture
def reader(misnamed, house):
    """Everything, under an evil name and in an evil role."""
    user = person("evil", {}, is_superuser=True, is_staff=True, first_name=EVIL[:60], last_name=EVIL[:60])
    role = Group.objects.create(name=evil("role"))
    user.groups.add(role)
    for each in CounterpartyType.objects.all():
        grant(role, each, EVERY)
    revoke(role, house.vault, ["export"])
    return user


def test_names_are_only_words_on_every_page(reader, misnamed):
    desk, pk = at_desk(reader), misnamed[0].pk
    extra = [
        "/counterparties/?filters=open&type=shop&status=active&c-slogan=x&c-sort=retail&columns=name&columns=types"
        "&columns=status&columns=c-slogan&columns=c-sort&sort=c-sort",
        "/clients/?filters=open&c-stopped_min=1",
        "/counterparties/new/?type=client&type=shop",
        "/admin/counterparties/counterparty/?q=evil",
        f"/admin/auth/group/{Group.objects.get(name=evil('role')).pk}/change/",
    ]
    told = 0

    for page in dict.fromkeys([*addresses(PAGE, ASKS, pk=pk), *extra]):
        answer = desk.get(page, follow=True)
        content = body_of(answer)
        assert answer.status_code < 500, page
        assert [content[max(0, at.start() - 80) : at.end() + 40] for at in LIVE.finditer(content)] == [], page
        told += "&lt;img src=x onerror=alert(1)&gt;&lt;/script&gt;{{ 7|add:7 }}%(name)s%d{0}" in content

    assert told > 40


def test_refusals_and_messages_say_evil_names_harmlessly(reader, misnamed, house):
    desk, made = at_desk(reader), misnamed[0]
    plain = person("plain", {house.shop: ["view"]})
    card = {"types": "shop", "name": evil("again"), "c-sort": evil("x"), "status": evil("x"), "country": evil("x")}
    answers = [
        desk.post("/counterparties/new/", card),
        desk.post("/counterparties/new/", {"types": "shop", "name": evil("kept")}, follow=True),
        desk.post(f"/counterparties/{made.pk}/edit/", card | {"version": "1"}),
        at_desk(plain).get(f"/counterparties/{made.pk}/edit/"),
        at_desk(plain).get(f"/counterparties/{made.pk}/"),
        at_desk(plain).get("/counterparties/sheet.xlsx"),
        desk.get(f"/counterparties/?type={EVIL}&c-sort={EVIL}&columns={EVIL}&sort={EVIL}"),
    ]

    assert [each.status_code for each in answers] == [422, 200, 409, 403, 200, 403, 200]
    for answer in answers:
        content = body_of(answer)
        assert [content[max(0, at.start() - 80) : at.end() + 40] for at in LIVE.finditer(content)] == []


def test_a_sheet_of_evil_names_opens(reader, misnamed):
    keys = ("name", "types", "status", "c-slogan", "c-sort", "c-stopped")
    answer = at_desk(reader).get("/counterparties/sheet.xlsx?type=under&" + "&".join(f"columns={key}" for key in keys))

    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))

    head, row = list(book.worksheets[0].iter_rows(values_only=True))[:2]
    assert head[3] == evil("slogan")
    assert row[0] == Counterparty.objects.get(pk=misnamed[0].pk).name
