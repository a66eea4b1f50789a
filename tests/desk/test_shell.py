"""What every page stands in: the menu, the headers, the failures."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from crm import urls as site
from desk.menu import Entry, mark_current
from desk.models import Stale
from desk.pages.log import OneLine
from desk.pages.onward import is_inside_office
from rights.domain import policy
from tests.factories import make_counterparty

SIX = ["Clients", "Suppliers", "Banks", "Own companies", "State organisations", "Holdings"]
#: What everybody has of their own, and what only managers of the settings have.
SHEETS = [("Exports", "/exports/", None), ("Jobs", "/jobs/", None)]
SETTINGS = [("Settings", "/settings/", None), ("Django admin", "/admin/", None)]
#: Administrators have the people of the office between the two.
PEOPLE = ("People", "/people/", None)


def menu_of(client, user):
    client.force_login(user)
    return {
        str(group.label): [(str(entry.label), entry.url, entry.count) for entry in group.entries]
        for group in client.get("/profile/").context["menu"]
    }


def test_the_menu_counts_what_anna_may_view(client, anna, client_type, supplier_type, bank_type):
    make_counterparty(types=[client_type])
    make_counterparty(types=[client_type, supplier_type])
    make_counterparty(types=[client_type, bank_type])
    make_counterparty(types=[bank_type])

    menu = menu_of(client, anna)

    assert menu == {
        "": [("Home", "/", None)],
        "Counterparties": [
            ("All", "/counterparties/", 3),
            ("Clients", "/clients/", 3),
            ("Suppliers", "/suppliers/", 1),
        ],
        "Agreements": [
            ("Projects", "/projects/", None),
            ("Contracts", "/contracts/", None),
            ("Proposals", "/proposals/", None),
        ],
        "Sheets": [("Imports", "/imports/", None), *SHEETS],
        "Office": [("Operations", "/operations/", None)],
    }


def test_the_menu_of_the_superuser_has_six_kinds_and_the_settings(client, admin):
    menu = menu_of(client, admin)

    assert [label for label, _url, _count in menu["Counterparties"]] == ["All", *SIX]
    assert menu["Office"] == [("Operations", "/operations/", None), SETTINGS[0], PEOPLE, SETTINGS[1]]


def test_the_menu_of_vera_names_no_kind(client, vera):
    assert menu_of(client, vera) == {
        "": [("Home", "/", None)],
        "Sheets": SHEETS,
        "Office": [("Operations", "/operations/", None)],
    }


def test_the_menu_of_ivo_has_the_settings_and_no_counterparties(client, ivo):
    assert menu_of(client, ivo) == {
        "": [("Home", "/", None)],
        "Sheets": SHEETS,
        "Office": [("Operations", "/operations/", None), *SETTINGS],
    }


@pytest.mark.parametrize(
    ("page", "marked"),
    [("/", "/"), ("/clients/", "/clients/"), ("/counterparties/7/edit/", "/counterparties/"), ("/x/", None)],
)
def test_the_line_of_the_page_is_marked(page, marked):
    entries = [Entry("Home", "/"), Entry("All", "/counterparties/"), Entry("Clients", "/clients/")]

    mark_current(page, entries)

    assert [entry.url for entry in entries if entry.is_current] == ([marked] if marked else [])


def test_on_a_dossier_the_menu_marks_the_list_that_the_crumbs_begin_at(client, anna, client_type):
    client.force_login(anna)

    page = client.get(make_counterparty(types=[client_type]).get_absolute_url())

    begins_at = page.context["crumbs"][0][1]
    marked = [entry.url for group in page.context["menu"] for entry in group.entries if entry.is_current]
    assert (begins_at, marked) == ("/clients/", ["/clients/"])


@pytest.mark.parametrize("where", ["/profile/", "/nowhere/", "/admin/"])
def test_what_a_user_sees_is_not_left_on_the_machine(client, admin, where):
    client.force_login(admin)

    assert "no-store" in client.get(where).headers["Cache-Control"]


@pytest.mark.parametrize("where", ["/login/", "/nowhere/", "/profile/", "/healthz", "/language/"])
def test_every_answer_carries_the_headers_that_protect_the_reader(client, db, where):
    headers = client.get(where).headers

    policy_said = headers["Content-Security-Policy"]
    for word in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert word in policy_said
    assert "unsafe" not in policy_said
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_kept_from_scripts_and_other_sites(client, anna, settings):
    client.post("/login/", {"login": "anna", "password": "anna-demo"})

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_an_office_on_https_answers_http_with_the_way_there(client, db, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]

    plain, safe = client.get("/login/"), client.get("/login/", secure=True)

    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/login/")
    assert safe.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert client.get("/healthz").status_code == 200


def test_a_stranger_cannot_claim_to_have_come_by_https(client, db):
    answer = client.get("/login/", HTTP_X_FORWARDED_PROTO="https")

    assert not answer.wsgi_request.is_secure()


# ---- failures, through pages that fail on purpose


def refuse(request):
    policy.for_user(request.user).require_anywhere("archive")


def refuse_plainly(request):
    raise PermissionDenied("The drawer is locked.")


def break_down(request):
    raise RuntimeError("secret detail")


def lose_the_database(request):
    raise OperationalError("server closed the connection")


def come_too_late(request):
    raise Stale(request.user)


def take_too_much(request):
    raise RequestDataTooBig("too much")


def take(request):
    return HttpResponse("taken")


@pytest.fixture
def failing(client, settings):
    """A visitor of an office in which some pages fail."""

    class Urls:
        urlpatterns = [
            *site.urlpatterns,
            path("refuse/", refuse),
            path("refuse-plainly/", refuse_plainly),
            path("break/", break_down),
            path("lose/", lose_the_database),
            path("late/", come_too_late),
            path("much/", take_too_much),
            path("take/", take),
        ]
        handler400, handler403, handler404, handler500 = (
            site.handler400,
            site.handler403,
            site.handler404,
            site.handler500,
        )

    settings.ROOT_URLCONF = Urls
    client.raise_request_exception = False
    return client


def test_a_refusal_names_the_right_and_the_roles_that_have_it(failing, boris):
    failing.force_login(boris)

    answer = failing.get("/refuse/")

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You would need the right “Archive”." in page
    assert "<li>Managers</li><li>Sales</li>" in page


def test_another_refusal_says_its_sentence(failing, boris):
    failing.force_login(boris)

    answer = failing.get("/refuse-plainly/")

    assert answer.status_code == 403
    assert "The drawer is locked." in answer.content.decode()


def test_a_failure_shows_no_trace_but_a_number_that_stands_in_the_log(failing, anna, caplog):
    failing.force_login(anna)

    answer = failing.get("/break/")

    number = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
    record = next(each for each in caplog.records if each.levelname == "ERROR")
    assert record.request.number == number


def test_without_the_database_the_office_is_out_for_a_moment(failing, anna):
    failing.force_login(anna)

    answer = failing.get("/lose/", HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The office is out for a moment" in answer.content.decode()


def test_whoever_comes_too_late_is_told_that_somebody_was_faster(failing, anna):
    failing.force_login(anna)

    answer = failing.get("/late/")

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.content.decode()


def test_too_much_at_once_is_told_as_such(failing, anna):
    failing.force_login(anna)

    assert failing.get("/much/").status_code == 413


def test_a_form_without_its_token_says_what_to_do(failing, db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"login": "anna"}, HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status_code == 403
    assert "This page was open too long" in answer.content.decode()


def test_a_new_page_asks_to_log_in_without_being_told(failing, db):
    assert failing.get("/take/").status_code == 302


@pytest.mark.parametrize(
    "where",
    [
        "/login/?next=%00",
        "/profile/?tab=%00%ff",
        "/%00/",
        "/profile/%00",
        "/login/?%ff=%ed%a0%80",
        "/?q=%c3%28",
        "/%ff/",
    ],
)
def test_damaged_addresses_break_nothing(failing, anna, where):
    failing.force_login(anna)

    assert failing.get(where).status_code < 500


def test_a_damaged_cookie_breaks_nothing(client, db):
    client.cookies["sessionid"] = "abcdefgh\x00ijkl"

    assert client.get("/login/").status_code == 200


def test_a_foreign_host_name_is_refused(client, db):
    assert client.get("/login/", HTTP_HOST="evil.example").status_code == 400


def test_a_line_of_the_log_cannot_be_forged():
    record = logging.LogRecord("x", logging.WARNING, "", 0, "Not Found: /a\nERROR forged \x1b[31m", (), None)

    line = OneLine("%(message)s").format(record)

    assert line == "Not Found: /a\\x0aERROR forged \\x1b[31m"


@pytest.mark.parametrize("address", ["/a/?b=c", "/", "/clients/?q=%2F%2Fx"])
def test_a_plain_path_is_inside_the_office(address):
    assert is_inside_office(address)
