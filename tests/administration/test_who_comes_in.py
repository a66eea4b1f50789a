"""Django admin: nobody sees or may more there than on the office's own pages."""

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group, Permission

from counterparties.models import Counterparty, Status
from staff.models import User
from tests.administration.addresses import GUARDED, SETTINGS, STATUSES
from tests.factories import make_characteristic, make_counterparty

# ---- who comes in


def test_a_stranger_is_led_to_the_offices_own_door(client, db):
    first = client.get("/admin/")
    second = client.get(first.headers["Location"])

    assert second.headers["Location"] == "/login/?next=%2Fadmin%2F"


def test_anna_is_told_that_the_administration_is_not_hers(client, anna):
    client.force_login(anna)

    answer = client.get("/admin/", follow=True)

    assert answer.status_code == 403
    assert "The administration is open to those who manage the settings of the office." in answer.content.decode()


def test_a_user_with_the_staff_mark_alone_sees_nothing_there(client, anna):
    User.objects.filter(pk=anna.pk).update(is_staff=True)
    client.force_login(anna)

    for page in ["/admin/", *SETTINGS, *GUARDED]:
        assert client.get(page, follow=True).status_code == 403


def test_django_permissions_open_nothing(client, ivo):
    ivo.user_permissions.add(*Permission.objects.exclude(codename="manage_settings"))
    client.force_login(ivo)

    for page in GUARDED:
        assert client.get(page).status_code == 403


def test_ivo_sees_the_settings_and_nothing_else(implementer):
    index = implementer.get("/admin/").content.decode()

    for page in SETTINGS:
        assert page in index
        assert implementer.get(page).status_code == 200
    for page in GUARDED:
        assert page not in index
        assert implementer.get(page).status_code == 403


def test_the_superuser_sees_everything(boss, client_type):
    make_counterparty("Черноморец")

    for page in [*SETTINGS, *GUARDED]:
        assert boss.get(page).status_code == 200


def test_every_page_of_every_model_opens(boss, client_type, supplier_type):
    make_counterparty("Firm", [client_type])
    make_characteristic("motto", "text", client_type)

    for model, page in django_admin.site._registry.items():
        thing = model._default_manager.first()
        if thing is None or model._meta.app_label not in {
            "counterparties",
            "characteristics",
            "rights",
            "staff",
            "auth",
            "trail",
        }:
            continue
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{thing.pk}"
        assert boss.get(f"{address}/change/").status_code == 200, page
        assert boss.get(f"{address}/history/").status_code == 200, page


# ---- what is only looked at


@pytest.mark.parametrize("page", GUARDED[:4])
def test_guarded_records_are_not_made_here(boss, page):
    assert boss.get(f"{page}add/").status_code == 403
    assert boss.post(f"{page}add/", {}).status_code == 403


def test_a_counterparty_is_not_changed_here(boss, client_type):
    firm = make_counterparty("Firm")

    answer = boss.post(f"/admin/counterparties/counterparty/{firm.pk}/change/", {"name": "Other"})

    assert answer.status_code == 403
    assert Counterparty.objects.get().name == "Firm"


def test_nothing_recorded_is_deleted_here(boss, client_type):
    firm = make_counterparty("Firm")
    for model in django_admin.site._registry:
        if not hasattr(model, "history"):
            continue
        thing = model._default_manager.first()
        page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        if thing is not None:
            assert boss.post(f"{page}{thing.pk}/delete/", {"post": "yes"}).status_code == 403
            boss.post(page, {"action": "delete_selected", "_selected_action": [thing.pk], "post": "yes"})
            assert model._default_manager.filter(pk=thing.pk).exists()
    assert Counterparty.objects.get() == firm


def test_an_old_version_cannot_be_sent_back(boss, client_type):
    row = Status.objects.first().history.first()

    answer = boss.post(f"{STATUSES}{row.id}/history/{row.pk}/", {"name": "Old", "color": "red"}, follow=True)

    assert answer.status_code == 404 or answer.redirect_chain
    assert not Status.objects.filter(name="Old").exists()


def test_the_search_finds_as_everywhere(boss, client_type):
    make_counterparty("ЧЕРНОМОРЕЦ ООД")
    make_counterparty("Other")

    page = boss.get("/admin/counterparties/counterparty/?q=chernomor").content.decode()

    assert "ЧЕРНОМОРЕЦ" in page
    assert ">Other<" not in page


def test_history_tells_who_and_from_what_to_what(boss, admin):
    status = Status.objects.get(code="on-hold")
    boss.post(f"{STATUSES}{status.pk}/change/", {"name": "Waiting", "color": "amber", "seen": status.version})

    page = boss.get(f"{STATUSES}{status.pk}/history/").content.decode()

    assert "On hold → Waiting" in page
    assert "style=" not in page.split('id="change-history"')[1]


# ---- people and roles


def test_a_user_is_made_and_comes_in_at_once(boss, client):
    boss.post(
        "/admin/staff/user/add/",
        {
            "username": "petar",
            "usable_password": "true",
            "password1": "a quiet long word",
            "password2": "a quiet long word",
        },
    )
    client.logout()

    assert client.post("/login/", {"login": "petar", "password": "a quiet long word"}).status_code == 303


def test_who_joins_a_role_is_recorded(boss, admin, vera):
    sales = Group.objects.get(name="Sales")

    boss.post(
        f"/admin/staff/user/{vera.pk}/change/",
        {"username": "vera", "is_active": "on", "groups": [sales.pk], "language": "", "theme": "auto", "rows": "50"},
    )

    recorded = vera.history.latest()
    assert [tie.group for tie in recorded.groups.all()] == [sales]
    assert (recorded.operation.kind, recorded.operation.user) == ("admin", admin)


def test_of_all_permissions_only_ours_is_offered(boss, vera):
    form = boss.get(f"/admin/staff/user/{vera.pk}/change/").context["adminform"].form

    assert [each.codename for each in form.fields["user_permissions"].queryset] == ["manage_settings"]
