"""An administrator looks at the office as somebody else: exactly what they see, nothing changed, all of it recorded."""

import re
from datetime import timedelta

import pytest
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from rights.domain import looking
from rights.domain.policy import for_user
from rights.models import Look
from staff.models import User
from tests.estate import furnish
from tests.factories import make_characteristic
from tests.routes import ROUTES, SHEET, every_route
from tests.shown import body_of
from tests.test_routes import PASSING, PK, books
from trail.domain.changes import Part
from trail.models import Operation
from trail.pages.timeline import timeline

LOOK, STOP = "/settings/rights/look/", "/settings/rights/look/stop/"
#: The bar, as it stands on our own pages and on Django's.
BAR = re.compile(r'<link rel="stylesheet" href="[^"]*look[^"]*css">\s*<aside class="looking".*?</aside>\s*', re.S)
#: What belongs to whoever sits there: it works while they look, and nothing else does.
IN_PERSON = {"look-stop", "language", "account_logout"}


@pytest.fixture
def eyes(boss, anna):
    """The administrator, looking as Anna."""
    answer = boss.post(LOOK, {"person": "anna", "reason": "She misses a supplier"})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    return boss


def read(client):
    """Route and address → what stands there: sheets apart, which are not read but taken."""
    told = {}
    for name, address in every_route(PK):
        if ROUTES.get(name) != SHEET:
            answer = client.get(address)
            told[name, address] = (answer.status_code, answer.get("Location"), PASSING.sub("", body_of(answer)))
    return told


def plain(page):
    """A page without what lies between its tags, which the bar leaves a little wider."""
    return re.sub(r"\s+", " ", page)


# ---- the walk


@pytest.mark.once
def test_every_page_is_what_anna_gets_and_nothing_can_be_changed(boss, client, admin, anna, client_type, bank_type):
    furnish(
        "ZQXWJ", [client_type, bank_type], {make_characteristic("motto", "text", client_type): "ZQXWJ value"}, admin, PK
    )
    client.force_login(anna)
    hers = read(client)
    client.force_login(admin)
    assert client.post(LOOK, {"person": "anna"}).status_code == 303
    before = books()

    seen = read(client)
    taken = {
        (name, address): client.post(address).status_code for name, address in every_route(PK) if name not in IN_PERSON
    }
    others = [getattr(client, method)("/profile/").status_code for method in ("put", "patch", "delete")]
    sheets = {address: client.get(address).status_code for name, address in taken if ROUTES.get(name) == SHEET}

    differing = [
        key
        for key, (status, location, body) in hers.items()
        if (seen[key][0], seen[key][1], plain(BAR.sub("", seen[key][2]))) != (status, location, plain(body))
    ]
    pages = {key: body for key, (status, _to, body) in seen.items() if "</html>" in body}
    assert differing == []
    assert [key for key, body in pages.items() if body.count('<aside class="looking"') != 1] == []
    assert {*taken.values(), *others} == {403}
    assert set(sheets.values()) == {403}
    assert books() == before


def test_the_walk_would_notice(boss, admin, anna, client_type, bank_type):
    furnish("ZQXWJ", [bank_type], {make_characteristic("motto", "text", bank_type): "ZQXWJ value"}, admin, PK)
    own = boss.get(f"/counterparties/{PK}/").status_code
    boss.post(LOOK, {"person": "anna"})

    assert (own, boss.get(f"/counterparties/{PK}/").status_code) == (200, 404)


# ---- who may, and through whose eyes


