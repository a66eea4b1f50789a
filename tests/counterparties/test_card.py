"""Adding and editing on the card: what is kept, what is refused, what is said."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain import duplicates
from counterparties.models import Counterparty, Status
from rights.domain.granting import grant
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation

NEW = "/counterparties/new/"


def edit_of(counterparty):
    return f"/counterparties/{counterparty.pk}/edit/"


def typed(counterparty, **changes):
    """What a browser sends of an untouched card, and the changes."""
    facts = (
        "code",
        "name",
        "alias",
        "country",
        "registration_number",
        "vat_number",
        "email",
        "phone",
        "mobile",
        "website",
    )
    sent = {fact: getattr(counterparty, fact) for fact in (*facts, "comment", "version")}
    flags = ("is_person", "is_foreign", "is_vat_registered")
    sent |= {flag: "on" for flag in flags if getattr(counterparty, flag)}
    sent |= {
        "status": counterparty.status.code if counterparty.status else "",
        "types": [each.code for each in counterparty.types],
    }
    return sent | changes


def errors(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def test_name_and_types_alone_make_a_counterparty(desk, anna):
    answer = desk.post(NEW, {"name": "Danube Agro", "types": "client"})

    made = Counterparty.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/counterparties/{made.pk}/")
    assert (made.name, made.code, made.country, made.status.code) == ("Danube Agro", "C10001", "BG", "active")
    assert [each.code for each in made.types] == ["client"]
    operation = Operation.objects.get(kind="card")
    assert (operation.user, made.history.get().operation) == (anna, operation)


def test_types_are_ticked_from_where_one_came(desk):
    answer = desk.get(NEW + "?type=client")

    assert [each.code for each in answer.context["form"].types] == ["client"]
    assert "<h1>New client</h1>" in answer.content.decode()


def test_cancelling_leads_back_to_the_list_of_its_kind(desk):
    clients = desk.get(NEW + "?type=client").content.decode()
    anybody = desk.get(NEW).content.decode()

    assert '<a class="btn btn-quiet" href="/clients/">Cancel</a>' in clients
    assert '<a class="btn btn-quiet" href="/counterparties/">Cancel</a>' in anybody


def test_the_first_button_of_the_card_saves(desk):
    """Enter in a field presses it."""
    page = desk.get(NEW).content.decode()

    assert "name=" not in page.split('<form id="card"')[1].split("<button")[1].split(">")[0]


def test_a_type_from_nowhere_is_told_and_ignored(desk):
    answer = desk.get(NEW + "?type=nonsense&type=bank")

    assert answer.status_code == 200
    assert [str(each) for each in answer.context["messages"]] == [
        "There is no type “nonsense” that you may add counterparties to. Tick one below."
    ]
    assert answer.context["form"].types == []


def test_all_facts_are_kept_as_they_are_written_out(desk):
    desk.post(
        NEW,
        {
            "name": "Дунав Агро",
            "types": "client",
            "alias": "Danube",
            "registration_number": "175 074 752",
            "is_vat_registered": "on",
            "vat_number": "175074752",
            "email": "Office@DANUBE.example",
            "phone": "+359 2 987 6543",
            "mobile": "088 812 3456",
            "website": "danube.example",
            "comment": "one\r\ntwo",
            "code": "BRK.B",
            "status": "on-hold",
        },
    )

    made = Counterparty.objects.get()
    assert made.registration_number == "175074752"
    assert made.vat_number == "BG175074752"
    assert made.email == "Office@danube.example"
    assert made.phone == "+359 2 987 6543"
    assert made.mobile == "+359888123456"
    assert made.website == "https://danube.example"
    assert made.comment == "one\ntwo"
    assert made.code == "BRK.B"
    assert made.status.code == "on-hold"
    assert made.is_vat_registered


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

    assert answer.context["form"]["country"].help_text == told


def test_a_country_may_be_named_in_the_readers_language(desk):
    desk.post(NEW, {"name": "GmbH", "types": "client", "country": "germany"})

    assert Counterparty.objects.get().country == "DE"


def test_an_individual_has_a_personal_number(desk):
    desk.post(NEW, {"name": "Ivan", "types": "client", "is_person": "on", "registration_number": "5021010007"})

    assert Counterparty.objects.get().is_person


def test_odd_signs_are_cleaned_and_emoji_stay(desk):
    desk.post(NEW, {"name": " Da\u202enube\u200b\x07 🚚 ", "types": "client", "alias": "СОРТ"})

    assert Counterparty.objects.get().name == "Danube 🚚"


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


def test_save_and_add_another_opens_the_next_card_with_the_same_types(desk):
    answer = desk.post(NEW, {"name": "First", "types": "client", "another": "1"})

    assert answer["Location"] == NEW + "?type=client"


def test_an_untouched_card_writes_nothing(desk):
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(edit_of(counterparty), typed(counterparty), follow=True)

    assert [str(each) for each in answer.context["messages"]] == ["Nothing was changed."]
    assert Counterparty.objects.get().version == 1
    assert counterparty.history.count() == 1
    assert not Operation.objects.filter(kind="card").exists()


def test_an_edit_is_one_operation_with_its_reason(desk, anna, client_type):
    make_characteristic("motto", "text", client_type)
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(
        edit_of(counterparty), typed(counterparty, name="Danube", reason="They moved", **{"c-motto": "Onward"})
    )

    assert answer.status_code == 303
    changed = Counterparty.objects.get()
    assert (changed.name, changed.version) == ("Danube", 2)
    operation = Operation.objects.get(kind="card")
    assert (operation.user, operation.reason) == (anna, "They moved")
    assert changed.history.first().operation == operation
    assert changed.values.get().history.get().operation == operation
    assert [row.name for row in changed.history.all()] == ["Danube", "Danube Agro"]


def test_a_fact_that_was_not_sent_stays(desk):
    counterparty = make_counterparty("Danube Agro", email="a@danube.example", country="RO")

    desk.post(edit_of(counterparty), {"name": "Danube", "types": "client", "version": 1})

    changed = Counterparty.objects.get()
    assert (changed.name, changed.email, changed.country) == ("Danube", "a@danube.example", "RO")


def test_an_old_wrong_number_does_not_keep_anybody_from_correcting_a_phone(desk):
    counterparty = make_counterparty("Danube Agro", registration_number="123", country="BG")

    answer = desk.post(edit_of(counterparty), typed(counterparty, phone="02 987 6543"))

    assert answer.status_code == 303
    assert Counterparty.objects.get().phone == "02 987 6543"


def test_forged_fields_are_not_read(desk):
    counterparty = make_counterparty("Danube Agro")
    forged = {
        "archived_at": "2020-01-01",
        "created_at": "2020-01-01",
        "id": 99,
        "pk": 99,
        "type_set": 1,
        "search": "x",
        "code_key": "x",
    }

    desk.post(edit_of(counterparty), typed(counterparty, **forged))

    after = Counterparty.objects.get()
    assert (after.pk, after.archived_at, after.created_at, after.version) == (
        counterparty.pk,
        None,
        counterparty.created_at,
        1,
    )


@pytest.mark.parametrize("version", ["", "nonsense", "-1", "9" * 40])
def test_a_version_from_nowhere_saves_nothing(desk, version):
    counterparty = make_counterparty("Danube Agro")

    answer = desk.post(edit_of(counterparty), typed(counterparty, name="Forged", version=version))

    assert answer.status_code in {409, 422}
    assert Counterparty.objects.get().name == "Danube Agro"


def test_a_stopped_status_is_kept_and_offered_to_nobody_else(desk):
    counterparty = make_counterparty("Danube Agro", status=Status.objects.get(code="on-hold"))
    Status.objects.filter(code="on-hold").update(stopped_at=timezone.now())

    kept = desk.post(edit_of(counterparty), typed(counterparty, name="Danube"))
    refused = desk.post(NEW, {"name": "New", "types": "client", "status": "on-hold"})

    assert kept.status_code == 303
    assert Counterparty.objects.get().status.code == "on-hold"
    assert errors(refused)["status"] == ["The status “on-hold” is stopped. Choose another one."]


def test_an_archived_card_may_be_corrected_and_says_that_it_is_archived(desk):
    counterparty = make_counterparty("Danube Agro", archived_at=timezone.now())

    page = desk.get(edit_of(counterparty))
    answer = desk.post(edit_of(counterparty), typed(counterparty, name="Danube"))

    assert "it stays out of daily work until it is restored" in page.content.decode()
    assert answer.status_code == 303
    assert Counterparty.objects.get().is_archived


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


def test_a_subtype_clears_its_ancestors(desk, anna, client_type):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["add", "edit"])

    desk.post(NEW, {"name": "Shop", "types": ["client", "retail"]})

    assert [each.code for each in Counterparty.objects.get().types] == ["retail"]


def test_the_fields_of_other_types_come_without_saving(desk, anna, client_type):
    retail = make_type("retail", client_type)
    grant(anna.groups.get(), retail, ["add", "edit"])
    make_characteristic("motto", "text", client_type)
    make_characteristic("shelf", "text", retail, is_required=True)

    answer = desk.post(
        NEW, {"name": "", "alias": "typed", "types": ["client", "retail"], "c-motto": "Onward", "show_fields": "1"}
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'name="c-shelf"' in page
    assert "Onward" in page
    assert "typed" in page
    assert "Nothing is saved yet" not in page
    assert answer.context["form"]["types"].value() == ["retail"]
    assert not Counterparty.objects.exists()


def test_answers_of_every_type_are_kept_and_come_back(desk, client_type):
    size = make_nomenclature("size", "small", "large")
    for code, type_code in [("a", "text"), ("b", "long_text"), ("c", "number"), ("d", "date"), ("e", "checkbox")]:
        make_characteristic(code, type_code, client_type)
    make_characteristic("f", "nomenclature", client_type, nomenclature=size)

    desk.post(
        NEW,
        {
            "name": "Full",
            "types": "client",
            "c-a": "one",
            "c-b": "two\nlines",
            "c-c": "1 234,50",
            "c-d": "31.12.2026",
            "c-e": "yes",
            "c-f": "large",
        },
    )

    made = Counterparty.objects.get()
    said = {row.characteristic.code: row.characteristic.type.value(row) for row in made.values.all()}
    assert said.pop("f").code == "large"
    assert said == {"a": "one", "b": "two\nlines", "c": Decimal("1234.5"), "d": date(2026, 12, 31), "e": True}
    page = desk.get(edit_of(made))
    assert page.context["form"]["c-c"].value() in {"1,234.5", "1234.5"}


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_numbers_and_days_read_back_as_they_are_shown(desk, anna, client_type, language):
    anna.language = language
    anna.save()
    limit = make_characteristic("limit", "number", client_type)
    counterparty = make_counterparty("Danube")
    values.save(counterparty, {limit: Decimal("1234567.125")})

    shown = desk.get(edit_of(counterparty)).context["form"]["c-limit"].value()
    desk.post(edit_of(counterparty), typed(counterparty, **{"c-limit": shown}))

    assert counterparty.values.get().number == Decimal("1234567.125")
    assert Counterparty.objects.get().version == 1


def test_a_wrong_answer_is_said_at_its_field(desk, client_type):
    make_characteristic("limit", "number", client_type)
    make_characteristic("motto", "text", client_type, is_required=True)

    answer = desk.post(NEW, {"name": "Danube", "types": "client", "c-limit": "many"})

    assert answer.status_code == 422
    assert set(errors(answer)) == {"c-limit", "c-motto"}


def test_an_answer_may_be_taken_back(desk, client_type):
    motto = make_characteristic("motto", "text", client_type)
    counterparty = make_counterparty("Danube")
    values.save(counterparty, {motto: "Onward"})

    desk.post(edit_of(counterparty), typed(counterparty, **{"c-motto": ""}))

    assert not counterparty.values.exists()


def test_several_values_are_written_one_under_the_other(desk, client_type):
    brand = make_characteristic("brand", "text", client_type, is_multiple=True)
    counterparty = make_counterparty("Danube")

    desk.post(edit_of(counterparty), typed(counterparty, **{"c-brand": ["One", "", "Two", "One"]}))

    assert values.of(counterparty, [brand]) == {brand.pk: ["One", "Two"]}
    page = desk.get(edit_of(counterparty)).content.decode()
    assert page.count('name="c-brand"') == 3
