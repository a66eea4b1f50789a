"""Letters to clients: written with the act they tell of, sent once, in their language; a failure is told in words."""

import smtplib

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from counterparties.models import Client, Document
from exchange.domain import jobs
from exchange.domain.jobs import news
from exchange.domain.jobs.performing import perform
from exchange.models import Job
from files.models import StoredFile
from portal.domain import letters
from portal.models import Access, Letter
from rights.models import Grant
from staff.models import User
from tests.factories import make_counterparty
from trail.domain.operations import operation


@pytest.fixture
def danube(office):
    """A client who wants letters, in Bulgarian."""
    made = make_counterparty("Danube <Agro>", email="office@danube.example")
    Client.objects.create(counterparty=made, email_notifications=True, message_language="bg")
    return made


def document(owner, title, **facts):
    file = StoredFile.objects.create(
        sha256="0" * 64, name="a.txt", size=1, content_type="text/plain", storage_name=title, counterparty=owner
    )
    return Document.objects.create(counterparty=owner, file=file, title=title, **facts)


def told_of(owner, by, *titles):
    """A letter about these documents."""
    ids = [document(owner, title, is_shared=True).pk for title in titles]
    return letters.write("document", owner, by=by, documents=ids)


def failing(act, by):
    """An act that is rolled back after a letter was written."""
    with operation("card", by=by):
        assert act()
        raise ZeroDivisionError


class Broken(EmailBackend):
    """A mail server that does what the test says."""

    at_the_door = at_the_letter = None

    def open(self):
        if self.at_the_door:
            raise self.at_the_door

    def send_messages(self, messages):
        if self.at_the_letter:
            raise self.at_the_letter
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "at_the_door", None)
    monkeypatch.setattr(Broken, "at_the_letter", None)
    return Broken


def again(letter):
    """The job of the letter once more, as after its pause."""
    job = Job.objects.get(pk=letter.job_id)
    Job.objects.filter(pk=job.pk, state="waiting").update(not_before=timezone.now())
    perform(job.pk, lambda job: None)
    letter.refresh_from_db()
    return Job.objects.get(pk=job.pk)


def test_papers_shared_at_once_are_told_in_one_letter(client, anna, danube, settings):
    settings.OFFICE_NAME = "Desk\nBcc: thief@example.com"
    client.force_login(anna)
    new = f"/counterparties/{danube.pk}/documents/new/"
    papers = [SimpleUploadedFile(f"{name}.txt", name.encode()) for name in ("offer", "price")]

    client.post(new, {"files": papers, "is_shared": "on"})
    client.post(new, {"files": [SimpleUploadedFile("inner.txt", b"inner")]})
    jobs.perform_waiting()
    jobs.perform_waiting()

    (letter,), (sent,) = Letter.objects.all(), mail.outbox
    assert (letter.state, letter.to, letter.by, letter.tries) == ("sent", "office@danube.example", anna, 1)
    assert sent.to == ["office@danube.example"]
    assert letter.subject == sent.subject
    assert "\n" not in sent.subject
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert sent.extra_headers["Content-Language"] == "bg"
    assert sent.subject.startswith("Desk Bcc: thief")
    assert sent.recipients() == [letter.to]
    assert all(word in sent.body for word in ("Danube <Agro>", "offer.txt", "price.txt"))
    assert "/portal/" not in sent.body
    page, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert '<html lang="bg">' in page
    assert "Danube &lt;Agro&gt;" in page
    assert Job.objects.get(pk=letter.job_id).state == "done"


def test_only_a_paper_that_becomes_the_clients_to_read_is_told(client, anna, danube):
    client.force_login(anna)
    shown, inner = document(danube, "Shown", is_shared=True), document(danube, "Inner")

    def save(paper, **said):
        there = f"/counterparties/{danube.pk}/documents/{paper.pk}/edit/"
        paper.refresh_from_db()
        return client.post(there, {"title": "New title", "version": paper.version, **said}).status_code

    assert [save(shown, is_shared="on"), save(shown), save(inner)] == [303] * 3
    assert not Letter.objects.exists()
    assert save(inner, is_shared="on") == 303

    assert [each.facts for each in Letter.objects.all()] == [{"documents": [inner.pk]}]


