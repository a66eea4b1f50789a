"""Adding and editing on the card: what is kept, and under which operation."""

import re

import pytest
from django.utils import timezone

from counterparties.models import Counterparty, Status
from rights.domain.granting import copy_rights
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty, make_type
from trail.models import Operation


def test_name_and_types_alone_make_a_counterparty(desk, anna):
    answer = desk.post(NEW, {"name": "Danube Agro", "types": "client"})

    made = Counterparty.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/counterparties/{made.pk}/")
    assert (made.name, made.code, made.country, made.status.code) == ("Danube Agro", "C10001", "BG", "active")
    assert [each.code for each in made.types] == ["client"]
    operation = Operation.objects.get(kind="card")
    assert (operation.user, made.history.get().operation) == (anna, operation)


def test_types_are_ticked_from_where_one_came(desk):
    answer = desk.get(NEW + "?type=client")

    assert [each.code for each in answer.context["form"].types] == ["client"]
    assert "<h1>New client</h1>" in answer.content.decode()


def test_types_stand_as_their_tree_and_say_their_whole_way(desk, client_type):
    copy_rights(client_type, retail := make_type("retail", client_type, name="Retail"))
    copy_rights(retail, make_type("kiosks", retail, name="Kiosks"))

    page = desk.get(NEW).content.decode()

    tree = page.partition('<div class="branches">')[2].partition("</div>")[0]
    told = re.findall(r'class="tick (d\d)[^"]*">.*?<span>(.*?)</span></label>', tree)
    ways = [(depth, re.sub("<[^>]+>", "", words), words.rpartition(">")[2]) for depth, words in told]
    assert ways[:3] == [
        ("d0", "Client", "Client"),
        ("d1", "Client › Retail", "Retail"),
        ("d2", "Client › Retail › Kiosks", "Kiosks"),
    ]


def test_cancelling_leads_back_to_the_list_of_its_kind(desk):
    clients = desk.get(NEW + "?type=client").content.decode()
    anybody = desk.get(NEW).content.decode()

    assert '<a class="btn btn-quiet" href="/clients/">Cancel</a>' in clients
    assert '<a class="btn btn-quiet" href="/counterparties/">Cancel</a>' in anybody


def test_the_first_button_of_the_card_saves(desk):
    """Enter in a field presses it."""
    page = desk.get(NEW).content.decode()

    assert "name=" not in page.split('<form id="card"')[1].split("<button")[1].split(">")[0]


def test_a_type_from_nowhere_is_told_and_ignored(desk):
    answer = desk.get(NEW + "?type=nonsense&type=bank")

    assert answer.status_code == 200
    assert [str(each) for each in answer.context["messages"]] == [
        "There is no type “nonsense” that you may add counterparties to. Tick one below."
    ]
    assert answer.context["form"].types == []


def test_all_facts_are_kept_as_they_are_written_out(desk):
    desk.post(
        NEW,
        {
            "name": "Дунав Агро",
            "types": "client",
            "alias": "Danube",
            "registration_number": "175 074 752",
            "is_vat_registered": "on",
            "vat_number": "175074752",
            "email": "Office@DANUBE.example",
            "phone": "+359 2 987 6543",
            "mobile": "088 812 3456",
            "website": "danube.example",
            "comment": "one\r\ntwo",
            "code": "BRK.B",
            "status": "on-hold",
        },
    )

    made = Counterparty.objects.get()
    assert made.registration_number == "175074752"
    assert made.vat_number == "BG175074752"
    assert made.email == "Office@danube.example"
    assert made.phone == "+359 2 987 6543"
    assert made.mobile == "+359888123456"
    assert made.website == "https://danube.example"
    assert made.comment == "one\ntwo"
    assert made.code == "BRK.B"
    assert made.status.code == "on-hold"
    assert made.is_vat_registered


def test_odd_signs_are_cleaned_and_emoji_stay(desk):
    desk.post(NEW, {"name": " Da\u202enube\u200b\x07 🚚 ", "types": "client", "alias": "СОРТ"})

    assert Counterparty.objects.get().name == "Danube 🚚"


