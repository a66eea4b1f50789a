"""Who did what: which operations somebody finds, and what they read in each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from characteristics.domain import values
from counterparties.models import Contact, Status
from tests.factories import make_characteristic, make_counterparty
from tests.trail.acts import act, listed, read, rename, retype
from trail.domain.operations import operation
from trail.models import Operation

#: Queries of one page of the list: of who knows everything, and of who is asked about each.
QUERIES = {"admin": 9, "anna": 12}


def test_each_finds_their_own_and_what_changed_something_they_may_see(
    client, admin, ivo, anna, boris, vera, client_type, bank_type
):
    danube, bank = make_counterparty("Danube Agro"), make_counterparty("ZQXWJbank", types=[bank_type])
    of_client = act("card", boris, rename(danube, "Dunav"), reason="New letterhead")
    of_bank = act("card", boris, rename(bank, "ZQXWJbanka"))
    of_both = act("bulk", boris, lambda: [rename(danube, "Dunav Agro")(), rename(bank, "ZQXWJbank")()])
    hidden_type = act("card", boris, lambda: retype(danube, client_type, bank_type))
    of_settings = act("settings", ivo, lambda: Status.objects.create(code="new", name="New"))
    own = act("card", vera, rename(bank, "ZQXWJ of Vera"))
    acts = [of_client, of_bank, of_both, hidden_type, of_settings, own]

    found = {
        user.username: [pk for pk in listed(client, user)[0] if pk in {each.pk for each in acts}]
        for user in (admin, ivo, anna, boris, vera)
    }

    assert found == {
        "admin": [each.pk for each in reversed(acts)],
        "ivo": [of_settings.pk],
        "anna": [of_both.pk, of_client.pk],
        "boris": [own.pk, hidden_type.pk, of_both.pk, of_bank.pk, of_client.pk],
        "vera": [own.pk],
    }
    opened = {each.pk: read(client, anna, each).status_code for each in acts}
    assert [pk for pk, status in opened.items() if status == 200] == [of_client.pk, of_both.pk]
    assert set(opened.values()) == {200, 404}
    html = read(client, anna, of_both).content.decode()
    assert ("Dunav Agro" in html, "zqxwj" in html.lower(), "1 counterparty" in html) == (True, False, True)
    assert "2 counterparties" in read(client, boris, of_both).content.decode()
    assert "zqxwj" not in read(client, vera, own).content.decode().lower()
    assert "New letterhead" in listed(client, anna)[1]


def test_the_list_is_asked_for_a_person_an_act_a_day_and_a_counterparty(client, admin, anna, boris, client_type):
    one, two = make_counterparty("One"), make_counterparty("Two")
    first = act("card", anna, rename(one, "Uno"))
    second = act("bulk", boris, lambda: Contact.objects.create(counterparty=two, name="Stefka"))
    Operation.objects.exclude(pk__in=[first.pk, second.pk]).update(at=timezone.now() - timedelta(days=9))
    Operation.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(days=3))
    day = (timezone.localdate() - timedelta(days=3)).isoformat()

    found = {
        query: set(listed(client, anna, f"?{query}")[0]) & {first.pk, second.pk}
        for query in (
            f"user={boris.pk}", "kind=card", f"day_after={day}", f"day_before={day}", f"counterparty={one.code}",
            f"counterparty={two.code}&kind=card", "kind=nonsense",
        )
    }  # fmt: skip

    assert list(found.values()) == [
        {second.pk}, {first.pk}, {first.pk, second.pk}, {first.pk}, {first.pk}, set(), {first.pk, second.pk}
    ]  # fmt: skip
    assert "there is no “nonsense”" in listed(client, admin, "?kind=nonsense")[1]


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_a_page_of_the_list_costs_the_same_number_of_queries(
    client, admin, anna, client_type, how_many, django_assert_num_queries
):
    danube = make_counterparty("Danube Agro")
    for number in range(how_many):
        act("card", anna, rename(danube, f"Name {number}"))
    for user in (admin, anna):
        client.force_login(user)
        client.get("/operations/?kind=card")

        with django_assert_num_queries(QUERIES[user.username]):
            page = client.get("/operations/?kind=card")

        assert page.content.decode().count("1 counterparty") == how_many


def test_an_import_of_many_is_read_page_by_page_and_narrowed(client, anna, client_type, django_assert_max_num_queries):
    motto = make_characteristic("motto", "text", client_type, name="Motto")
    on_hold = Status.objects.get(code="on-hold")
    those = [make_counterparty(f"Firm {number:02}") for number in range(70)]

    def change():
        for number, each in enumerate(those):
            values.save(each, {motto: f"Bread {number}"})
            if number % 10 == 0:
                each.status = on_hold
                each.save()

    found = act("import", anna, change)
    client.force_login(anna)
    pages, address = [], f"/operations/{found.pk}/"
    while address:
        with django_assert_max_num_queries(25):
            answer = client.get(address)
        pages.append([(thing.name, len(thing.stories)) for thing in answer.context["things"]])
        address = answer.context["next_url"]

    assert [len(page) for page in pages] == [30, 30, 10]
    assert [name for page in pages for name, _stories in page] == [each.name for each in those]
    assert pages[0][:2] == [("Firm 00", 2), ("Firm 01", 1)]
    assert "7 counterparties, 70 values" in answer.content.decode()
    narrowed = client.get(f"/operations/{found.pk}/?about=status").context["things"]
    assert [each.name for each in narrowed] == [f"Firm {number:02}" for number in range(0, 70, 10)]
    line = narrowed[0].stories[0].lines[0]
    assert (line.label, line.old, line.new) == ("Status", "Active", "On hold")
    assert len(client.get(f"/operations/{found.pk}/?about=c-motto").context["things"]) == 30
    assert client.get(f"/operations/{found.pk}/?after=nowhere-7").context["things"][0].name == "Firm 00"


def test_an_operation_and_the_one_that_took_it_back_lead_to_each_other(client, anna, client_type):
    danube = make_counterparty("Danube Agro")
    first = act("card", anna, rename(danube, "Slip"))
    with operation("undo", by=anna, undoes=first):
        rename(danube, "Danube Agro")()
    second = Operation.objects.latest("pk")

    assert f'href="/operations/{second.pk}/"' in read(client, anna, first).content.decode()
    assert f'href="/operations/{first.pk}/"' in read(client, anna, second).content.decode()
    assert f"by {second.pk}" in listed(client, anna)[1]
