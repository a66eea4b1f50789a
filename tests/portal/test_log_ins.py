"""The log-in of a client: allowed on the card, invited by a link that works once, withdrawn."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from counterparties.domain import archiving
from portal.domain import invitations, opening
from portal.models import Access, Letter
from rights.domain import policy
from staff.models import User
from tests.factories import let_in, make_counterparty
from trail.domain.operations import operation
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import take_back
from trail.models import Operation

NEW = {"new_password1": "chosen-by-a-client", "new_password2": "chosen-by-a-client"}


def card_of(counterparty, **said):
    counterparty.refresh_from_db()
    facts = {"types": ["client"], "name": counterparty.name, "email": counterparty.email, "country": "BG"}
    return facts | {"version": counterparty.version} | said


def save(desk, counterparty, **said):
    return desk.post(f"/counterparties/{counterparty.pk}/edit/", card_of(counterparty, **said))


def errors(answer):
    return {name: " ".join(told) for name, told in answer.context["form"].errors.items()}


@pytest.fixture
def invited(danube, office_desk):
    """Ticked on the card; no password yet."""
    assert save(office_desk, danube, login_allowed="on").status_code == 303
    return Access.objects.get(counterparty=danube)


def test_the_tick_on_the_card_makes_a_log_in_and_an_invitation_as_one_act(danube, office_desk, admin):
    answer = office_desk.post(
        f"/counterparties/{danube.pk}/edit/", card_of(danube, login_allowed="on", message_language="bg"), follow=True
    )

    access = Access.objects.get(counterparty=danube)
    user, act = access.user, Operation.objects.latest("pk")
    assert "An invitation to log in goes to office@danube.example" in answer.content.decode()
    assert (user.is_guest, user.is_active, user.has_usable_password(), user.language) == (True, True, False, "bg")
    assert (user.email, str(user), list(user.groups.all())) == ("office@danube.example", "Danube Agro", [])
    assert (access.history.get().operation, user.history.get().operation, act.kind, act.user) == (
        act,
        act,
        "card",
        admin,
    )
    assert [(letter.sort, letter.to) for letter in Letter.objects.all()] == [("invitation", "office@danube.example")]
    assert "The client is invited to log in" in answer.content.decode()


def test_a_log_in_needs_an_e_mail_that_is_nobody_elses(danube, office_desk, anna, supplier_type):
    User.objects.filter(pk=anna.pk).update(email="Anna@office.example")
    other = make_counterparty("Other", email="other@x.example")
    let_in(other, by=User.objects.get(username="admin"))
    missing = save(office_desk, danube, login_allowed="on", email="")
    of_staff = save(office_desk, danube, login_allowed="on", email="anna@OFFICE.example")
    of_client = save(office_desk, danube, login_allowed="on", email="Other@x.example")
    quick = {"types": "client", "name": "Quick", "email": "other@x.example"}

    assert [answer.status_code for answer in (missing, of_staff, of_client)] == [422] * 3
    assert errors(missing) == {"email": "Write the e-mail the client logs in with, or take back that he may log in."}
    taken = {"email": "Somebody logs in with this e-mail already. Write another one."}
    assert errors(of_staff) == errors(of_client) == taken
    assert not Access.objects.filter(counterparty=danube).exists()
    # Who does not log in may share an e-mail with somebody who does.
    assert office_desk.post("/clients/quick/", quick).status_code == 303
    # Later too: neither a taken one nor none, whoever edits the card; the domain says the same.
    let_in(danube, by=User.objects.get(username="admin"))
    assert errors(save(office_desk, danube, login_allowed="on", email="anna@office.example")) == taken
    assert "email" in errors(save(office_desk, danube, login_allowed="on", email=""))
    danube.refresh_from_db()
    assert danube.email == "office@danube.example"


def test_without_the_right_settings_the_log_in_is_neither_asked_nor_changed(danube, invited, anna, client):
    client.force_login(anna)
    page = client.get(f"/counterparties/{danube.pk}/edit/").content.decode()

    saved = save(client, danube, login_allowed="", phone="02 777 7777")
    taken = save(client, danube, email="")

    assert 'name="login_allowed"' not in page
    assert (saved.status_code, taken.status_code) == (303, 422)
    assert Access.objects.get().is_open
    dossier = client.get(f"/counterparties/{danube.pk}/").content.decode()
    assert "Log-in of the client" in dossier
    assert "log-in/" not in dossier
    assert client.post(f"/counterparties/{danube.pk}/log-in/invite/").status_code == 403
    assert client.post(f"/counterparties/{danube.pk}/log-in/withdraw/").status_code == 403


def test_the_link_lets_in_once_and_history_says_who_came(invited, danube, client):
    path = invitations.path(invited)
    page = client.get(path)
    weak = client.post(path, {"new_password1": "12345", "new_password2": "12345"})
    done = client.post(path, NEW | {"is_superuser": "on", "email": "x@x.example"})
    again = Client().get(path)

    invited.refresh_from_db()
    assert (page.status_code, weak.status_code, done.status_code, again.status_code) == (200, 422, 303, 410)
    assert client.get(done.headers["Location"]).status_code == 200
    assert "office@danube.example" in page.content.decode()
    assert invited.accepted_at is not None
    act = invited.history.latest("history_id").operation
    assert (act.kind, act.user) == ("portal", invited.user)
    kept = User.objects.get(pk=invited.user_id)
    assert (kept.is_superuser, kept.email, kept.check_password(NEW["new_password1"])) == (
        False,
        "office@danube.example",
        True,
    )


def test_a_link_is_void_when_another_was_sent_when_it_is_old_and_when_it_is_not_ours(invited, danube, admin, client):
    first = invitations.path(invited)
    assert opening.invite_again(danube, by=admin)
    second = invitations.path(Access.objects.get())
    forged = re.sub(r"[^/]+/$", "AAAA:BBBB:CCCC/", second)

    assert [client.get(link).status_code for link in (first, second, forged)] == [410, 200, 410]
    assert client.post(first, NEW).status_code == 410
    Access.objects.update(invited_at=timezone.now() - timedelta(days=8))
    old = invitations.path(Access.objects.get())
    assert client.get(old).status_code == 410
    assert not User.objects.get(pk=invited.user_id).has_usable_password()


def test_a_new_e_mail_on_the_card_is_the_one_he_logs_in_with(danube, office_desk, admin):
    user = let_in(danube, by=admin)
    told = office_desk.post(
        f"/counterparties/{danube.pk}/edit/",
        card_of(danube, login_allowed="on", email="new@danube.example"),
        follow=True,
    )

    user.refresh_from_db()
    assert "The client logs in with new@danube.example from now on" in told.content.decode()
    assert (user.email, user.username) == ("new@danube.example", f"client-{danube.pk}")
    browser = Client()
    assert browser.post("/login/", {"login": "new@danube.example", "password": "chosen-by-a-client"}).status_code == 303
    assert browser.get("/portal/").status_code == 200


def test_who_has_not_accepted_yet_is_invited_at_the_new_e_mail(invited, danube, office_desk, client):
    old = invitations.path(invited)

    save(office_desk, danube, login_allowed="on", email="new@danube.example")

    assert client.get(old).status_code == 410
    assert client.get(invitations.path(Access.objects.get())).status_code == 200
    assert [(letter.to, letter.state) for letter in Letter.objects.order_by("pk")] == [
        ("office@danube.example", "cancelled"),
        ("new@danube.example", "waiting"),
    ]


def test_withdrawn_and_allowed_again_he_is_invited_anew_and_the_old_password_is_void(danube, office_desk, admin):
    let_in(danube, by=admin)
    page = office_desk.get(f"/counterparties/{danube.pk}/log-in/withdraw/")
    withdrawn = office_desk.post(f"/counterparties/{danube.pk}/log-in/withdraw/", {"version": danube.version})
    access = Access.objects.get()
    shown = office_desk.get(f"/counterparties/{danube.pk}/").content.decode()

    assert (page.status_code, withdrawn.status_code, access.is_open, access.email_key) == (200, 303, False, None)
    assert "withdrawn" in shown
    assert "log-in/invite/" not in shown
    # Another client may have the e-mail meanwhile, and then it is taken.
    other = make_counterparty("Other", email=danube.email)
    let_in(other, by=admin)
    assert errors(save(office_desk, danube, login_allowed="on"))["email"].startswith("Somebody logs in")
    assert save(office_desk, danube, login_allowed="on", email="second@danube.example").status_code == 303
    access.refresh_from_db()
    assert (access.is_open, access.accepted_at, access.user.is_active) == (True, None, True)
    assert not User.objects.get(pk=access.user_id).has_usable_password()
    assert User.objects.filter(is_guest=True).count() == 2


def test_the_archive_closes_the_log_in_and_an_invitation_opens_it_after_the_restore(danube, office_desk, admin):
    let_in(danube, by=admin)
    archiving.archive(danube, by=admin, seen=danube.version)
    danube.refresh_from_db()
    assert not Access.objects.get().is_open
    assert office_desk.post(f"/counterparties/{danube.pk}/log-in/invite/").status_code == 409

    archiving.restore(danube, by=admin, seen=danube.version)
    assert not Access.objects.get().is_open
    other = make_counterparty("Other", email=danube.email)
    let_in(other, by=admin)
    taken = office_desk.post(f"/counterparties/{danube.pk}/log-in/invite/")
    assert (taken.status_code, "Somebody logs in with this e-mail" in taken.content.decode()) == (409, True)
    assert save(office_desk, other, email="other@x.example", login_allowed="on").status_code == 303
    assert "closed meanwhile" in office_desk.get(f"/counterparties/{danube.pk}/").content.decode()
    assert office_desk.post(f"/counterparties/{danube.pk}/log-in/invite/").status_code == 303
    assert Access.objects.get(counterparty=danube).is_open


def test_a_disabled_log_in_is_invited_by_nobody_until_it_is_enabled(danube, office_desk, admin):
    user = let_in(danube, by=admin)
    User.objects.filter(pk=user.pk).update(is_active=False)

    answer = office_desk.post(f"/counterparties/{danube.pk}/log-in/invite/")

    assert answer.status_code == 409
    assert "disabled in the administration" in answer.content.decode()


def test_two_clients_given_one_e_mail_at_the_same_moment_do_not_both_get_it(danube, admin):
    other = make_counterparty("Other", email="office@danube.example")
    let_in(danube, by=admin)
    # The check of the other one was made a moment ago, when the e-mail was free.
    with pytest.raises(ValidationError) as refused, operation("card", by=admin):
        opening.open_for(other, by=admin)

    assert list(refused.value.message_dict) == ["email"]
    assert not Access.objects.filter(counterparty=other).exists()


def test_a_sheet_moves_the_log_in_too_and_gives_no_one_a_taken_e_mail(danube, admin, tmp_path, settings):
    settings.VAR = tmp_path
    for counterparty in (danube, make_counterparty("Other", email="other@x.example", code="OTHER")):
        let_in(counterparty, by=admin)
    out = io.StringIO()

    for rows in (f"{danube.code},Other@x.example\nOTHER,second@x.example", f"{danube.code},new@danube.example"):
        (tmp_path / "sheet.csv").write_text(f"Code,E-mail\n{rows}\n")
        call_command("import_counterparties", str(tmp_path / "sheet.csv"), "--type", "client", stdout=out, stderr=out)

    assert "Somebody logs in with this e-mail already" in out.getvalue()
    emails = set(User.objects.filter(is_guest=True).values_list("email", flat=True))
    assert emails == {"new@danube.example", "second@x.example"}


def test_an_invitation_is_lost_with_the_act_that_failed(danube, admin):
    def act():
        with operation("card", by=admin):
            let_in(danube, by=admin)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert not Access.objects.exists()
    assert not Letter.objects.exists()
    assert not User.objects.filter(is_guest=True).exists()


def test_taking_an_act_back_moves_the_log_in_with_its_e_mail_and_lets_nobody_in_or_out(danube, office_desk, admin):
    user = let_in(danube, by=admin)
    allowed = Operation.objects.latest("pk")
    save(office_desk, danube, login_allowed="on", email="new@danube.example")
    moved = Operation.objects.latest("pk")

    for act in (allowed, moved):
        take_back(act, Asked(), policy.for_user(admin), by=admin, digest=None)

    user.refresh_from_db()
    danube.refresh_from_db()
    assert (user.email, danube.email, danube.client.login_allowed) == (*["office@danube.example"] * 2, True)