def test_save_and_add_another_opens_the_next_card_with_the_same_types(desk):
    answer = desk.post(NEW, {"name": "First", "types": "client", "another": "1"})

    assert answer["Location"] == NEW + "?type=client"


def test_an_untouched_card_writes_nothing(desk):
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(edit_of(counterparty), typed(counterparty), follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Nothing was changed."]
    assert Counterparty.objects.get().version == 1
    assert counterparty.history.count() == 1
    assert not Operation.objects.filter(kind="card").exists()


def test_an_edit_is_one_operation_with_its_reason(desk, anna, client_type):
    make_characteristic("motto", "text", client_type)
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(
        edit_of(counterparty), typed(counterparty, name="Danube", reason="They moved", **{"c-motto": "Onward"})
    )

    assert answer.status_code == 303
    changed = Counterparty.objects.get()
    assert (changed.name, changed.version) == ("Danube", 2)
    operation = Operation.objects.get(kind="card")
    assert (operation.user, operation.reason) == (anna, "They moved")
    assert changed.history.first().operation == operation
    assert changed.values.get().history.get().operation == operation
    assert [row.name for row in changed.history.all()] == ["Danube", "Danube Agro"]


def test_a_fact_that_was_not_sent_stays(desk):
    counterparty = make_counterparty("Danube Agro", email="a@danube.example", country="RO")

    desk.post(edit_of(counterparty), {"name": "Danube", "types": "client", "version": 1})

    changed = Counterparty.objects.get()
    assert (changed.name, changed.email, changed.country) == ("Danube", "a@danube.example", "RO")


def test_an_old_wrong_number_does_not_keep_anybody_from_correcting_a_phone(desk):
    counterparty = make_counterparty("Danube Agro", registration_number="123", country="BG")

    answer = desk.post(edit_of(counterparty), typed(counterparty, phone="02 987 6543"))

    assert answer.status_code == 303
    assert Counterparty.objects.get().phone == "02 987 6543"


def test_forged_fields_are_not_read(desk):
    counterparty = make_counterparty("Danube Agro")
    forged = {
        "archived_at": "2020-01-01",
        "created_at": "2020-01-01",
        "id": 99,
        "pk": 99,
        "type_set": 1,
        "search": "x",
        "code_key": "x",
    }

    desk.post(edit_of(counterparty), typed(counterparty, **forged))

    after = Counterparty.objects.get()
    assert (after.pk, after.archived_at, after.created_at, after.version) == (
        counterparty.pk,
        None,
        counterparty.created_at,
        1,
    )


@pytest.mark.parametrize("version", ["", "nonsense", "-1", "9" * 40])
def test_a_version_from_nowhere_saves_nothing(desk, version):
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(edit_of(counterparty), typed(counterparty, name="Forged", version=version))

    assert answer.status_code in {409, 422}
    assert Counterparty.objects.get().name == "Danube Agro"


def test_a_stopped_status_is_kept_and_offered_to_nobody_else(desk):
    counterparty = make_counterparty("Danube Agro", status=Status.objects.get(code="on-hold"))
    Status.objects.filter(code="on-hold").update(stopped_at=timezone.now())

    kept = desk.post(edit_of(counterparty), typed(counterparty, name="Danube"))
    refused = desk.post(NEW, {"name": "New", "types": "client", "status": "on-hold"})

    assert kept.status_code == 303
    assert Counterparty.objects.get().status.code == "on-hold"
    assert errors(refused)["status"] == ["The status “on-hold” is stopped. Choose another one."]


def test_an_archived_card_may_be_corrected_and_says_that_it_is_archived(desk):
    counterparty = make_counterparty("Danube Agro", archived_at=timezone.now())

    page = desk.get(edit_of(counterparty))
    answer = desk.post(edit_of(counterparty), typed(counterparty, name="Danube"))

    assert "it stays out of daily work until it is restored" in page.content.decode()
    assert answer.status_code == 303
    assert Counterparty.objects.get().is_archived