def test_a_letter_is_written_to_whoever_wants_it_and_with_the_act_alone(anna, danube):
    silent = make_counterparty("Silent", email="silent@example.com")
    nowhere = make_counterparty("Nowhere")
    gone = make_counterparty("Gone", email="gone@example.com", archived_at=timezone.now())
    for each in (nowhere, gone):
        Client.objects.create(counterparty=each, email_notifications=True)

    assert [told_of(each, anna, each.name) for each in (silent, nowhere, gone)] == [None] * 3
    with pytest.raises(ZeroDivisionError):
        failing(lambda: told_of(danube, anna, "Taken back"), anna)

    assert (Letter.objects.count(), Job.objects.count()) == (0, 0)


def test_what_has_become_pointless_is_not_sent(anna, danube):
    taken_back, unwanted = told_of(danube, anna, "One"), told_of(danube, anna, "Two")
    Document.objects.filter(title="One").update(is_shared=False)
    assert again(taken_back).state == "done"
    Client.objects.update(email_notifications=False)
    assert again(unwanted).state == "done"

    assert [each.state for each in Letter.objects.all()] == ["cancelled"] * 2
    assert mail.outbox == []


def test_an_invitation_goes_to_everybody_and_its_key_is_kept_nowhere(anna, danube, settings):
    Client.objects.update(email_notifications=False, login_allowed=True)
    guest = User.objects.create(username="client-1", email=danube.email, is_guest=True)
    Access.objects.create(counterparty=danube, user=guest, invited_at=timezone.now())
    withdrawn, invited = letters.write("invitation", danube, by=anna), None
    letters.cancel_invitations(danube)
    again(withdrawn)
    assert (withdrawn.state, mail.outbox) == ("cancelled", [])

    invited = letters.write("invitation", danube, by=anna)
    again(invited)

    (link,) = [line for line in mail.outbox[0].body.splitlines() if "/portal/welcome/" in line]
    assert link.startswith(f"{settings.OFFICE_URL}/portal/")
    assert link in mail.outbox[0].alternatives[0][0]
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in repr(list(Letter.objects.values())) + repr(list(Job.objects.values()))

    overtaken = letters.write("invitation", danube, by=anna)
    Access.objects.update(accepted_at=timezone.now())
    forgotten = letters.write("invitation", danube, by=anna)

    assert [again(each).state for each in (overtaken, forgotten)] == ["done", "done"]
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True))[-2:] == ["cancelled", "sent"]


def test_a_server_out_of_reach_is_tried_again_and_one_that_refuses_is_believed(anna, danube, server):
    letter = told_of(danube, anna, "Offer")
    server.at_the_door = ConnectionRefusedError()
    job = again(letter)
    assert (letter.state, letter.problem, job.state) == ("waiting", "The mail server could not be reached.", "waiting")
    assert job.problem == letter.problem

    server.at_the_door = None
    server.at_the_letter = smtplib.SMTPRecipientsRefused({danube.email: (451, b"later\r\nplease")})
    assert again(letter).state == "waiting"
    server.at_the_letter = smtplib.SMTPRecipientsRefused({danube.email: (550, b"no such box")})
    assert again(letter).state == "failed"
    assert (letter.state, letter.problem) == ("failed", "The mail server did not take the letter: 550 no such box")

    server.at_the_letter = None
    assert letters.send_again(letter, by=anna)
    assert not letters.send_again(letter, by=anna)
    letter.refresh_from_db()
    assert again(letter).state == "done"
    assert (letter.state, letter.tries, letter.problem, len(mail.outbox)) == ("sent", 4, "", 1)


