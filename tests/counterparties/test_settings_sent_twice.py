"""What no two may have, a code or a name, refuses no second click: the same form is answered as it was at first."""

import html
import re

import pytest

from characteristics.models import Element
from counterparties.models import CounterpartyType
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.models import Operation

PERSON = {"username": "ana", "first_name": "Ana", "language": "bg", "password": "Twelve grey hens"}
#: Where it is added, what is said, and what would be another one of the same code or name.
FORMS = {
    "type": ("/settings/types/new/", {"code": "big", "name": "Big", "parent": "client"}, {"characteristics": "motto"}),
    "status": ("/settings/statuses/new/", {"code": "lost", "name": "Lost", "color": "red"}, {"color": "blue"}),
    "default status": (
        "/settings/statuses/new/",
        {"code": "met", "name": "Met", "color": "red", "is_default": "on", "position": "1"},
        {"position": "2"},
    ),
    "characteristic": (
        "/settings/characteristics/new/",
        {"code": "size", "name": "Size", "type_code": "number", "minimum": "1,50", "types": ["client"]},
        {"types": ["supplier"]},
    ),
    "characteristic with its list": (
        "/settings/characteristics/new/",
        {"code": "hue", "name": "Hue", "type_code": "nomenclature", "elements": "red;Red\nblue;Blue"},
        {"elements": "red;Red"},
    ),
    "nomenclature": (
        "/settings/nomenclatures/new/",
        {"code": "hue", "name": "Hue", "elements": "red;Red\ndark;Dark;red"},
        {"elements": "red;Red"},
    ),
    "element": ("/settings/nomenclatures/town/elements/new/", {"code": "ruse", "name": "Ruse"}, {"name": "Rousse"}),
    "view": ("/views/new/?list=/clients/%3Fstatus%3Dactive", {"name": "Ours", "is_default": "on"}, {"is_default": ""}),
    "person": ("/people/new/", PERSON | {"email": "ana@example.org"}, {"password": "Thirteen grey hens"}),
    "role": ("/roles/new/", {"name": "Buyers"}, {"name": "buyers"}),
}


@pytest.fixture
def desk(client, admin, client_type, supplier_type):
    make_characteristic("motto", "text")
    make_nomenclature("town")
    client.force_login(admin)
    return client


def opened_of(page):
    (field,) = re.findall(r'<input[^>]* name="opened"[^>]*>', page)
    return html.unescape(re.search(r'value="([^"]*)"', field)[1])


@pytest.mark.parametrize("sort", FORMS)
def test_the_second_click_gets_the_answer_of_the_first(desk, sort):
    new, said, other = FORMS[sort]
    form = said | {"opened": opened_of(desk.get(new).content.decode())}

    first = desk.post(new, form)
    written = Operation.objects.count()
    second = desk.post(new, form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second["Location"] == first["Location"]
    for another in (form | other, form | {"opened": ""}, form | {"opened": opened_of(desk.get(new).content.decode())}):
        assert desk.post(new, another).status_code == 422
    assert Operation.objects.count() == written


def test_a_colleagues_second_click_is_refused(desk, client, ivo):
    new, said, _other = FORMS["element"]
    form = said | {"opened": opened_of(desk.get(new).content.decode())}
    desk.post(new, form)

    client.force_login(ivo)

    assert client.post(new, form).status_code == 422
    assert Element.objects.filter(code="ruse").count() == 1


@pytest.mark.parametrize("sort", ["company", "delivery", "membership"])
def test_a_dossier_takes_one_of_a_kind_once(desk, sort):
    danube = make_counterparty("Danube")
    new, form, other = f"{danube.get_absolute_url()}addresses/new/", {"kind": sort, "city": "Ruse"}, {"city": "Varna"}
    if sort == "membership":
        group = make_counterparty("Group", [CounterpartyType.objects.get(code="holding")])
        new, other = f"{group.get_absolute_url()}members/new/", {"since": "2021-05-04"}
        form = {"member": danube.code, "since": "2020-05-04"}
    form |= {"opened": opened_of(desk.get(new).content.decode())}

    answers = [desk.post(new, each) for each in (form, form, form | other)]

    assert [each.status_code for each in answers] == [303, 303, 422]
    assert answers[0]["Location"] == answers[1]["Location"]
