"""The card asks rule 1 of rights at every field: what one may not see is neither shown nor lost."""

from django.utils import timezone

from characteristics.domain import values
from counterparties.models import Counterparty
from rights.domain.granting import grant, revoke
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty, make_type
from trail.models import Operation


def codes(counterparty):
    return [each.code for each in Counterparty.objects.get(pk=counterparty.pk).types]


def test_who_may_add_nothing_is_refused_the_empty_card(client, vera, boris):
    client.force_login(vera)
    assert client.get(NEW).status_code == 403

    client.force_login(boris)
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"name": "Bank", "types": "bank"}).status_code == 403
    assert not Counterparty.objects.exists()


def test_an_unseen_card_is_like_a_missing_one(desk, bank_type):
    bank = make_counterparty("Bank", [bank_type])

    assert desk.get(edit_of(bank)).status_code == 404
    assert desk.post(edit_of(bank), typed(bank, name="Mine")).status_code == 404
    assert desk.get("/counterparties/999999/edit/").status_code == 404
    assert Counterparty.objects.get().name == "Bank"


def test_a_seen_card_without_the_right_to_edit_is_refused(desk, supplier_type):
    supplier = make_counterparty("Supplier", [supplier_type])

    assert desk.get(edit_of(supplier)).status_code == 403
    assert desk.post(edit_of(supplier), typed(supplier, name="Mine")).status_code == 403
    assert Counterparty.objects.get().name == "Supplier"


def test_strangers_are_asked_to_log_in(client, office):
    answer = client.get(NEW)

    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={NEW}")


def test_types_not_mine_are_grey_and_hidden_ones_are_not_there(desk):
    page = desk.get(NEW).content.decode()

    assert "Greyed types are not yours to add." in page
    assert 'value="supplier"' in page.split("disabled")[0].rsplit("<input", 1)[1]
    assert 'value="bank"' not in page


def test_types_one_may_not_see_stay(desk, client_type, bank_type):
    both = make_counterparty("Both", [client_type, bank_type])

    answer = desk.post(edit_of(both), typed(both, name="Renamed", types=["client"]))

    assert answer.status_code == 303
    assert codes(both) == ["client", "bank"]
    assert Counterparty.objects.get().name == "Renamed"


def test_clearing_a_type_needs_edit_on_it(desk, client_type, supplier_type):
    both = make_counterparty("Both", [client_type, supplier_type])

    desk.post(edit_of(both), typed(both, types=["client"]))

    assert codes(both) == ["client", "supplier"]


def test_ticking_a_type_needs_edit_on_it(desk, client_type):
    counterparty = make_counterparty("Danube")

    answer = desk.post(edit_of(counterparty), typed(counterparty, types=["client", "supplier"]))

    assert answer.status_code == 422
    assert errors(answer)["types"] == ["You may not edit counterparties of the type “Supplier”, so you cannot tick it."]
    assert codes(counterparty) == ["client"]


def test_both_types_may_be_ticked_when_both_are_mine(client, mila, client_type):
    client.force_login(mila)
    counterparty = make_counterparty("Danube")

    client.post(edit_of(counterparty), typed(counterparty, types=["client", "supplier"]))

    assert codes(counterparty) == ["client", "supplier"]


def test_a_hidden_type_cannot_be_ticked_by_its_code(desk):
    counterparty = make_counterparty("Danube")

    told = errors(desk.post(edit_of(counterparty), typed(counterparty, types=["client", "bank"])))
    nonsense = errors(desk.post(edit_of(counterparty), typed(counterparty, types=["client", "nothing"])))

    assert told["types"] == ["There is no type “bank” for you to choose."]
    assert nonsense["types"] == ["There is no type “nothing” for you to choose."]


def test_a_stopped_type_is_kept_and_given_to_nobody_else(desk, anna, client_type):
    old = make_type("old", client_type)
    grant(anna.groups.get(), old, ["add", "edit"])
    counterparty = make_counterparty("Danube", [old])
    old.stopped_at = timezone.now()
    old.save()

    kept = desk.post(edit_of(counterparty), typed(counterparty, name="Renamed"))
    refused = desk.post(NEW, {"name": "New", "types": "old"})

    assert kept.status_code == 303
    assert codes(counterparty) == ["old"]
    assert "is stopped" in errors(refused)["types"][0]
    assert 'value="old"' not in desk.get(NEW).content.decode()