def test_what_may_have_gone_is_never_sent_again_by_itself(anna, danube, server):
    broken, died = told_of(danube, anna, "Broken"), told_of(danube, anna, "Died")
    server.at_the_letter = smtplib.SMTPServerDisconnected("gone")
    assert again(broken).state == "failed"
    server.at_the_letter = None
    # A worker that was killed between the server's yes and our mark leaves this behind.
    Letter.objects.filter(pk=died.pk).update(state="handing")
    assert again(died).state == "failed"

    assert (broken.state, died.state, mail.outbox) == ("failed", "failed", [])
    assert "it may have arrived" in broken.problem
    assert "Nobody knows whether it went" in died.problem


def test_the_dossier_tells_what_became_of_each_letter(client, anna, boris, vera, danube, client_type, supplier_type):
    danube.type_set = make_counterparty("Both", [client_type, supplier_type]).type_set
    danube.save()
    lost, left, gone = (told_of(danube, anna, title) for title in ("One", "Two", "Three"))
    Letter.objects.filter(pk=lost.pk).update(state="failed", problem="No <such> box")
    Job.objects.filter(pk=left.job_id).update(state="cancelled")
    again(gone)
    tab, once_more = f"{danube.get_absolute_url()}?tab=letters", f"{danube.get_absolute_url()}letters/{lost.pk}/again/"

    pages = {}
    for who in (boris, anna):
        client.force_login(who)
        page = client.get(tab)
        pages[who] = [row["stands"].state for row in page.context["rows"]], page.content.decode().count("letters/")
    answers = {who: (client.force_login(who), client.post(once_more).status_code)[1] for who in (vera, boris, anna)}
    Grant.objects.filter(role__name="Bookkeeping", type=client_type).delete()
    client.force_login(boris)

    # Boris views clients and edits suppliers: to send a letter again is not his.
    assert pages == {boris: (["sent", "failed", "failed"], 0), anna: (["sent", "failed", "failed"], 2)}
    assert answers == {vera: 404, boris: 403, anna: 303}
    assert [each.state for each in Letter.objects.order_by("pk")] == ["waiting", "waiting", "sent"]
    assert "Letters" not in client.get(tab).content.decode()
    assert client.post(once_more).status_code == 404


def test_whom_a_job_writes_to_and_what_is_read_in_the_readers_language(client, anna, admin, danube):
    job = told_of(danube, anna, "One").job
    anna.language = "ru"
    anna.save()
    pages = {}

    for who in (admin, anna):
        client.force_login(who)
        pages[who] = [client.get(address).content.decode() for address in (f"/jobs/{job.pk}/", "/jobs/")]

    assert job.about == "Letter to Danube <Agro>: new documents"
    assert ["Letter to Danube &lt;Agro&gt;: new documents" in each for each in pages[admin]] == [True, True]
    assert ["Letter to" in each or "new documents" in each for each in pages[anna]] == [False, False]
    assert ["Письмо: Danube &lt;Agro&gt;, новые документы" in each for each in pages[anna]] == [True, True]


def test_the_letters_of_a_dossier_cost_the_same_however_many(client, admin, danube, django_assert_num_queries):
    client.force_login(admin)
    costs = set()
    for number in (1, 2, 47):
        Letter.objects.bulk_create(
            [Letter(counterparty=danube, sort="document", by=admin, to="a@b.example") for _each in range(number)]
        )
        with django_assert_num_queries(100, exact=False) as counted:
            client.get(f"{danube.get_absolute_url()}?tab=letters")
        costs.add(len(counted))

    assert len(costs) == 1


def test_the_menu_tells_of_a_letter_only_when_it_did_not_go(anna, danube, server, django_capture_on_commit_callbacks):
    numbers = []
    for title, trouble in (
        ("One", None),
        ("Two", smtplib.SMTPRecipientsRefused({danube.email: (550, b"no such box")})),
    ):
        server.at_the_letter = trouble
        with django_capture_on_commit_callbacks(execute=True):
            letter = told_of(danube, anna, title)
        with django_capture_on_commit_callbacks(execute=True):
            again(letter)
        numbers.append(news.number(anna))

    assert numbers == [0, 1]
