"""What clients propose of their contact data: checked as on a card, answered by whoever may edit them as clients."""

import pytest
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from counterparties.models import Address, Client, Counterparty, CounterpartyType
from exchange.domain import jobs
from portal.domain import proposals
from portal.models import Access, Letter, Proposal, ProposedChange
from rights.domain import policy
from rights.models import Grant
from tests.factories import let_in, make_counterparty
from trail.models import Operation

PAGE = "/portal/propose/"


@pytest.fixture
def danube(admin):
    made = make_counterparty("Danube Agro", email="old@danube.example", phone="+359 2 987 6543", country="BG")
    Client.objects.create(counterparty=made, email_notifications=True)
    Address.objects.create(counterparty=made, kind="company", line1="Old street 1", city="Ruse", country="BG")
    return made


@pytest.fixture
def guest(danube, admin):
    """The client behind his log-in; his invitation is no letter of these tests."""
    user = let_in(danube, by=admin)
    Access.objects.update(accepted_at=timezone.now())
    jobs.perform_waiting()
    Letter.objects.all().delete()
    mail.outbox.clear()
    return user


def form_of(answer):
    """What a browser would send back."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def proposed(client, guest, **said):
    """The guest proposes it."""
    client.force_login(guest)
    answer = client.post(PAGE, form_of(client.get(PAGE)) | said)
    assert answer.status_code == 303
    return Proposal.objects.get(counterparty__access__user=guest, state="open")


def answered(client, proposal, take, answer="", **more):
    there = proposal.get_absolute_url()
    return client.post(there, form_of(client.get(there)) | {"take": take, "answer": answer} | more)


def test_a_client_proposes_and_only_what_he_changed_waits_for_the_office(client, guest, danube):
    before = Counterparty.objects.values().get(pk=danube.pk)

    not_asked = {
        "name": "Stolen",
        "status": "1",
        "comment": "x",
        "credit_limit": "9",
        "counterparty": "1",
        "state": "accepted",
    }
    proposed(client, guest, email="new@danube.example", words="We moved.", **{"company-city": "Sofia"}, **not_asked)

    one = Proposal.objects.get()
    assert (one.counterparty, one.by, one.state, one.words) == (danube, guest, "open", "We moved.")
    assert list(one.changes.values_list("fact", "was", "proposed")) == [
        ("email", "old@danube.example", "new@danube.example"),
        ("company-city", "Ruse", "Sofia"),
    ]
    assert Counterparty.objects.values().get(pk=danube.pk) == before
    operation = Operation.objects.latest("pk")
    assert (operation.kind, operation.user) == ("portal", guest)


def test_what_he_writes_is_checked_as_on_the_card_and_beside_the_field(client, guest, danube):
    client.force_login(guest)
    sent = form_of(client.get(PAGE))
    wrong = {
        "email": "no",
        "phone": "abc",
        "mobile": "12",
        "website": "nowhere",
        "office_phone": "x",
        "company-country": "Q",
    }
    wrong |= {"delivery-country": "BG"}

    refused = client.post(PAGE, sent | wrong)
    empty = client.post(PAGE, sent | {"email": ""})
    same = client.post(PAGE, sent)

    assert [each.status_code for each in (refused, empty, same)] == [422] * 3
    assert set(refused.context["form"].errors) == {*wrong, "delivery-line1"} - {"delivery-country"}
    assert refused.context["form"]["phone"].value() == "abc"
    assert list(empty.context["form"].errors) == ["email"]
    assert "Nothing differs" in str(same.context["form"].errors)
    assert not Proposal.objects.exists()


def test_an_open_proposal_is_amended_and_withdrawn_by_its_client(client, guest, danube):
    first = proposed(client, guest, email="new@danube.example", phone="+359 2 111 2233")
    stale = form_of(client.get(PAGE))
    twice = client.post(PAGE, stale | {"email": "newest@danube.example", "phone": "+359 2 987 6543", "mobile": ""})
    again = client.post(PAGE, stale | {"email": "newest@danube.example", "phone": "+359 2 987 6543", "mobile": ""})
    late = client.post(PAGE, stale | {"email": "other@danube.example"})

    assert [each.status_code for each in (twice, again, late)] == [303, 303, 409]
    assert list(ProposedChange.objects.values_list("proposal", "fact", "proposed")) == [
        (first.pk, "email", "newest@danube.example")
    ]
    page = client.get(PAGE)
    assert page.context["form"]["email"].value() == "newest@danube.example"
    with pytest.raises(IntegrityError):
        Proposal.objects.bulk_create([Proposal(counterparty=danube, by=guest)])


def test_a_withdrawn_proposal_is_answered_by_nobody(client, guest, danube, anna):
    one = proposed(client, guest, email="new@danube.example")
    client.force_login(anna)
    open_there = form_of(client.get(one.get_absolute_url()))

    client.force_login(guest)
    client.post(PAGE, {"withdraw": "1", "version": one.version})
    client.force_login(anna)
    late = client.post(one.get_absolute_url(), open_there | {"take": ["email"]})

    one.refresh_from_db()
    danube.refresh_from_db()
    assert (one.state, late.status_code, danube.email) == ("withdrawn", 409, "old@danube.example")


def test_what_is_accepted_stands_on_the_card_with_its_history_and_the_client_is_told(client, guest, danube, anna):
    one = proposed(
        client, guest, email="new@danube.example", **{"company-city": "Sofia", "office_phone": "+359 2 111 2233"}
    )
    client.force_login(anna)
    assert "Danube Agro" in client.get("/").content.decode()
    dossier = client.get(danube.get_absolute_url()).content.decode()
    assert all(word in dossier for word in ("Proposed by the client", "new@danube.example", one.get_absolute_url()))

    silent = answered(client, one, ["email", "company-city"])
    done = answered(client, one, ["email", "company-city"], "That phone belongs to another firm.")

    assert (silent.status_code, done.status_code) == (422, 303)
    danube.refresh_from_db()
    guest.refresh_from_db()
    assert (danube.email, guest.email, danube.addresses.get().city) == (
        "new@danube.example",
        "new@danube.example",
        "Sofia",
    )
    assert danube.client.office_phone == ""
    operation = Operation.objects.latest("pk")
    assert (operation.kind, operation.user, operation.reason) == ("portal", anna, "Proposed by the client")
    assert danube.history.filter(operation=operation, email="new@danube.example").count() == 1
    jobs.perform_waiting()
    (letter,), (sent,) = Letter.objects.all(), mail.outbox
    assert (letter.sort, letter.state, sent.to) == ("accepted", "sent", ["new@danube.example"])
    assert all(word in sent.body for word in ("E-mail", "Company address: town", "Office phone", "another firm"))
    told = client.get(f"{danube.get_absolute_url()}history/").content.decode()
    assert all(word in told for word in ("proposed to change", "proposed is accepted", "Office phone", "refused"))
    client.force_login(guest)
    assert "another firm" in client.get(PAGE).content.decode()


def test_a_refusal_says_why_and_changes_nothing(client, guest, danube, anna):
    one = proposed(client, guest, phone="+359 2 111 2233")
    client.force_login(anna)

    done = answered(client, one, ["phone"], "Call us first.", refuse="1")

    jobs.perform_waiting()
    one.refresh_from_db()
    danube.refresh_from_db()
    assert (done.status_code, one.state, danube.phone) == (303, "refused", "+359 2 987 6543")
    assert "Call us first." in mail.outbox[0].body
    assert answered(client, one, ["phone"], "Yes after all").status_code == 409


def test_what_changed_since_is_shown_before_it_is_written_over(client, guest, danube, anna):
    one = proposed(client, guest, phone="+359 2 111 2233", email="new@danube.example")
    client.force_login(anna)
    there = one.get_absolute_url()
    seen = form_of(client.get(there))
    edit = f"{danube.get_absolute_url()}edit/"
    card = client.get(edit).context["form"]
    typed = {name: card[name].value() or "" for name in card.fields} | {"types": ["client"], "phone": "+359 2 555 5555"}
    assert client.post(edit, typed).status_code == 303

    late = client.post(there, seen | {"take": ["phone", "email"]})

    rows = {row.fact: row for row in late.context["rows"]}
    assert late.status_code == 409
    assert (rows["phone"].now, rows["phone"].was, rows["phone"].is_clash) == (
        "+359 2 555 5555",
        "+359 2 987 6543",
        True,
    )
    assert not rows["email"].is_clash
    assert [row.is_ticked for row in client.get(there).context["rows"]] == [True, False]
    again = client.post(there, form_of(late) | {"take": ["phone", "email"]})
    danube.refresh_from_db()
    assert (again.status_code, danube.phone) == (303, "+359 2 111 2233")


def test_an_e_mail_that_opens_another_log_in_is_told_to_the_office_and_not_to_the_client(client, guest, danube, anna):
    anna.email = "anna@office.example"
    anna.save()
    one = proposed(client, guest, email="Anna@office.example")
    client.force_login(anna)

    refused = answered(client, one, ["email"])

    danube.refresh_from_db()
    assert (refused.status_code, danube.email) == (422, "old@danube.example")
    assert "logs in with this e-mail already" in next(row for row in refused.context["rows"]).trouble
    assert Proposal.objects.get().is_open


def test_it_is_seen_by_who_views_him_as_a_client_and_answered_by_who_edits_him_as_one(
    client, guest, danube, anna, boris, vera
):
    supplier = CounterpartyType.objects.get(code="supplier")
    both = make_counterparty("Both", [CounterpartyType.objects.get(code="client"), supplier], email="b@both.example")
    hidden = Proposal.objects.create(counterparty=both, by=guest)
    one = proposed(client, guest, email="new@danube.example")
    # Boris edits suppliers and only views clients; without that he sees this one as a supplier alone.
    seen = {}
    for who in (anna, boris, vera):
        client.force_login(who)
        pages = [each.get_absolute_url() for each in (one, hidden)]
        posts = [client.post(each, {"take": "email"}).status_code for each in pages]
        listed = client.get("/proposals/").content.decode()
        seen[who.username] = [client.get(each).status_code for each in pages], posts, listed.count("/proposals/")
    Grant.objects.filter(role__name="Bookkeeping", type__kind_code="client").delete()
    client.force_login(boris)
    assert [client.get(each).status_code for each in pages] == [404, 404]
    assert client.post(pages[1]).status_code == 404
    assert "Proposed by" not in client.get(both.get_absolute_url()).content.decode()
    assert f"/proposals/{hidden.pk}/" not in client.get("/proposals/").content.decode()

    assert seen["anna"][:2] == ([200, 200], [422, 422])
    assert seen["boris"][:2] == ([200, 200], [403, 403])
    assert seen["vera"][:2] == ([404, 404], [404, 404])


def test_the_list_costs_the_same_however_much_there_is(client, admin, django_assert_num_queries):
    client.force_login(admin)

    def add(number):
        for _each in range(number):
            one = Proposal.objects.create(counterparty=make_counterparty(), by=admin)
            ProposedChange.objects.create(proposal=one, fact="email", was="a", proposed="b")

    costs = []
    for number in (1, 2, 47):
        add(number)
        client.get("/proposals/")
        with django_assert_num_queries(costs[0] if costs else 100, exact=False) as counted:
            page = client.get("/proposals/").content.decode()
        costs.append(len(counted))
        assert "E-mail" in page

    assert len(set(costs)) == 1
    assert proposals.waiting_for(policy.for_user(admin)).count() == 50