def test_the_last_type_cannot_be_cleared(desk):
    counterparty = make_counterparty("Danube")

    answer = desk.post(edit_of(counterparty), typed(counterparty, types=[]))

    assert errors(answer)["types"] == ["Choose at least one type."]


def test_who_clears_the_only_type_they_see_is_led_to_the_list(desk, client_type, bank_type):
    both = make_counterparty("Both", [client_type, bank_type])

    answer = desk.post(edit_of(both), typed(both, types=[]))

    assert answer["Location"] == "/counterparties/"
    assert codes(both) == ["bank"]


def test_characteristics_of_types_one_may_only_view_are_shown_and_stay(desk, client_type, supplier_type):
    quality = make_characteristic("quality", "text", supplier_type)
    both = make_counterparty("Both", [client_type, supplier_type])
    values.save(both, {quality: "A1"})

    page = desk.get(edit_of(both)).content.decode()
    desk.post(edit_of(both), typed(both, name="Renamed", **{"c-quality": "forged"}))

    assert "A1" in page
    assert 'name="c-quality"' not in page
    assert "Not yours to change." in page
    assert both.values.get().text == "A1"
    assert Counterparty.objects.get().name == "Renamed"


def test_characteristics_one_may_not_see_are_not_shown_and_stay(desk, client_type, bank_type):
    secret = make_characteristic("secret", "text", bank_type, name="Sentinel")
    both = make_counterparty("Both", [client_type, bank_type])
    values.save(both, {secret: "hidden words"})

    page = desk.get(edit_of(both)).content.decode()
    desk.post(edit_of(both), typed(both, name="Renamed", **{"c-secret": "forged"}))

    assert "Sentinel" not in page
    assert "hidden words" not in page
    assert both.values.get().text == "hidden words"


def test_characteristics_of_other_types_are_not_read(desk, client_type, supplier_type):
    make_characteristic("quality", "text", supplier_type)

    desk.post(NEW, {"name": "New", "types": "client", "c-quality": "forged", "c-nonsense": "x"})

    made = Counterparty.objects.get()
    assert not made.values.exists()


def test_an_answer_of_a_cleared_type_stays_hidden_and_comes_back_with_it(client, mila, client_type, supplier_type):
    client.force_login(mila)
    quality = make_characteristic("quality", "text", supplier_type)
    both = make_counterparty("Both", [client_type, supplier_type])
    values.save(both, {quality: "A1"})

    client.post(edit_of(both), typed(both, types=["client"]))
    both = Counterparty.objects.get()
    again = client.post(edit_of(both), typed(both, types=["client", "supplier"], show_fields="1"))

    assert codes(both) == ["client"]
    assert both.values.get().text == "A1"
    assert again.context["form"]["c-quality"].value() == "A1"


def test_a_stopped_characteristic_is_shown_where_it_has_a_value_and_asked_of_nobody(desk, client_type):
    old = make_characteristic("old", "text", client_type, name="Old habit", is_required=True)
    with_value, without = make_counterparty("With"), make_counterparty("Without")
    values.save(with_value, {old: "kept"})
    old.stopped_at = timezone.now()
    old.save()

    page = desk.get(edit_of(with_value)).content.decode()
    answer = desk.post(edit_of(with_value), typed(with_value, name="Renamed"))

    assert "kept" in page
    assert "Stopped: kept as it is." in page
    assert answer.status_code == 303
    assert with_value.values.get().text == "kept"
    assert "Old habit" not in desk.get(edit_of(without)).content.decode()


def test_a_characteristic_of_a_hidden_parent_is_shown_under_the_type_one_sees(desk, anna, client_type, bank_type):
    private = make_type("private", bank_type, name="Private bank")
    grant(anna.groups.get(), private, ["add", "edit"])
    make_characteristic("motto", "text", bank_type)

    page = desk.get(f"{NEW}?type=private").content.decode()

    assert 'name="c-motto"' in page
    assert 'id="type-private"' in page
    assert ">Bank<" not in page
    assert "Bank ›" not in page


def test_a_right_taken_away_while_the_card_is_open_counts(desk, anna, client_type):
    counterparty = make_counterparty("Danube")
    revoke(anna.groups.get(), client_type, ["edit"])

    answer = desk.post(edit_of(counterparty), typed(counterparty, name="Too late"))

    assert answer.status_code == 403
    assert Counterparty.objects.get().name == "Danube"
    assert not Operation.objects.filter(kind="card").exists()
