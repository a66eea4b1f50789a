"""Who did what: which operations somebody finds, and what they read in each."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Contact, Counterparty, SavedView, Status, Value
from rights.domain import policy
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty
from trail.domain import gathered, in_bulk
from trail.domain.operations import operation
from trail.models import Operation
from trail.pages import known, operation_list, worth_asking
from trail.pages.known import Knowing
from trail.pages.whom import whom
from trail.pages.words import Words, words

#: Queries of one page of the list: of who knows everything, and of who is asked about each.
QUERIES = {"admin": 9, "anna": 12}


def act(kind, by, change, reason=""):
    with operation(kind, by=by, reason=reason):
        change()
    return Operation.objects.latest("pk")


def rename(counterparty, name):
    def change():
        counterparty.name = name
        counterparty.save()

    return change


def listed(client, user, query=""):
    """The operations somebody finds, newest first."""
    client.force_login(user)
    page = client.get(f"/operations/{query}").content.decode()
    return [int(pk) for pk in re.findall(r'<a href="/operations/(\d+)/">\d', page)], page


def read(client, user, found):
    client.force_login(user)
    return client.get(f"/operations/{found.pk}/")


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


def retype(counterparty, *types):
    counterparty.type_set = type_set_of(types)
    counterparty.save()


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


def test_operations_are_found_behind_many_that_are_hidden(client, anna, bank_type, client_type, monkeypatch):
    """Of a counterparty that is seen, but of what is not: those alone have to be looked through one by one."""
    monkeypatch.setattr(operation_list, "BATCH", 3)
    danube, both = make_counterparty("Danube Agro"), make_counterparty("Both", types=[client_type, bank_type])
    swift = make_characteristic("swift", "text", bank_type, name="SWIFT")
    wanted = act("card", None, rename(danube, "Dunav"))
    for number in range(8):
        act("card", None, lambda: values.save(both, {swift: f"Hidden {number}"}))  # noqa: B023 -- called at once

    assert listed(client, anna, "?kind=card")[0] == [wanted.pk]
    monkeypatch.setattr(operation_list, "LOOKED_THROUGH", 6)
    found, page = listed(client, anna, "?kind=card")
    assert found == []
    assert "6 operations were looked through for those you may see." in page


def test_operations_of_hidden_types_alone_are_not_even_asked_about(client, anna, bank_type, client_type, monkeypatch):
    monkeypatch.setattr(operation_list, "BATCH", 1)
    monkeypatch.setattr(operation_list, "LOOKED_THROUGH", 1)
    danube, bank = make_counterparty("Danube Agro"), make_counterparty("Bank", types=[bank_type])
    wanted = act("card", None, rename(danube, "Dunav"))
    for number in range(3):
        act("card", None, rename(bank, f"Bank {number}"))

    assert listed(client, anna, "?kind=card")[0] == [wanted.pk]


@pytest.mark.parametrize("named", [-1, 2_000])
@pytest.mark.parametrize("few", [-1, 2_000])
def test_whoever_sees_few_and_whoever_sees_many_are_told_the_same(
    admin, anna, boris, vera, ivo, client_type, bank_type, monkeypatch, few, named
):
    monkeypatch.setattr(policy, "FEW", few)
    monkeypatch.setattr(worth_asking, "FEW", named)
    firm, bank = make_counterparty("Firm"), make_counterparty("Bank", types=[bank_type])
    both = make_counterparty("Both", types=[client_type, bank_type])
    motto = make_characteristic("motto", "text", bank_type, name="Motto")
    was_a_client, became_one = make_counterparty("Was one"), make_counterparty("Is one", types=[bank_type])
    acts = {
        "of a client": act("card", None, rename(firm, "Firm two")),
        "of a bank": act("card", None, rename(bank, "Bank two")),
        "of the bank in it": act("card", None, lambda: values.save(both, {motto: "Bread"})),
        "of its contact": act("card", None, lambda: Contact.objects.create(counterparty=both, name="Stefka")),
        "of the settings": act("settings", None, lambda: Status.objects.create(code="new", name="New")),
        "of who was a client": act("card", None, rename(was_a_client, "Was one once")),
        "of who became one": act("card", None, rename(became_one, "Is one now")),
        "that nobody wrote": act("view", vera, lambda: SavedView.objects.create(user=anna, path="/", name="Mine")),
    }
    with operation("bulk", by=None):
        retype(was_a_client, bank_type)
        retype(became_one, client_type)

    told = {}
    for user in (admin, anna, boris, vera, ivo):
        knowing = Knowing(policy.for_user(user))
        those = knowing.known(acts.values())
        counts = knowing.counted([each.pk for each in acts.values()], most=10)
        told[user.username] = {name for name, each in acts.items() if each.pk in those}
        seen = {name for name, each in acts.items() if counts[each.pk]}
        assert seen == told[user.username] - ({"that nobody wrote"} if user == vera else set())
        worth = set(Operation.objects.filter(worth_asking.worth_asking(knowing)).values_list("pk", flat=True))
        assert knowing.known(Operation.objects.all()) <= worth
        assert user in (admin, boris) or acts["of a bank"].pk not in worth

    assert told == {
        "admin": set(acts),
        "anna": {"of a client", "of its contact", "of who became one", "that nobody wrote"},
        "boris": set(acts) - {"of the settings", "that nobody wrote"},
        "vera": {"that nobody wrote"},
        "ivo": {"of the settings"},
    }


@pytest.mark.parametrize("looked_up", [0, 25])
def test_what_is_gathered_of_few_is_what_each_operation_answers(
    anna, boris, vera, client_type, bank_type, monkeypatch, looked_up, django_assert_num_queries
):
    monkeypatch.setattr(gathered, "LOOKED_UP", looked_up)
    firms = [make_counterparty(f"Firm {number}") for number in range(3)]
    both, was_a_client = make_counterparty("Both", types=[client_type, bank_type]), make_counterparty("Was a client")
    motto = make_characteristic("motto", "text", bank_type, name="Motto")

    def of_many():
        rename(firms[2], "Firm of another name")()
        values.save(both, {motto: "Bread"})
        Contact.objects.create(counterparty=firms[0], name="Stefka").delete()

    acts = [
        act("card", None, rename(firms[0], "Firm zero")),
        act("card", vera, rename(both, "Both two")),
        act("bulk", None, of_many),
        act("card", None, rename(was_a_client, "Was one once")),
        act("settings", None, lambda: Status.objects.create(code="new", name="New")),
    ]
    retype(was_a_client, bank_type)

    def told(user, few):
        monkeypatch.setattr(policy, "FEW", few)
        knowing = Knowing(policy.for_user(user))
        counts = knowing.counted([each.pk for each in acts], most=1_000)
        return knowing.known(acts), counts, whom(knowing, counts)

    assert [told(user, 2_000) for user in (anna, boris, vera)] == [told(user, -1) for user in (anna, boris, vera)]
    known, counts, names = told(anna, 2_000)
    assert [counts[each.pk].get(Counterparty, 0) for each in acts] == [1, 1, 1, 0, 0]
    assert (counts[acts[2].pk][Contact], Value in counts[acts[2].pk]) == (1, False)
    assert (names[acts[2].pk].name, names[acts[2].pk].has_others) == ("Firm of another name", True)
    assert known == {each.pk for each in acts[:3]}
    knowing = Knowing(policy.for_user(anna))
    knowing.known(acts)
    with django_assert_num_queries(0):
        knowing.counted([each.pk for each in acts], most=1_000)


@pytest.mark.parametrize("few", [-1, 2_000])
def test_one_record_behind_two_thousand_hidden_ones_is_enough(client, anna, client_type, bank_type, monkeypatch, few):
    monkeypatch.setattr(policy, "FEW", few)
    banks, firms = type_set_of([bank_type]), type_set_of([client_type])

    def change():
        in_bulk.add([unsaved(number, banks) for number in range(2_001)])
        in_bulk.add([unsaved(2_001, firms)])

    imported = act("import", None, change)

    assert listed(client, anna, "?kind=import")[0] == [imported.pk]
    assert "1 counterparty" in listed(client, anna, "?kind=import")[1]


def unsaved(number, type_set):
    return Counterparty(code=f"B{number}", code_key=f"b{number}", name=f"Bulk {number}", type_set=type_set)


@pytest.mark.parametrize(("told", "found"), [(True, 1), (False, 0)])
def test_one_change_that_tells_something_behind_many_that_do_not_is_enough(
    client, anna, client_type, bank_type, supplier_type, monkeypatch, told, found
):
    """Anna is not told that a client became a bank too."""
    monkeypatch.setattr(known, "READ", 2)
    those = [make_counterparty(f"Firm {number}") for number in range(5)]

    def change():
        for each in those:
            retype(each, client_type, bank_type)
        if told:
            rename(those[-1], "Firm of another name")()

    act("bulk", None, change)

    assert len(listed(client, anna, "?kind=bulk")[0]) == found


def test_a_page_that_took_long_goes_on_where_it_stopped_looking(client, anna, bank_type, client_type, monkeypatch):
    monkeypatch.setattr(operation_list, "BATCH", 3)
    monkeypatch.setattr(operation_list, "SECONDS", -1)
    danube, bank = make_counterparty("Danube Agro"), make_counterparty("Bank", types=[bank_type])
    wanted = []
    for number in range(3):
        wanted.insert(0, act("card", None, rename(danube, f"Name {number}")).pk)
        act("card", None, rename(bank, f"Bank {number}"))

    found, address, pages = [], "?kind=card", 0
    while address and (pages := pages + 1) < 9:
        here, page = listed(client, anna, address)
        found += here
        further = re.search(r'rel="next" href="/operations/(\?[^"]+)"', page)
        address = further and further[1].replace("&amp;", "&")

    assert found == wanted
    assert "There are no further operations that you may see." in page


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


# ---- every recorded model


def recorded_models():
    """Every model that has a history, but the rows of history themselves."""
    return [
        model
        for model in apps.get_models()
        if hasattr(getattr(getattr(model, "history", None), "model", None), "tracked_fields")
    ]


def test_every_recorded_model_has_words_and_says_who_may_read_of_it(admin, vera):
    """Written by its own app: what it is called, how many there are, and which rows are whose to see."""
    missing, everything, nothing = [], policy.for_user(admin), policy.for_user(vera)

    for model in recorded_models():
        speaker = words.get(model._meta.label) if model._meta.label in words else None
        if speaker is None or not speaker.counted or type(speaker).rows is Words.rows:
            missing.append(model._meta.label)
            continue
        assert "2" in str(speaker.counted % {"count": 2, "number": "2"})
        model.history.filter(speaker.rows(everything) or Q()).count()
        assert speaker.thing is None or speaker.thing._meta.label in words
        # Who has no role may know of what is their own alone.
        rows = speaker.rows(nothing)
        seen = model.history.filter(rows) if rows is not None else model.history.none()
        assert set(seen.values_list("id", flat=True)) <= ({vera.pk} if model._meta.label == "staff.User" else set())

    assert len(recorded_models()) > 20
    assert missing == []
    assert Grant in recorded_models()
    assert Counterparty in recorded_models()