@pytest.mark.parametrize("name", ["anna", "ivo"])
def test_whoever_is_no_superuser_is_told_who_may_look(client, request, vera, name):
    client.force_login(request.getfixturevalue(name))

    answers = [client.get(LOOK), client.post(LOOK, {"person": "vera"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("Only superusers look at the office as somebody else" in each.content.decode() for each in answers)
    assert not Look.objects.exists()


def test_nobody_looks_as_themselves_as_a_superuser_as_the_disabled_or_as_nobody(boss, anna, vera):
    User.objects.create_user("second", is_superuser=True)
    User.objects.filter(pk=vera.pk).update(is_active=False)

    refused = [boss.post(LOOK, {"person": name}) for name in ("admin", "second", "vera", "nobody", "", "a\x00b")]

    assert [answer.status_code for answer in refused] == [422] * 6
    assert "Superusers are not in it" in refused[0].content.decode()
    assert not Look.objects.exists()
    assert boss.get("/settings/rights/").status_code == 200


def test_one_look_at_a_time(eyes, vera):
    answer = eyes.post(LOOK, {"person": "vera"})

    assert answer.status_code == 403
    assert "You are looking as anna; nothing can be changed" in answer.content.decode()
    assert Look.objects.get().person.username == "anna"


# ---- how it ends


def test_back_to_ones_own_eyes_on_the_same_page(eyes, admin):
    bar = BAR.search(eyes.get("/clients/?status=active").content.decode())[0]

    answer = eyes.post(STOP, {"next": "/clients/?status=active"})

    assert "You see the office as <b>anna</b> (Sales)." in bar
    assert 'name="next" value="/clients/?status=active"' in bar
    assert (answer.status_code, answer["Location"]) == (303, "/clients/?status=active")
    assert eyes.get("/settings/rights/").status_code == 200
    assert Look.objects.get().ended_at is not None
    assert eyes.post(STOP)["Location"] == LOOK


def test_a_form_opened_through_other_eyes_is_not_taken_afterwards(admin, anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(admin)
    own = strict.get(LOOK).context["csrf_token"]
    strict.post(LOOK, {"person": "anna", "csrfmiddlewaretoken": str(own)})
    hers = str(strict.get("/profile/").context["csrf_token"])
    strict.post(STOP, {"csrfmiddlewaretoken": hers})

    answer = strict.post("/profile/", {"csrfmiddlewaretoken": hers, "language": "bg", "theme": "auto", "rows": "50"})

    assert not Look.objects.filter(ended_at=None).exists()
    assert answer.status_code == 403
    assert "Nothing was saved." in answer.content.decode()


def test_to_log_out_ends_all_of_it(eyes):
    answer = eyes.post("/logout/")

    assert answer.status_code == 303
    assert Look.objects.get().ended_at is not None
    assert eyes.get("/")["Location"].startswith("/login/")


@pytest.mark.parametrize(
    ("name", "facts"),
    [("admin", {"is_superuser": False}), ("anna", {"is_active": False}), ("anna", {"is_superuser": True})],
)
def test_it_ends_with_the_next_request_when_what_it_stands_on_is_gone(eyes, name, facts):
    User.objects.filter(username=name).update(**facts)

    answer = eyes.post("/profile/", {"first_name": "Nobody's"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert Look.objects.get().ended_at is not None
    assert not User.objects.filter(first_name="Nobody's").exists()
    home = eyes.get("/").content.decode()
    assert "anna cannot be looked through any longer" in home
    assert '<aside class="looking"' not in home


def test_a_disabled_administrator_sees_nothing_more(eyes, admin):
    User.objects.filter(pk=admin.pk).update(is_active=False)

    assert eyes.get("/clients/", follow=True).redirect_chain[-1][0].startswith("/login/")


def test_a_look_forgotten_overnight_is_over(eyes):
    Look.objects.update(began_at=timezone.now() - looking.LONGEST - timedelta(minutes=1))

    assert eyes.get("/clients/")["Location"] == "/"


def test_a_session_that_names_a_look_which_is_not_its_own_looks_through_nobody(client, eyes, anna, boris):
    look = Look.objects.get()
    client.force_login(boris)

    for said in (look.pk, 10**30, "1", [look.pk], None):
        session = client.session
        session["look"] = said
        session.save()
        answer = client.get("/clients/")
        assert (answer.status_code, answer["Location"]) == (303, "/")
        assert "look" not in client.session

    look.refresh_from_db()
    assert look.ended_at is None


# ---- what is one's own


def test_another_language_is_the_administrators(eyes, admin, anna):
    eyes.post("/language/", {"language": "bg"})

    assert dict(User.objects.values_list("username", "language")) == {"admin": "bg", "anna": "en"}
    assert '<html lang="bg"' in eyes.get("/").content.decode()


# ---- what is recorded


def test_beginning_and_end_are_operations_of_the_administrator(eyes, admin):
    eyes.post(STOP)

    told = timeline([Part(Look, Q())], for_user(admin))
    said = [(e.who, e.operation.kind, e.operation.reason, [story.title for story in e.stories]) for e in told.entries]
    assert said == [
        ("admin", "look", "anna: She misses a supplier", ["Stopped looking as anna"]),
        ("admin", "look", "anna: She misses a supplier", ["Began to look as anna"]),
    ]
    assert set(Operation.objects.filter(kind="look").values_list("address", flat=True)) == {"127.0.0.1"}


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_the_page_tells_who_looked_as_whom_for_the_same_queries(boss, admin, how_many, django_assert_num_queries):
    boss.get(LOOK)
    for number in range(how_many):
        person = User.objects.create_user(f"person{number}", first_name=f"Person {number}")
        look = looking.start(person, by=admin, reason=f"Reason {number}")
        looking.stop(look)

    with django_assert_num_queries(9):
        page = boss.get(LOOK).content.decode()

    shown = [f"admin as Person {number}<" in page and f"Reason {number}<" in page for number in range(how_many)]
    assert sum(shown) == min(how_many, 20)
    assert shown[-1]
    assert ("Older" in page) == (how_many == 50)


def test_above_two_hundred_people_a_box_suggests_user_names(boss, anna):
    User.objects.bulk_create([User(username=f"p{number}") for number in range(201)])

    page = boss.get(f"{LOOK}?person=anna").content.decode()

    assert re.search(r'<input[^>]*list="list-person" name="person"[^>]*value="anna"', page)
    assert '<option value="anna">anna (Sales)</option>' in page
    assert boss.post(LOOK, {"person": "p7"}).status_code == 303


def test_the_administration_leads_from_a_person_to_their_eyes(boss, anna, admin):
    pages = [boss.get(f"/admin/staff/user/{each.pk}/change/").content.decode() for each in (anna, admin)]

    assert [f'href="{LOOK}?person=anna"' in pages[0], f"{LOOK}?person" in pages[1]] == [True, False]
    assert '<option value="anna" selected>' in boss.get(f"{LOOK}?person=anna").content.decode()


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_the_list_of_operations_names_those_who_looked_for_the_same_queries(
    client, admin, anna, how_many, django_assert_num_queries
):
    for _each in range(how_many):
        looking.start(anna, by=admin)
    client.force_login(admin)
    client.get("/operations/?kind=look")

    with django_assert_num_queries(9):
        page = body_of(client.get("/operations/?kind=look"))

    assert page.count(f"{admin} → {anna}") == how_many
