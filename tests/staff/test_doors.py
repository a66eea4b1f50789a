"""Coming in and going out."""

import time_machine
from django.contrib.auth.hashers import get_hasher
from django.core import mail

from staff.domain import tries
from staff.models import Try, User

WRONG = {"login": "anna", "password": "wrong"}
RIGHT = {"login": "anna", "password": "anna-demo"}


def test_every_page_asks_a_stranger_to_log_in_and_leads_back(client, db):
    answer = client.get("/profile/?tab=look")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login/?next=/profile/%3Ftab%3Dlook"


def test_anna_comes_in_by_her_name_and_lands_where_she_wanted(client, anna):
    answer = client.post("/login/", RIGHT | {"next": "/profile/"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/profile/")
    assert client.get("/profile/").status_code == 200


def test_anna_comes_in_by_her_e_mail_in_any_case(client, anna):
    User.objects.filter(pk=anna.pk).update(email="anna@office.example")

    answer = client.post("/login/", {"login": "Anna@Office.Example", "password": "anna-demo"})

    assert answer.status_code == 303


def test_an_e_mail_of_two_people_lets_nobody_in(client, anna, boris):
    User.objects.update(email="both@office.example")

    answer = client.post("/login/", {"login": "both@office.example", "password": "anna-demo"})

    assert answer.status_code == 422


def test_a_user_made_with_name_and_password_comes_in_at_once(client, db):
    User.objects.create_user("petar", password="a quiet long word")

    answer = client.post("/login/", {"login": "petar", "password": "a quiet long word"})

    assert answer.status_code == 303


def test_a_log_in_leaves_no_history(client, anna):
    before = anna.history.count()

    client.post("/login/", RIGHT)

    assert anna.history.count() == before


def test_the_session_gets_a_new_number_at_the_log_in(client, anna):
    client.cookies["sessionid"] = "planted0123456789planted01234567"

    client.post("/login/", RIGHT)

    assert client.cookies["sessionid"].value != "planted0123456789planted01234567"


def test_a_wrong_password_is_refused_and_only_the_name_is_kept(client, anna):
    answer = client.post("/login/", WRONG | {"next": "/profile/"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The name or the password is not right." in page
    assert 'value="anna"' in page
    assert 'value="/profile/"' in page
    assert "wrong" not in page.replace('class="wrong"', "")


def test_unknown_wrong_and_disabled_are_refused_in_the_same_words(client, anna, boris):
    User.objects.filter(pk=boris.pk).update(is_active=False)
    said = {
        client.post("/login/", {"login": login, "password": password}).context["form"].non_field_errors()[0]
        for login, password in [("anna", "wrong"), ("nobody", "wrong"), ("boris", "boris-demo")]
    }

    assert len(said) == 1


def test_an_unknown_name_costs_one_hash_like_a_known_one(client, anna, monkeypatch):
    hashed = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *given, **named: hashed.append(1) or encode(*given, **named))

    for login in ("anna", "nobody", "nobody@office.example"):
        client.post("/login/", {"login": login, "password": "wrong"})

    assert len(hashed) == 3


def test_after_ten_wrong_passwords_it_says_when_to_try_again(client, anna):
    for _each in range(10):
        assert client.post("/login/", WRONG).status_code == 422

    answer = client.post("/login/", RIGHT)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "Try again in 5 minutes." in answer.content.decode()


def test_unknown_names_are_slowed_down_alike(client, db):
    answers = [client.post("/login/", {"login": "nobody", "password": "wrong"}).status_code for _each in range(11)]

    assert answers == [422] * 10 + [429]


def test_the_owner_comes_in_from_elsewhere_while_somebody_guesses(client, anna):
    for _each in range(12):
        client.post("/login/", WRONG, REMOTE_ADDR="203.0.113.7")

    assert client.post("/login/", RIGHT, REMOTE_ADDR="198.51.100.4").status_code == 303


def test_five_minutes_later_the_same_address_may_try_again(client, anna):
    with time_machine.travel("2026-05-04 09:00:00", tick=False) as clock:
        for _each in range(11):
            client.post("/login/", WRONG)
        clock.shift(301)

        assert client.post("/login/", RIGHT).status_code == 303


def test_a_forwarded_address_is_not_believed_without_a_proxy(client, anna):
    answers = [
        client.post("/login/", WRONG, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code for number in range(11)
    ]

    assert answers[-1] == 429


def test_behind_one_proxy_the_last_address_counts(client, anna, settings):
    settings.PROXIES = 1
    answers = [
        client.post("/login/", WRONG, HTTP_X_FORWARDED_FOR=f"6.6.6.{number}, 198.51.100.9").status_code
        for number in range(11)
    ]

    assert answers[-1] == 429
    assert client.post("/login/", RIGHT, HTTP_X_FORWARDED_FOR="198.51.100.10").status_code == 303


def test_an_address_that_tries_many_names_is_slowed_down_as_a_whole(db):
    for number in range(tries.PER_ADDRESS):
        assert tries.take(f"name{number}", "203.0.113.9") == 0

    assert tries.take("anna", "203.0.113.9") > 0
    assert tries.take("anna", "203.0.113.10") == 0


def test_a_household_of_ipv6_is_one_address(db):
    for number in range(tries.PER_NAME_AND_ADDRESS):
        assert tries.take("anna", f"2001:db8::{number:x}") == 0

    assert tries.take("anna", "2001:db8::ffff") > 0


def test_who_comes_in_starts_anew_and_what_else_the_address_tried_stays_counted(db):
    for name in ("anna", "boris"):
        tries.take(name, "203.0.113.9")

    tries.forgive("anna", "203.0.113.9")

    assert Try.objects.count() == 1


def test_a_refused_try_makes_the_wait_no_longer(db):
    with time_machine.travel("2026-05-04 09:00:00", tick=False) as clock:
        for _each in range(tries.PER_NAME_AND_ADDRESS):
            tries.take("anna", "203.0.113.9")
        clock.shift(200)

        assert [tries.take("anna", "203.0.113.9") for _each in range(3)] == [100] * 3
        clock.shift(101)
        assert tries.take("anna", "203.0.113.9") == 0


def test_tries_that_count_no_more_are_forgotten(db):
    with time_machine.travel("2026-05-04 09:00:00", tick=False) as clock:
        tries.take("anna", "203.0.113.9")
        clock.shift(301)
        tries.take("boris", "203.0.113.9")

    assert Try.objects.count() == 1


def test_next_never_leads_out_of_the_office(client, anna):
    for place in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "\x00//evil.example",
        "http:evil.example",
        "/\u2028/evil.example\x01",
    ]:
        client.logout()
        assert client.post("/login/", RIGHT | {"next": place}).headers["Location"] == "/"


def test_whoever_is_inside_is_led_on_from_the_door(client, anna):
    client.force_login(anna)

    answer = client.get("/login/?next=/profile/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/profile/")


def test_a_disabled_user_is_out_at_the_next_click(client, anna):
    client.force_login(anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get("/").status_code == 302


def test_a_log_out_asks_on_get_and_acts_on_post(client, anna):
    client.force_login(anna)

    asked = client.get("/logout/")
    assert asked.status_code == 200
    assert client.get("/profile/").status_code == 200

    left = client.post("/logout/")
    assert (left.status_code, left.headers["Location"]) == (303, "/login/")
    assert client.get("/profile/").status_code == 302


def test_there_is_no_sign_up(client, db):
    for path in ("/signup/", "/accounts/signup/", "/register/"):
        assert client.get(path).status_code == 404


def test_demo_log_ins_are_shown_in_a_demo_office_only(client, db, settings):
    settings.DEMO = False
    assert "anna-demo" not in client.get("/login/").content.decode()

    settings.DEMO = True
    assert "anna-demo" in client.get("/login/").content.decode()


def test_a_name_with_a_nul_is_refused_with_a_sentence(client, db):
    answer = client.post("/login/", {"login": "an\x00na", "password": "x"})

    assert answer.status_code == 422
    assert "login" in answer.context["form"].errors


def test_a_forgotten_password_is_renewed_by_a_letter(client, anna, settings):
    settings.SENDS_MAIL = True
    User.objects.filter(pk=anna.pk).update(email="anna@office.example")

    asked = client.post("/password/forgotten/", {"email": "anna@office.example"})
    link = next(word for word in mail.outbox[0].body.split() if "/password/new/" in word)
    page = client.get(link, follow=True)
    saved = client.post(page.redirect_chain[-1][0], {"password1": "one quiet word", "password2": "one quiet word"})

    assert (asked.status_code, saved.status_code) == (303, 303)
    assert client.post("/login/", {"login": "anna", "password": "one quiet word"}).status_code == 303
    assert client.get(link, follow=True).status_code == 200


def test_a_letter_is_said_to_be_on_its_way_for_an_unknown_e_mail_too(client, db, settings):
    settings.SENDS_MAIL = True

    answer = client.post("/password/forgotten/", {"email": "nobody@office.example"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/password/forgotten/sent/")
    assert mail.outbox == []


def test_a_spent_link_says_so(client, db, settings):
    settings.SENDS_MAIL = True

    page = client.get("/password/new/1-abc-def/").content.decode()

    assert "This link is spent" in page


def test_an_office_without_mail_says_whom_to_ask(client, db, settings):
    settings.SENDS_MAIL = False

    assert "This office sends no letters." in client.get("/password/forgotten/").content.decode()
    assert "/password/forgotten/" not in client.get("/login/").content.decode()


def test_an_office_of_nobody_says_how_its_first_administrator_is_made(client, db):
    empty = client.get("/login/").content.decode()
    User.objects.create_user("petar")

    assert "Nobody can log in yet." in empty
    assert "./dev manage createsuperuser" in empty
    assert "Nobody can log in yet." not in client.get("/login/").content.decode()
