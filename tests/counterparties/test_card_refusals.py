"""What a card refuses, and what it says of likenesses."""

import pytest
from django.utils import timezone

from counterparties.domain import duplicates
from counterparties.models import Counterparty
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_counterparty
from trail.models import Operation


@pytest.mark.parametrize(
    ("field", "wrong", "said"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 256, "Ensure this value has at most 255 characters (it has 256)."),
        ("name", "a\x00b", "Null characters are not allowed."),
        ("code", "x" * 33, "Ensure this value has at most 32 characters (it has 33)."),
        (
            "registration_number",
            "175074753",
            "175074753 is not a valid Bulgarian company number (EIK): digit 9 would have to be 2.",
        ),
        ("vat_number", "BG123", "BG123 is not written like a VAT number"),
        ("email", "nobody", "An e-mail address has a name, an @ and a domain"),
        ("phone", "12", "A phone number has 3 to 20 digits; this one has 2."),
        ("mobile", "0888 403 11", "0888 403 11 is not a possible mobile (Bulgaria)."),
        ("website", "javascript:alert(1)", "A website address begins with https:// or http://"),
        ("country", "Atlantis", "“Atlantis” is no country."),
        ("status", "nonsense", "There is no status “nonsense”. Choose one."),
        ("types", "nonsense", "There is no type “nonsense” for you to choose."),
        ("types", "bank", "There is no type “bank” for you to choose."),
        ("types", "supplier", "You may not add counterparties of the type “Supplier”."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk, field, wrong, said):
    sent = {"name": "Danube Agro", "types": "client", "alias": "kept as typed", field: wrong}

    answer = desk.post(NEW, sent)

    assert answer.status_code == 422
    assert list(errors(answer)) == [field]
    assert said in errors(answer)[field][0]
    assert "kept as typed" in answer.content.decode()
    assert not Counterparty.objects.exists()
    assert not Operation.objects.filter(kind="card").exists()


def test_a_foreign_counterparty_keeps_any_number(desk):
    answer = desk.post(
        NEW, {"name": "Inc", "types": "client", "is_foreign": "on", "country": "", "registration_number": "175074753"}
    )

    assert answer.status_code == 303
    made = Counterparty.objects.get()
    assert (made.registration_number, made.country, made.is_foreign) == ("175074753", "", True)


def test_a_mobile_of_nowhere_asks_for_the_country(desk):
    answer = desk.post(
        NEW, {"name": "Inc", "types": "client", "is_foreign": "on", "country": "", "mobile": "0888123456"}
    )

    assert "Choose the country of this mobile" in errors(answer)["mobile"][0]


def test_a_mobile_is_shown_with_spaces_and_stays_as_it_is_kept(desk):
    counterparty = make_counterparty("GmbH", mobile="+491705465237", country="DE")

    shown = desk.get(edit_of(counterparty)).context["form"]["mobile"].value()
    answer = desk.post(edit_of(counterparty), typed(counterparty, mobile=shown, country="AT"))

    assert shown == "+49 170 5465237"
    assert answer.status_code == 303
    assert Counterparty.objects.get().mobile == "+491705465237"


def test_an_old_wrong_mobile_does_not_keep_anybody_from_correcting_an_alias(desk):
    counterparty = make_counterparty("Danube Agro", mobile="+35911", country="BG")

    shown = desk.get(edit_of(counterparty)).context["form"]["mobile"].value()
    answer = desk.post(edit_of(counterparty), typed(counterparty, mobile=shown, alias="Danube"))

    assert answer.status_code == 303
    assert Counterparty.objects.get().mobile == "+35911"


@pytest.mark.parametrize(
    ("typed_country", "told"), [("DE", "Germany"), ("de", "Germany"), ("", "Its two letters or its name.")]
)
def test_the_country_of_two_letters_is_named_below_them(desk, typed_country, told):
    answer = desk.post(NEW, {"types": "client", "country": typed_country, "show_fields": "1"})

    field = answer.context["form"]["country"]
    assert f'<span class="help meant">{told}</span>' in str(field) or field.help_text == told


def test_a_country_may_be_named_in_the_readers_language(desk):
    desk.post(NEW, {"name": "GmbH", "types": "client", "country": "germany"})

    assert Counterparty.objects.get().country == "DE"


def test_an_individual_has_a_personal_number(desk):
    desk.post(NEW, {"name": "Ivan", "types": "client", "is_person": "on", "registration_number": "5021010007"})

    assert Counterparty.objects.get().is_person


def test_a_number_of_an_archived_one_is_refused_and_names_it_to_those_who_may_see(desk):
    other = make_counterparty(
        "Стар клиент", registration_number="175074752", country="BG", archived_at=timezone.now(), code="C8127"
    )

    answer = desk.post(NEW, {"name": "Нов", "types": "client", "registration_number": "BG 175074752"})

    assert answer.status_code == 422
    said = errors(answer)["registration_number"][0]
    assert f'<a href="/counterparties/{other.pk}/">Стар клиент (C8127)</a>, archived on' in said
    assert "Restore that one, or correct the number." in said
    assert said in answer.content.decode()


def test_who_has_the_number_is_not_told_to_those_who_may_not_see(desk, bank_type):
    make_counterparty("Secret", [bank_type], registration_number="175074752", country="BG")

    answer = desk.post(NEW, {"name": "Нов", "types": "client", "registration_number": "175074752"})

    assert errors(answer)["registration_number"] == ["Another counterparty you may not see has this number."]
    assert "Secret" not in answer.content.decode()


def test_a_code_is_used_once_whatever_its_case(desk):
    make_counterparty("First", code="brk.b")

    answer = desk.post(NEW, {"name": "Second", "types": "client", "code": "BRK.B"})

    assert "has this code already" in errors(answer)["code"][0]


def test_names_are_escaped_in_messages(desk):
    make_counterparty("<script>x</script>", code="brk.b")

    answer = desk.post(NEW, {"name": "Second", "types": "client", "code": "BRK.B"})

    assert "<script>x" not in answer.content.decode()


def test_likenesses_are_told_after_the_save_to_those_who_may_see_them(desk, bank_type):
    make_counterparty("Danube Agro Ltd", email="office@danube.example")
    make_counterparty("Danube Agro Bank", [bank_type], email="office@danube.example")

    answer = desk.post(
        NEW, {"name": "Danube Agro Ltd.", "types": "client", "email": "OFFICE@danube.example"}, follow=True
    )

    said = [str(each) for each in answer.context["messages"]]
    assert len(said) == 3
    assert any(each.startswith("The same e-mail: <a href=") and "Danube Agro Ltd (" in each for each in said)
    assert any(each.startswith("Nearly the same name: ") for each in said)
    assert not any("Bank" in each for each in said)


def test_likenesses_stand_beside_the_field_of_a_refused_card(desk):
    make_counterparty("Danube Agro", email="office@danube.example")

    answer = desk.post(NEW, {"name": "", "types": "client", "email": "office@danube.example"})

    assert answer.status_code == 422
    assert "The same e-mail: <a href=" in answer.context["form"]["email"].help_text
    assert list(errors(answer)) == ["name"]


def test_an_edit_tells_only_of_what_it_changed(desk):
    make_counterparty("Danube Agro", email="office@danube.example")
    twin = make_counterparty("Danube Agro", email="office@danube.example")

    answer = desk.post(edit_of(twin), typed(twin, alias="Twin"), follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["“Danube Agro” is saved."]


def test_two_people_at_once_with_one_number_is_said_at_the_field(desk, monkeypatch):
    make_counterparty("First", registration_number="175074752", country="BG")
    looked = []
    real = duplicates.holder_of_number

    def a_moment_too_early(*args):
        looked.append(args)
        return None if len(looked) == 1 else real(*args)

    monkeypatch.setattr(duplicates, "holder_of_number", a_moment_too_early)

    answer = desk.post(NEW, {"name": "Second", "types": "client", "registration_number": "175074752"})

    assert answer.status_code == 422
    assert "Already used by" in errors(answer)["registration_number"][0]
    assert Counterparty.objects.count() == 1
