"""Who may join which two, and what is said where it may not be."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from characteristics.domain import values
from counterparties.domain import archiving, erasing
from counterparties.models import Client as ClientFacts
from counterparties.models import (
    Contact,
    Counterparty,
    CounterpartyType,
    Erasure,
    Joining,
    Membership,
    Note,
    NoteReader,
    Project,
    Status,
)
from rights.domain import policy
from rights.domain.granting import grant, revoke
from tests.counterparties.joins import join, page_of
from tests.factories import let_in, make_characteristic, make_counterparty, make_nomenclature
from tests.shown import body_of
from trail.domain import reasons, settings
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import foresee
from trail.models import Operation


@pytest.fixture
def two(office):
    return make_counterparty("Danube", code="DAN"), make_counterparty("Dunav", code="DUN")


def of(code):
    return CounterpartyType.objects.get(code=code)


def is_refused(client, stays, goes, sentence):
    """Told on the page, which has no button then, and refused when it is sent all the same."""
    page, sent = client.get(page_of(stays, goes)), join(client, stays, goes)
    told = [sentence in body_of(each) for each in (page, sent)]
    return (page.status_code, sent.status_code, *told) == (200, 422, True, True) and not Joining.objects.exists()


def test_it_is_asked_first_and_done_when_confirmed(desk, two):
    stays, goes = two
    contact = Contact.objects.create(counterparty=goes, name="Ivan")

    compared = desk.get(page_of(stays, goes))
    asked = desk.post(page_of(stays, goes), {"asked": "1", "fact-name": "goes", "fact-code": "goes"})
    again = desk.post(page_of(stays, goes), {"asked": "1", "fact-name": "goes", "again": "1", "confirmed": "1"})

    assert [each.status_code for each in (compared, asked, again)] == [200, 200, 200]
    assert f'href="/counterparties/{goes.pk}/join/?with={stays.pk}"' in body_of(compared)
    assert 'name="confirmed" value="1"' in body_of(asked)
    assert "The two exchange their codes." in body_of(asked)
    assert not Joining.objects.exists()
    join(desk, stays, goes, **{"fact-name": "goes", "fact-code": "goes"})
    stays, goes = (Counterparty.objects.get(pk=each.pk) for each in two)
    assert (stays.name, stays.code, goes.name, goes.code) == ("Dunav", "DUN", "Dunav", "DAN")
    contact.refresh_from_db()
    assert contact.counterparty_id == stays.pk


def test_the_other_one_is_found_by_name_or_code_and_never_itself_or_a_hidden_one(desk, two, bank_type):
    stays, goes = two
    bank = make_counterparty("Hidden bank", [bank_type])
    address = f"/counterparties/{stays.pk}/join/"

    named, coded = (desk.get(address, {"with": said}) for said in ("Dunav", "dun"))
    unknown, itself, hidden = (desk.get(address, {"with": said}) for said in ("Nobody", str(stays.pk), str(bank.pk)))

    assert desk.get(address).status_code == 200
    assert {(each.status_code, each["Location"]) for each in (named, coded)} == {(302, page_of(stays, goes))}
    assert [each.status_code for each in (unknown, itself, hidden)] == [422, 422, 404]
    assert desk.get(f"/counterparties/{bank.pk}/join/").status_code == 404
    assert "Hidden bank" not in body_of(desk.get(address))


def test_each_right_is_asked_for(client, boris, desk, two, client_type, supplier_type, bank_type):
    stays, goes = two
    sales = Group.objects.get(name="Sales")
    supplier = make_counterparty("Supplier", [supplier_type])
    both = make_counterparty("Both", [client_type, supplier_type])

    # Anna views suppliers and edits clients: a supplier is not hers to archive, nor to give that type.
    assert [desk.get(page_of(*pair)).status_code for pair in ((stays, supplier), (supplier, stays), (stays, both))] == [
        403,
        403,
        403,
    ]
    assert desk.get(page_of(both, goes)).status_code == 200
    for right in ("archive", "edit"):
        revoke(sales, client_type, [right])
        assert desk.get(page_of(stays, goes)).status_code == 403
        assert join(desk, stays, goes).status_code == 403
        assert f"/counterparties/{stays.pk}/join/" not in body_of(desk.get(f"/counterparties/{stays.pk}/"))
        grant(sales, client_type, [right])
    assert f"/counterparties/{stays.pk}/join/" in body_of(desk.get(f"/counterparties/{stays.pk}/"))
    client.force_login(boris)
    assert client.post(page_of(stays, goes), {"confirmed": "1"}).status_code == 403
    assert not Joining.objects.exists()


def test_what_is_hidden_is_neither_told_nor_moved(desk, admin, anna, two, client_type, bank_type):
    stays, goes = two
    friend = make_characteristic("friend", "counterparty", client_type, bank_type)
    bank = make_counterparty("Zqx bank", [bank_type])
    sentence = "Not all that hangs on “Dunav” is yours to see and to change."

    values.save(bank, {friend: goes})
    assert is_refused(desk, stays, goes, sentence)
    assert "Zqx" not in body_of(desk.get(page_of(stays, goes)))
    values.save(bank, {friend: None})
    values.save(goes, {friend: bank})
    assert is_refused(desk, stays, goes, sentence)
    values.save(goes, {friend: None})
    note = Note.objects.create(counterparty=goes, text="Psst", author=admin, audience="roles")
    assert is_refused(desk, stays, goes, sentence)
    NoteReader.objects.create(note=note, role=Group.objects.get(name="Sales"))
    assert desk.get(page_of(stays, goes)).status_code == 200
    assert join(desk, stays, goes).status_code == 303
    # A note of somebody else's goes back with its dossier all the same.
    outcome = foresee(Operation.objects.latest("pk"), Asked(), policy.for_user(anna))
    assert (outcome.cannot, outcome.left) == (0, 0)


def test_two_that_are_not_one_are_told_why(client, admin, two, client_type):
    stays, goes = two
    client.force_login(admin)
    company, holding = (make_counterparty(code, [of(code)]) for code in ("company", "holding"))
    person, gone = make_counterparty("Ana", is_person=True), make_counterparty("Gone")
    archiving.archive(gone, by=admin, seen=gone.version)
    Membership.objects.create(holding=holding, member=stays, until=date(2001, 1, 1))
    Project.objects.create(counterparty=stays, name="A", code="p")
    Project.objects.create(counterparty=goes, name="B", code="P")

    assert is_refused(client, stays, company, "Own companies are not joined")
    assert is_refused(client, company, stays, "Own companies are not joined")
    assert is_refused(client, stays, holding, "belongs to the other as a company in a holding")
    assert is_refused(client, holding, stays, "belongs to the other as a company in a holding")
    assert is_refused(client, stays, person, "“Ana” is an individual and “Danube” is not.")
    assert is_refused(client, stays, gone, "“Gone” is archived. Restore it first, then join.")
    assert is_refused(client, gone, stays, "“Gone” is archived. Restore it first, then join.")
    assert is_refused(client, stays, goes, "Both have a project with the code “P”.")
    erasing.erase_counterparty(person, by=admin, reason="Asked for")
    other = make_counterparty("Ana", is_person=True)
    assert is_refused(client, other, person, "Personal data of one of them was erased")


def test_what_no_two_may_share_is_not_said_of_both(client, admin, two, client_type):
    stays, goes = two
    payer = make_characteristic("payer", "counterparty", client_type, is_unique=True)
    for said in two:
        values.save(make_counterparty(f"Says {said.name}"), {payer: said})
    client.force_login(admin)

    assert is_refused(client, stays, goes, "Others say “Dunav” and “Danube” for “Payer”, which no two may share.")


def test_a_holding_stays_one_as_long_as_companies_belong_to_it(client, admin, two):
    stays, _member = two
    client.force_login(admin)
    holding = make_counterparty("Group", [of("holding")])
    Membership.objects.create(holding=holding, member=make_counterparty("Rila"))

    without = client.post(page_of(stays, holding), {"asked": "1"})
    joined = join(client, stays, holding, types="holding")

    assert (without.status_code, joined.status_code) == (422, 303)
    assert "Companies belong to it as to a holding" in body_of(without)
    assert [each.code for each in Counterparty.objects.get(pk=stays.pk).types] == ["client", "holding"]
    assert Membership.objects.values_list("holding", flat=True).get() == stays.pk


def test_the_log_in_of_the_one_that_goes_is_closed_and_that_of_the_other_stays(client, admin, two):
    stays, goes = two
    for each in two:
        each.email = f"{each.code}@clients.example"
        each.save()
        let_in(each, by=admin)
    client.force_login(admin)

    asked = client.post(page_of(stays, goes), {"asked": "1", "fact-email": "goes"})
    join(client, stays, goes, **{"fact-email": "goes"})

    assert "The log-in of “Dunav” is closed." in body_of(asked)
    stays, goes = (Counterparty.objects.get(pk=each.pk) for each in two)
    assert (stays.access.is_open, goes.access.is_open) == (True, False)
    assert stays.access.user.email == stays.email == "DUN@clients.example"


def test_a_number_must_be_right_for_the_country_that_is_chosen(desk, two):
    stays, goes = two
    Counterparty.objects.filter(pk=stays.pk).update(country="RO")
    goes.registration_number, goes.country = "131071587", "BG"
    goes.save()

    answer = join(desk, stays, goes, **{"fact-registration_number": "goes", "fact-country": "stays"})

    assert answer.status_code == 422
    assert not Joining.objects.exists()
    assert join(desk, stays, goes, **{"fact-country": "goes"}).status_code == 303


def test_sent_twice_is_done_once_and_what_changed_meanwhile_is_looked_at_again(desk, two, admin):
    stays, goes = two
    other = make_counterparty("Duna")
    said = {"asked": "1", "confirmed": "1", "version": goes.version, "other_version": other.version}
    Counterparty.objects.get(pk=other.pk).claim(other.version)

    stale = desk.post(page_of(goes, other), {**said, "fact-name": "goes"})
    first, second = (desk.post(page_of(stays, goes), {"confirmed": "1"}) for _time in range(2))

    assert stale.status_code == 409
    assert 'value="goes" checked' in body_of(stale)
    assert [first.status_code, second.status_code] == [303, 303]
    assert Operation.objects.filter(kind="join").count() == 1
    archiving.archive(other, by=admin, seen=2)
    late = {**said, "version": Counterparty.objects.get(pk=stays.pk).version}
    assert desk.post(page_of(stays, other), late).status_code == 409


def test_a_reason_is_asked_for_where_the_office_wants_one(desk, two, admin):
    stays, goes = two
    reasons.require(["join"], shown=[], by=admin)

    silent, said = join(desk, stays, goes), join(desk, stays, goes, reason="Entered twice")

    assert (silent.status_code, said.status_code) == (422, 303)
    assert Operation.objects.get(kind="join").reason == "Entered twice"


def test_taking_it_back_leaves_alone_what_was_changed_since(desk, two, admin):
    stays, goes = two
    contact, untouched = (Contact.objects.create(counterparty=goes, name=name) for name in ("Ivan", "Ana"))
    goes.registration_number, goes.country = "131071587", "BG"
    goes.save()
    join(desk, stays, goes)
    operation = Operation.objects.latest("pk")
    moved = Contact.objects.get(pk=contact.pk)
    moved.counterparty = make_counterparty("Rila")
    moved.save()
    stays.refresh_from_db()
    stays.registration_number = ""
    stays.save()
    taken = make_counterparty("Thief", registration_number="131071587", country="BG")

    page = body_of(desk.get(f"/operations/{operation.pk}/undo/"))

    assert "It belongs to another counterparty by now." in page
    assert "“131071587” belongs to “Thief” by now." in page
    assert taken.pk
    assert Contact.objects.get(pk=untouched.pk).counterparty_id == stays.pk


def test_whoever_was_joined_with_a_person_is_erased_with_them(desk, two, admin):
    stays, goes = two
    Contact.objects.create(counterparty=goes, name="Ivan Petrov")
    join(desk, stays, goes)

    erasing.erase_counterparty(stays, by=admin, reason="Asked for")

    assert not Counterparty.objects.filter(name__in=["Danube", "Dunav"]).exists()
    assert not Contact.history.filter(name="Ivan Petrov").exists()
    assert list(Erasure.objects.order_by("pk").values_list("counterparty", flat=True)) == [goes.pk, stays.pk]


def test_two_ticked_rows_are_joined_and_one_or_three_are_not(desk, two, bank_type):
    stays, goes = two
    bank, third = make_counterparty("Bank", [bank_type]), make_counterparty("Third")

    listed = body_of(desk.get("/counterparties/"))
    both = desk.get("/counterparties/join/", {"row": [stays.pk, goes.pk], "act": "join"})
    others = [
        desk.get("/counterparties/join/", {"row": rows, "list": "client", "q": "x", "act": "join"})
        for rows in ([stays.pk], [stays.pk, goes.pk, third.pk], [stays.pk, bank.pk], ["x", stays.pk], [])
    ]

    assert 'formaction="/counterparties/join/"' in listed
    assert (both.status_code, both["Location"]) == (302, page_of(stays, goes))
    assert {each["Location"] for each in others} == {"/clients/?q=x"}
    assert "Tick exactly two rows of the list" in body_of(desk.get("/clients/"))


def test_whoever_is_told_of_a_likeness_may_join_the_two(desk, two):
    stays, _goes = two
    fields = {"name": "Danube", "types": "client", "country": "BG"}

    saved = desk.post("/counterparties/new/", fields, follow=True)

    new = Counterparty.objects.latest("pk")
    assert f'<a href="/counterparties/{stays.pk}/join/?with={new.pk}">join them</a>' in body_of(saved)


def test_what_is_stopped_stays_behind_unless_the_other_one_has_it_already(desk, two, client_type):
    stays, goes = two
    towns = make_nomenclature("town", "ruse", "varna")
    town = make_characteristic("town", "nomenclature", client_type, nomenclature=towns, is_multiple=True)
    ruse, varna = towns.elements.order_by("position")
    values.save(stays, {town: [ruse]})
    values.save(goes, {town: [ruse, varna]})
    ClientFacts.objects.create(counterparty=goes, category=ruse, subcategory=varna)
    goes.status = Status.objects.exclude(pk=stays.status_id).last()
    goes.save()
    for each in (ruse, varna, goes.status):
        settings.stop(each, by=None)
    sentences = [f"“{each}” is stopped: nobody is given it any more." for each in (goes.status, varna)]
    refused = [{"fact-status": "goes"}, {"c-town": "goes"}, {"c-town": "both"}, {"client-category": "goes"}]

    page = body_of(desk.get(page_of(stays, goes)))
    answers = [join(desk, stays, goes, **said) for said in refused]

    assert [each in page for each in sentences] == [True, True]
    # Of the town that both say nothing is told; of the category, which only the other one says, it is.
    assert page.count(f"“{ruse}” is stopped") == 1
    assert [each.status_code for each in answers] == [422] * 4
    assert [body_of(each).count('<div class="wrong">') for each in answers] == [1] * 4
    assert join(desk, stays, goes).status_code == 303
    stays = Counterparty.objects.get(pk=stays.pk)
    assert (stays.status_id, values.of(stays, [town])) == (two[0].status_id, {town.pk: [ruse]})
    assert not ClientFacts.objects.filter(counterparty=stays).exists()
