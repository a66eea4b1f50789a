"""What a client finds behind his log-in: his own, and nothing else of the office."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from zeal import zeal_ignore

from counterparties.domain import archiving
from counterparties.models import Address, Contact, Contract, Document, Note, Project
from files.models import StoredFile
from rights.domain import looking
from staff.models import User
from tests.factories import make_counterparty

PAGES = ("/portal/", "/portal/documents/", "/portal/agreements/", "/portal/notes/")


def paper(counterparty, name, **facts):
    stored = default_storage.save("paper.txt", ContentFile(name.encode()))
    file = StoredFile.objects.create(
        sha256=name.encode().hex().zfill(64), name=f"{name}.txt", size=10, content_type="text/plain",
        storage_name=stored, counterparty=counterparty,
    )  # fmt: skip
    return Document.objects.create(counterparty=counterparty, file=file, title=name, **facts)


def hang_on(counterparty, admin, mark):
    """Something of everything, for the client and not for him."""
    paper(counterparty, f"{mark} offer", is_shared=True)
    paper(counterparty, f"{mark} calculation")
    paper(counterparty, f"{mark} mistake", is_shared=True, deleted_at=timezone.now())
    for audience in ("client", "office", "roles"):
        Note.objects.create(
            counterparty=counterparty, text=f"{mark} note for {audience}", author=admin, audience=audience
        )
    project = Project.objects.create(counterparty=counterparty, name=f"{mark} fields")
    soon = timezone.localdate() + timedelta(days=5)
    Contract.objects.create(
        counterparty=counterparty, project=project, number=f"{mark} D-7", amount=1200, currency="EUR", ends_on=soon,
        remind_days=30,
    )  # fmt: skip
    Contact.objects.create(counterparty=counterparty, name=f"{mark} Petrova", job="buyer")
    Address.objects.create(counterparty=counterparty, kind="company", line1=f"{mark} Street 1", city="Ruse")


def read(browser):
    return "".join(browser.get(page).content.decode() for page in PAGES)


def test_he_reads_what_is_his_to_see_and_nothing_of_what_the_office_thinks(theirs, danube, admin):
    danube.client.category = None
    stranger = make_counterparty("Stranger Ltd", email="x@stranger.example")
    for owner, mark in ((danube, "Own"), (stranger, "Foreign")):
        hang_on(owner, admin, mark)

    said = read(theirs)

    his = ("Danube Agro", "office@danube.example", "Own offer", "Own note for client", "Own fields", "Own D-7")
    assert [word for word in (*his, "Own Petrova", "Own Street 1", "In force") if word not in said] == []
    hidden = ("pays late", "Own calculation", "Own mistake", "Own note for office", "Own note for roles", "Ends soon")
    assert [word for word in (*hidden, "Foreign", "Stranger", danube.code) if word in said] == []


def test_of_files_only_the_shared_documents_open_to_him(theirs, danube, admin):
    mine = {
        "shared": paper(danube, "Offer", is_shared=True),
        "kept": paper(danube, "Calculation"),
        "deleted": paper(danube, "Mistake", is_shared=True, deleted_at=timezone.now()),
        "foreign": paper(make_counterparty("Stranger"), "Foreign", is_shared=True),
    }
    nobodys = StoredFile.objects.create(
        sha256="1" * 64, name="a.png", size=1, content_type="image/png", storage_name="a"
    )

    answers = {name: theirs.get(f"/files/{each.file_id}/").status_code for name, each in mine.items()}

    assert answers == {"shared": 200, "kept": 404, "deleted": 404, "foreign": 404}
    assert theirs.get(f"/files/{nobodys.pk}/").status_code == 404


def test_nothing_of_the_office_answers_him_not_even_with_a_role(theirs, guest, danube):
    guest.groups.set(Group.objects.all())
    here = f"/counterparties/{danube.pk}"
    asked = [
        "/counterparties/", f"{here}/", f"{here}/edit/", f"{here}/history/", "/clients/", "/settings/", "/operations/",
        "/admin/", "/admin/login/", "/profile/", "/profile/password/", "/counterparties/sheet.xlsx", "/nowhere/",
        "/jobs/", "/proposals/",
    ]  # fmt: skip

    answers = {address: theirs.get(address).status_code for address in asked}

    assert {address for address, status in answers.items() if status != 404} == set()
    assert theirs.post(f"{here}/edit/", {"name": "Stolen"}).status_code == 404
    assert theirs.get("/").headers["Location"] == "/portal/"
    assert "Search the counterparties" not in theirs.get("/clients/").content.decode()


def test_to_colleagues_and_strangers_there_is_no_page_of_a_client(client, anna, danube):
    assert client.get("/portal/").headers["Location"] == "/login/?next=/portal/"
    client.force_login(anna)
    assert [client.get(page).status_code for page in PAGES] == [404] * 4


@pytest.mark.parametrize("end", ["unticked", "archived", "disabled", "no client any more"])
def test_whoever_is_out_is_out_with_the_very_next_request(
    end, theirs, danube, guest, office_desk, admin, supplier_type
):
    second = Client()
    second.force_login(guest)
    assert second.get("/portal/").status_code == 200

    if end == "unticked":
        office_desk.post(f"/counterparties/{danube.pk}/log-in/withdraw/")
    elif end == "archived":
        archiving.archive(danube, by=admin, seen=danube.version)
    elif end == "disabled":
        User.objects.filter(pk=guest.pk).update(is_active=False)
    else:
        card = {"types": ["supplier"], "name": danube.name, "version": danube.version, "email": danube.email}
        assert office_desk.post(f"/counterparties/{danube.pk}/edit/", card).status_code == 303

    for browser in (second, theirs):
        answer = browser.get("/portal/notes/")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/portal/notes/")
        assert browser.get("/portal/").status_code == 302
    password = {"login": "office@danube.example", "password": "chosen-by-a-client"}
    entering = Client()
    entering.post("/login/", password)
    assert entering.get("/portal/").status_code == 302


def test_he_logs_in_by_his_e_mail_changes_his_password_and_speaks_his_language(danube, guest):
    first, second = Client(), Client()
    for browser in (first, second):
        browser.post("/login/", {"login": "Office@Danube.example", "password": "chosen-by-a-client"})
    assert first.get("/portal/").status_code == 200

    short = {"old_password": "chosen-by-a-client", "new_password1": "short", "new_password2": "short"}
    assert first.post("/portal/password/", short).status_code == 422
    new = short | {"new_password1": "entirely-new-words", "new_password2": "entirely-new-words", "is_superuser": "on"}
    assert first.post("/portal/password/", new).headers["Location"] == "/portal/"
    assert first.get("/portal/").status_code == 200
    with zeal_ignore():  # Django reads the dead session once more to delete it
        assert second.get("/portal/").status_code == 302
    assert not User.objects.get(pk=guest.pk).is_superuser

    first.post("/language/", {"language": "bg", "next": "/portal/"})
    assert '<html lang="bg"' in first.get("/portal/").content.decode()


def test_a_forgotten_password_is_renewed_by_a_letter_as_long_as_he_may_log_in(danube, guest, office_desk, settings):
    settings.SENDS_MAIL = True
    answers = []
    for _turn in range(2):
        answers.append(Client().post("/password/forgotten/", {"email": "Office@danube.example"}))
        # The second time he is out: the answer is the same, and no letter goes.
        office_desk.post(f"/counterparties/{danube.pk}/log-in/withdraw/")

    assert [(each.status_code, each.headers["Location"]) for each in answers] == [
        (303, "/password/forgotten/sent/")
    ] * 2
    assert [letter.to for letter in mail.outbox] == [["office@danube.example"]]
    renewal = re.search(r"/password/new/\S+", mail.outbox[0].body)[0]
    assert "This link is spent" in Client().get(renewal, follow=True).content.decode()


def test_nobody_looks_at_the_office_as_a_client(guest, office_desk):
    assert not looking.people().filter(pk=guest.pk).exists()

    assert office_desk.post("/settings/rights/look/", {"person": guest.username}).status_code == 422


def test_a_client_is_never_given_a_role_nor_his_e_mail_a_colleague(guest, anna, office_desk):
    role = Group.objects.first()
    mass = {"groups": [role.pk], "is_superuser": "on", "is_active": "on", "email": "other@x.example", "rows": "50"}
    changed = office_desk.post(f"/admin/staff/user/{guest.pk}/change/", mass | {"theme": "auto"})
    taken = {"username": "anna", "email": guest.email, "is_active": "on", "theme": "auto", "rows": "50"}
    refused = office_desk.post(f"/admin/staff/user/{anna.pk}/change/", taken)
    after = User.objects.get(pk=guest.pk)

    assert changed.status_code == 302
    assert (after.is_superuser, list(after.groups.all()), after.email) == (False, [], "office@danube.example")
    assert "A client logs in with this e-mail" in refused.content.decode()


def test_his_pages_cost_the_same_with_one_thing_and_with_fifty(theirs, danube, admin):
    def costs():
        found = {}
        for page in PAGES:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                theirs.get(page)
            found[page] = len(asked)
        return found

    hang_on(danube, admin, "A")
    one = costs()
    for number in range(49):
        Note.objects.create(counterparty=danube, text=f"{number}", author=admin, audience="client")
        Contract.objects.create(counterparty=danube, number=f"{number}")
        Project.objects.create(counterparty=danube, name=f"{number}")
        Contact.objects.create(counterparty=danube, name=f"{number}")
        paper(danube, f"{number}", is_shared=True)

    assert costs() == one
    assert max(one.values()) <= 8
