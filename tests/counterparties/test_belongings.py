"""What a dossier holds: kept by whoever may edit the counterparty, by nobody else, and never over each other."""

import pytest

from counterparties.domain import belongings
from counterparties.models import Address, Contact
from tests.factories import make_counterparty
from trail.models import Operation


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], country="BG")


def test_a_contact_is_added_changed_and_deleted_each_as_one_operation(desk, danube, anna):
    at = f"/counterparties/{danube.pk}/contacts/"

    added = desk.post(f"{at}new/", {"name": "Ivan Petrov", "email": "IVAN@Example.com", "phone": "02 980 12 34"})
    contact = Contact.objects.get()
    shown = desk.get(f"{at}{contact.pk}/edit/")
    changed = desk.post(
        f"{at}{contact.pk}/edit/", {"name": "Ivan Petrov", "job": "Manager", "email": "", "version": contact.version}
    )
    tab = desk.get(f"/counterparties/{danube.pk}/?tab=contacts").content.decode()
    asked = desk.post(f"{at}{contact.pk}/delete/")
    deleted = desk.post(f"{at}{contact.pk}/delete/", {"confirmed": "1"})

    assert [each.status_code for each in (added, shown, changed, asked, deleted)] == [303, 200, 303, 200, 303]
    assert "Manager" in tab
    assert f"{at}{contact.pk}/edit/" in tab
    assert not Contact.objects.exists()
    rows = Contact.history.order_by("history_id")
    assert [(row.history_type, row.job, row.operation.user) for row in rows] == [
        ("+", "", anna),
        ("~", "Manager", anna),
        ("-", "Manager", anna),
    ]
    assert len({row.operation_id for row in rows}) == 3


def test_what_cannot_be_right_is_said_at_its_field_and_kept_as_typed(desk, danube):
    contact = desk.post(f"/counterparties/{danube.pk}/contacts/new/", {"name": "", "email": "ivan@", "job": "Boss"})
    nowhere = desk.post(f"/counterparties/{danube.pk}/addresses/new/", {"kind": "other", "name": "Shop"})

    assert (contact.status_code, set(contact.context["form"].errors)) == (422, {"name", "email"})
    assert "Boss" in contact.content.decode()
    assert (nowhere.status_code, set(nowhere.context["form"].errors)) == (422, {"line1"})
    assert not Contact.objects.exists()
    assert not Operation.objects.filter(kind="card").exists()


def test_there_is_one_company_address_and_any_number_of_others(desk, danube):
    at = f"/counterparties/{danube.pk}/addresses/new/"
    sent = {"kind": "company", "line1": "1 Vitosha", "city": "Sofia", "country": "Bulgaria"}

    answers = [
        desk.post(at, sent),
        desk.post(at, sent),
        desk.post(at, {"kind": "other", "name": "Shop", "city": "Varna"}),
        desk.post(at, {"kind": "other", "name": "Depot", "city": "Burgas"}),
    ]

    assert [each.status_code for each in answers] == [303, 422, 303, 303]
    kept = Address.objects.order_by("pk").values_list("kind", "city", "country")
    assert list(kept) == [("company", "Sofia", "BG"), ("other", "Varna", ""), ("other", "Burgas", "")]


def test_two_who_note_the_company_address_at_once_lose_nothing(desk, danube, monkeypatch):
    add = belongings.add

    def after_a_colleague(thing, **how):
        Address.objects.create(counterparty=danube, kind="company", city="Varna")
        return add(thing, **how)

    monkeypatch.setattr(belongings, "add", after_a_colleague)

    answer = desk.post(f"/counterparties/{danube.pk}/addresses/new/", {"kind": "company", "city": "Sofia"})

    assert answer.status_code == 422
    assert "There is one already." in answer.content.decode()
    assert 'value="Sofia"' in answer.content.decode()
    assert [each.city for each in Address.objects.all()] == ["Varna"]


def test_the_second_of_two_people_sees_both_versions(desk, danube):
    desk.post(f"/counterparties/{danube.pk}/contacts/new/", {"name": "Ivan"})
    desk.post(f"/counterparties/{danube.pk}/addresses/new/", {"kind": "company", "city": "Sofia"})
    contact, address = Contact.objects.get(), Address.objects.get()
    danube.refresh_from_db()
    contact_at = f"/counterparties/{danube.pk}/contacts/{contact.pk}/edit/"
    address_at = f"/counterparties/{danube.pk}/addresses/{address.pk}/edit/"
    place = {"kind": "company", "version": danube.version}

    answers = [
        desk.post(contact_at, {"name": "Ivan", "job": "Boss", "version": contact.version}),
        desk.post(contact_at, {"name": "Ivanka", "version": contact.version}),
        desk.post(address_at, {**place, "city": "Varna"}),
        desk.post(address_at, {**place, "city": "Burgas"}),
    ]

    assert [each.status_code for each in answers] == [303, 409, 303, 409]
    assert "Ivanka" in answers[1].content.decode()
    assert (Contact.objects.get().name, Address.objects.get().city) == ("Ivan", "Varna")


def test_whoever_may_not_edit_is_refused_and_whoever_may_not_see_finds_nothing(client, boris, vera, danube):
    contact = Contact.objects.create(counterparty=danube, name="Ivan")
    other = make_counterparty("Other")
    at = f"/counterparties/{danube.pk}/contacts/"
    pages = [f"{at}new/", f"{at}{contact.pk}/edit/", f"{at}{contact.pk}/delete/"]

    answers = {}
    for person in (boris, vera):
        client.force_login(person)
        tab = client.get(f"/counterparties/{danube.pk}/?tab=contacts")
        answers[person.username] = [
            *(client.get(page).status_code for page in pages),
            *(client.post(page, {"name": "X", "confirmed": "1"}).status_code for page in pages),
            "contacts/new/" in tab.content.decode(),
        ]
    client.force_login(boris)
    elsewhere = client.get(f"/counterparties/{other.pk}/contacts/{contact.pk}/edit/")

    assert answers == {"boris": [403] * 6 + [False], "vera": [404] * 6 + [False]}
    assert elsewhere.status_code == 403
    assert Contact.objects.get().name == "Ivan"
