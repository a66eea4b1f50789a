"""Limits and preset answers wherever something is said: cards, sheets, many at once, taking back."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from characteristics.models import Characteristic, Element
from counterparties.domain import keeping
from counterparties.models import Counterparty
from rights.domain import policy
from tests.counterparties.begun import said_by, whole
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty, make_type
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import foresee
from trail.models import Operation


def test_a_card_keeps_to_them_and_tells_them(desk, limited):
    page = desk.get(f"{NEW}?type=client").content.decode()
    wrong = {"c-size": "9,6", "c-born": "31.12.2025", "c-plate": "ab1"}

    refused = desk.post(NEW, {"name": "Danube", "types": "client", **wrong})
    long = desk.post(NEW, {"name": "Danube", "types": "client", "c-plate": "AB1234567"})
    saved = desk.post(NEW, {"name": "Danube", "types": "client", "c-size": "9,5", "c-plate": "AB123456"})

    assert "From 1 to 9.5." in page
    assert 'min="2026-01-01"' in page
    assert 'maxlength="8"' in page
    assert "Letters, then digits." in page
    assert errors(refused) == {
        "c-size": ["“9.6” is too high: the most is 9.5."],
        "c-born": ["“31 Dec 2025” is too early: the first day is 1 Jan 2026."],
        "c-plate": ["“ab1” does not fit here: Letters, then digits."],
    }
    assert errors(long) == {"c-plate": ["It has 9 characters; at most 8 are kept here."]}
    assert saved.status_code == 303


def test_what_stands_beyond_a_limit_keeps_nobody_from_saving_the_rest(desk, limited):
    danube = make_counterparty("Danube")
    values.save(danube, {limited[0]: Decimal(100)})

    same = desk.post(edit_of(danube), typed(danube, name="Danube Ltd", **{"c-size": "100"}))
    danube.refresh_from_db()
    other = desk.post(edit_of(danube), typed(danube, **{"c-size": "101"}))

    assert same.status_code == 303
    assert list(errors(other)) == ["c-size"]


def test_many_at_once_and_taking_back_keep_to_them(desk, anna, limited):
    danube, size = make_counterparty("Danube"), limited[0]
    page = desk.post(f"/counterparties/bulk/?row={danube.pk}", {"change": "c-size", "c-size": "10"})
    values.save(danube, {size: Decimal(5)})
    keeping.keep(danube, {}, None, {size: Decimal(6)}, by=anna, seen=danube.version)
    Characteristic.objects.filter(pk=size.pk).update(minimum="6")

    outcome = foresee(Operation.objects.latest("pk"), Asked(), policy.for_user(anna))

    assert page.status_code == 422
    assert "“10” is too high" in page.content.decode()
    assert "“5” is too low: the least is 6." in " ".join(outcome.whys)


# ---- preset answers


def test_a_new_card_begins_with_them_and_what_is_cleared_stays_empty(desk, presets):
    made, house = presets
    page = desk.get(f"{NEW}?type=client").content.decode()

    desk.post(NEW, {"name": "Untouched", "types": "client"})
    desk.post(NEW, {"name": "Cleared", "types": "client", "c-motto": "", "c-size": "", "c-vip": "", "c-grade": ""})

    assert 'value="Onward"' in page
    assert 'value="12.5"' in page
    assert said_by(Counterparty.objects.get(name="Untouched"), made) == whole(house)
    cleared = said_by(Counterparty.objects.get(name="Cleared"), made)
    assert [cleared[code] for code in ("motto", "size", "vip", "grade")] == [None] * 4


def test_a_type_that_is_ticked_later_brings_its_own(desk, admin, presets, client_type):
    desk.force_login(admin)
    retail = make_type("retail", client_type)
    make_characteristic("shelf", "text", retail, default="Upper")

    page = desk.post(NEW, {"name": "Shop", "types": "retail", "c-motto": "Mine", "show_fields": "1"}).content.decode()

    assert 'value="Upper"' in page
    assert 'value="Mine"' in page
    assert 'value="Onward"' not in page


def test_nothing_is_written_into_cards_that_exist(desk, presets):
    made, _house = presets
    danube = make_counterparty("Danube")

    page = desk.get(edit_of(danube)).content.decode()
    desk.post(edit_of(danube), typed(danube, name="Danube Ltd"))

    assert "Onward" not in page
    assert said_by(danube, made) == dict.fromkeys(made)


def test_what_was_archived_or_stopped_since_is_not_preset(desk, presets):
    made, house = presets
    Counterparty.objects.filter(pk=house.pk).update(archived_at=timezone.now())
    Element.objects.filter(code="silver").update(stopped_at=timezone.now())

    desk.post(NEW, {"name": "Danube", "types": "client"})

    said = said_by(Counterparty.objects.get(name="Danube"), made)
    assert (said["house"], said["grade"]) == (None, None)


def test_presets_cost_a_new_card_one_statement(desk, client_type):
    make_counterparty("House", code="HOUSE")
    make_characteristic("other", "counterparty", client_type)
    desk.get(f"{NEW}?type=client")
    spent = []
    for number in (0, 1, 3):
        for each in range(number):
            make_characteristic(f"house{number}{each}", "counterparty", client_type, default="HOUSE")
            make_characteristic(f"motto{number}{each}", "text", client_type, default="Onward", is_unique=False)
        desk.get(f"{NEW}?type=client")
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"{NEW}?type=client")
        spent.append(len(asked))

    assert spent == [spent[0], spent[0] + 1, spent[0] + 1]
