"""Django admin: nobody sees or may more there than on the office's own pages."""

import pytest
from django.contrib import admin as django_admin
from django.contrib.auth.models import Group, Permission
from zeal import zeal_ignore

from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.models import Counterparty, CounterpartyType, Status, TypeCharacteristic
from rights.models import Grant
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type

TYPES = "/admin/counterparties/counterpartytype/"
STATUSES = "/admin/counterparties/status/"
SETTINGS = [TYPES, STATUSES, "/admin/characteristics/characteristic/", "/admin/characteristics/nomenclature/"]
GUARDED = [
    "/admin/counterparties/counterparty/",
    "/admin/counterparties/value/",
    "/admin/rights/grant/",
    "/admin/trail/operation/",
    "/admin/staff/user/",
    "/admin/auth/group/",
]
NO_TIES = {"ties-TOTAL_FORMS": "0", "ties-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def djangos_own_way():
    """The pages are Django's: it reads a chosen parent once more, and so on. No list of ours is meant."""
    with zeal_ignore():
        yield


@pytest.fixture
def boss(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def implementer(client, ivo):
    client.force_login(ivo)
    return client


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


# ---- the settings


def test_a_save_is_an_operation_of_its_person(implementer, ivo):
    status = Status.objects.get(code="on-hold")

    answer = implementer.post(
        f"{STATUSES}{status.pk}/change/", {"name": "Waiting", "color": "red", "seen": status.version}
    )

    recorded = status.history.latest()
    assert answer.status_code == 302
    assert (recorded.name, recorded.operation.kind, recorded.operation.user, recorded.history_user) == (
        "Waiting",
        "admin",
        ivo,
        ivo,
    )


def test_the_second_of_two_savers_is_told(implementer):
    status = Status.objects.get(code="on-hold")
    read = status.version
    implementer.post(f"{STATUSES}{status.pk}/change/", {"name": "First", "color": "red", "seen": read})

    answer = implementer.post(f"{STATUSES}{status.pk}/change/", {"name": "Second", "color": "red", "seen": read})

    status.refresh_from_db()
    assert answer.status_code == 409
    assert status.name == "First"


def test_a_code_is_fixed_once_the_thing_exists(implementer):
    status = Status.objects.get(code="on-hold")

    implementer.post(
        f"{STATUSES}{status.pk}/change/", {"code": "other", "name": "Waiting", "color": "red", "seen": status.version}
    )

    status.refresh_from_db()
    assert (status.code, status.name) == ("on-hold", "Waiting")


def test_a_new_status_stands_last(implementer):
    implementer.post(f"{STATUSES}add/", {"code": "new-one", "name": "New one", "color": "red"})

    assert list(Status.objects.values_list("code", flat=True))[-1] == "new-one"
    assert len(set(Status.objects.values_list("position", flat=True))) == Status.objects.count()


def test_a_code_in_cyrillic_gets_a_proposal(implementer):
    answer = implementer.post(f"{STATUSES}add/", {"code": "Ключов", "name": "X", "color": "red"})

    assert answer.status_code == 200
    assert "klyuchov" in answer.content.decode()


def test_statuses_are_stopped_and_started(implementer, ivo):
    status = Status.objects.get(code="on-hold")

    implementer.post(STATUSES, {"action": "stop", "_selected_action": [status.pk]})
    status.refresh_from_db()
    assert status.is_stopped
    assert (status.history.latest().operation.kind, status.history.latest().operation.user) == ("admin", ivo)

    implementer.post(STATUSES, {"action": "start", "_selected_action": [status.pk]})
    status.refresh_from_db()
    assert not status.is_stopped


def test_one_status_is_for_new_counterparties(implementer):
    status = Status.objects.get(code="negotiating")

    implementer.post(STATUSES, {"action": "make_default", "_selected_action": [status.pk]})

    assert list(Status.objects.filter(is_default=True)) == [status]


def test_a_subtype_gets_kind_and_rights_of_its_parent(implementer, client_type):
    answer = implementer.post(
        f"{TYPES}add/", {"code": "retail", "name": "Retail", "parent": client_type.pk, "position": "", **NO_TIES}
    )

    made = CounterpartyType.objects.get(code="retail")
    assert answer.status_code == 302
    assert (made.kind_code, made.position) == ("client", 0)
    held = set(Grant.objects.filter(type=made).values_list("role", "right"))
    assert held == set(Grant.objects.filter(type=client_type).values_list("role", "right")) != set()
    assert {grant.history.get().operation for grant in Grant.objects.filter(type=made)} == {
        made.history.get().operation
    }


def test_a_type_without_a_parent_is_not_made(implementer, client_type):
    answer = implementer.post(f"{TYPES}add/", {"code": "seventh", "name": "Seventh", "parent": "", **NO_TIES})

    assert answer.status_code == 200
    assert not CounterpartyType.objects.filter(code="seventh").exists()


@pytest.mark.parametrize("where", ["itself", "its own successor", "another kind", "nothing"])
def test_a_type_moves_only_where_it_may(implementer, client_type, supplier_type, where):
    retail = make_type("retail", client_type)
    shops = make_type("shops", retail)
    places = {"itself": retail.pk, "its own successor": shops.pk, "another kind": supplier_type.pk, "nothing": ""}

    answer = implementer.post(
        f"{TYPES}{retail.pk}/change/", {"name": "Retail", "parent": places[where], "seen": retail.version, **NO_TIES}
    )

    retail.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert (retail.parent, retail.kind_code) == (client_type, "client")


def test_a_type_moves_within_its_kind(implementer, client_type):
    retail, wholesale = make_type("retail", client_type), make_type("wholesale", client_type)

    implementer.post(
        f"{TYPES}{retail.pk}/change/", {"name": "Retail", "parent": wholesale.pk, "seen": retail.version, **NO_TIES}
    )

    retail.refresh_from_db()
    assert retail.parent == wholesale


def test_the_six_kinds_stay_on_top(implementer, client_type, supplier_type):
    implementer.post(
        f"{TYPES}{client_type.pk}/change/",
        {"name": "Customer", "parent": supplier_type.pk, "seen": client_type.version, **NO_TIES},
    )

    client_type.refresh_from_db()
    assert (client_type.parent, client_type.name) == (None, "Customer")


def test_characteristics_are_tied_to_a_type_in_its_page(implementer, client_type):
    motto = make_characteristic("motto")

    answer = implementer.post(
        f"{TYPES}{client_type.pk}/change/",
        {
            "name": "Client",
            "seen": client_type.version,
            "ties-TOTAL_FORMS": "1",
            "ties-INITIAL_FORMS": "0",
            "ties-0-characteristic": motto.pk,
            "ties-0-position": "1",
        },
    )

    assert answer.status_code == 302
    assert TypeCharacteristic.objects.get().history.get().operation.kind == "admin"


def test_what_values_depend_on_is_fixed(implementer, client_type):
    motto = make_characteristic("motto", "text", client_type)
    page = f"/admin/characteristics/characteristic/{motto.pk}/change/"

    implementer.post(
        page, {"name": "Motto", "type_code": "number", "code": "other", "unit": "m", "seen": motto.version}
    )

    motto.refresh_from_db()
    assert (motto.code, motto.type_code, motto.unit) == ("motto", "text", "m")


def test_a_system_characteristic_is_seen_and_not_changed(implementer, client_type):
    made = make_characteristic("secret", "text", client_type, is_system=True)
    page = f"/admin/characteristics/characteristic/{made.pk}/change/"

    assert implementer.get(page).status_code == 200
    assert implementer.post(page, {"name": "Other", "seen": made.version}).status_code == 403


def test_a_characteristic_of_a_nomenclature_needs_one(implementer):
    answer = implementer.post(
        "/admin/characteristics/characteristic/add/", {"code": "grade", "name": "Grade", "type_code": "nomenclature"}
    )

    assert "Choose a nomenclature, or make this a text characteristic." in answer.content.decode()
    assert not Characteristic.objects.exists()


def test_a_nomenclature_is_made_with_its_elements(implementer, office):
    answer = implementer.post(
        "/admin/characteristics/nomenclature/add/",
        {
            "code": "grade",
            "name": "Grade",
            "elements-TOTAL_FORMS": "2",
            "elements-INITIAL_FORMS": "0",
            "elements-0-code": "a",
            "elements-0-name": "Alpha",
            "elements-1-code": "b",
            "elements-1-name": "Beta",
        },
    )

    assert answer.status_code == 302
    made = Nomenclature.objects.get(code="grade")
    assert list(made.elements.values_list("code", "position")) == [("a", 1), ("b", 2)]


def test_an_element_is_stopped_in_the_page_of_its_nomenclature(implementer, office):
    grade = make_nomenclature("grade", "a")
    element = grade.elements.get()

    answer = implementer.post(
        f"/admin/characteristics/nomenclature/{grade.pk}/change/",
        {
            "name": "Grade",
            "seen": grade.version,
            "elements-TOTAL_FORMS": "1",
            "elements-INITIAL_FORMS": "1",
            "elements-0-id": element.pk,
            "elements-0-nomenclature": grade.pk,
            "elements-0-code": "other",
            "elements-0-name": "Alpha",
            "elements-0-is_off": "on",
        },
    )

    element.refresh_from_db()
    assert answer.status_code == 302
    assert (element.code, element.name, element.is_stopped, element.version) == ("a", "Alpha", True, 2)


@pytest.mark.parametrize("above", ["itself", "below", "elsewhere"])
def test_an_element_stands_only_where_it_may(implementer, office, above):
    grade, other = make_nomenclature("grade", "a", "b"), make_nomenclature("other", "z")
    first, second = grade.elements.all()
    Element.objects.filter(pk=second.pk).update(parent=first)
    places = {"itself": first.pk, "below": second.pk, "elsewhere": other.elements.get().pk}

    answer = implementer.post(
        f"/admin/characteristics/element/{first.pk}/change/",
        {"name": "A", "parent": places[above], "seen": first.version},
    )

    first.refresh_from_db()
    assert answer.status_code == 200
    assert first.parent is None


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
