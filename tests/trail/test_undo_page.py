"""The page that takes an operation back: what it tells, to whom, and what it does."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.domain import keeping
from counterparties.domain.in_bulk import writing
from counterparties.domain.in_bulk.answers import answer_of
from counterparties.models import Client, Counterparty, CounterpartyType, Note, NoteReader, Status, Value
from exchange.domain import jobs
from exchange.models import Job
from rights.domain import policy
from rights.domain.granting import grant
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain import settings as acts
from trail.domain.operations import operation
from trail.domain.undoing import whole
from trail.models import Operation


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def save(one, by, types=None, answers=None, **facts):
    """One card saved; gives the address of taking it back."""
    one.refresh_from_db()
    types = types or one.types
    keeping.keep(one, facts, types, answers or {}, by=by, seen=one.version)
    return address(Operation.objects.latest("pk"))


def address(op):
    return f"/operations/{op.pk}/undo/"


def form(page):
    """What the form of the page carries."""
    return dict(re.findall(r'<input type="hidden" name="(confirmed|seen)" value="([^"]*)"', page.content.decode()))


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_then_now_and_afterwards_are_told_and_then_it_is_done_once(desk, anna, mila, client_type):
    motto = make_characteristic("motto", "text", client_type)
    one = make_counterparty("Old", email="old@example.com")
    undo = save(one, anna, answers={motto: "Hello"}, name="New", email="new@example.com")
    save(one, mila, email="newer@example.com")

    told = desk.get(undo)
    first = desk.post(undo, {"record": "x"})
    done = desk.post(undo, {**form(told), "reason": "A mistake"})
    message = [str(each) for each in desk.get(done["Location"]).context["messages"]]
    again = desk.post(undo, form(told))

    said = words(told)
    assert "2 changes of 1 counterparty would be taken back." in said
    assert "Name Old → became New New Old" in said
    assert "Motto — → became Hello Hello —" in said
    assert "E-mail old@example.com → became new@example.com newer@example.com mila, " in said
    assert (first.status_code, done.status_code, again.status_code) == (200, 303, 409)
    assert "Something was changed after you had looked." in words(again)
    assert message[0].startswith(
        "Taken back: 2 changes of 1 counterparty; 1 left as it is because it was changed since."
    )
    one.refresh_from_db()
    made = Operation.objects.latest("pk")
    assert (one.name, one.email, Value.objects.count()) == ("Old", "newer@example.com", 0)
    assert (made.kind, made.user, made.reason, made.undoes_id) == ("undo", anna, "A mistake", made.undoes_id)
    assert Operation.objects.filter(kind="undo").count() == 1


def test_one_fact_of_one_record_is_taken_back_alone(desk, anna):
    one, two = make_counterparty("One"), make_counterparty("Two")
    with operation("bulk", by=anna):
        for each in (one, two):
            each.name, each.alias = f"New {each.name}", "Alias"
            each.save()
    undo = address(Operation.objects.latest("pk"))

    by_record = f"{undo}?record=counterparty-{two.pk}"
    by_fact = f"{undo}?record=counterparty-{one.pk}&fact=counterparty-{one.pk}-name"
    done = [desk.post(each, form(desk.get(each))) for each in (by_fact, by_record)]

    said = list(Counterparty.objects.order_by("pk").values_list("name", "alias"))
    assert [each["Location"] for each in done] == [one.get_absolute_url(), two.get_absolute_url()]
    assert said == [("One", "Alias"), ("Two", "")]
    assert desk.get(f"{undo}?record=counterparty-{two.pk + 9}").status_code == 404


def test_who_may_not_edit_may_not_take_back_and_who_may_not_view_learns_nothing(client, anna, boris, vera, ivo):
    undo = save(make_counterparty("Old"), anna, name="New")
    answers = {}

    for user in (vera, ivo, boris, anna):
        client.force_login(user)
        answers[user.username] = [client.get(undo), client.post(undo, {"confirmed": "1", "seen": ""})]

    codes = {name: [each.status_code for each in both] for name, both in answers.items()}
    assert codes == {"vera": [404, 404], "ivo": [404, 404], "boris": [403, 403], "anna": [200, 409]}
    assert "You would need the right “Edit” for New." in words(answers["boris"][0])
    assert Counterparty.objects.get().name == "New"


def test_what_one_may_not_see_is_neither_told_nor_touched(desk, anna, admin, client_type, supplier_type, bank_type):
    hidden = make_characteristic("swift", "text", bank_type)
    shown = make_characteristic("motto", "text", client_type)
    boss = make_characteristic("boss", "counterparty", client_type)
    bank = make_counterparty("Secret bank", [bank_type])
    one = make_counterparty("Old", [client_type])
    types = [client_type, supplier_type, bank_type]
    undo = save(one, admin, types, {hidden: "ZQXWJ", shown: "Hello", boss: bank}, name="New")

    told = desk.get(undo)
    desk.post(undo, form(told))

    one.refresh_from_db()
    values = dict(Value.objects.values_list("characteristic__code", "text"))
    assert "ZQXWJ" not in words(told)
    assert "Swift" not in words(told)
    assert "Bank" not in words(told)
    assert "Secret" not in words(told)
    assert "You may not remove a type that you may not edit." in words(told)
    assert "“Boss” holds something that you may not see." in words(told)
    # Suppliers are anna's to look at alone, so what she may take back leaves the types as they are.
    assert ([each.code for each in one.types], one.name) == (["client", "supplier", "bank"], "Old")
    assert values == {"swift": "ZQXWJ", "boss": None}

    grant(anna.groups.get(), supplier_type, {"edit"})
    desk.post(undo, form(desk.get(undo)))
    one.refresh_from_db()
    assert [each.code for each in one.types] == ["client", "bank"]


def test_what_stands_in_the_way_is_said(desk, admin, anna, client_type, supplier_type):
    grades = make_nomenclature("grade", "a", "b")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    low, high = grades.elements.order_by("position")
    on_hold, active = Status.objects.get(code="on-hold"), Status.objects.get(code="active")
    one = make_counterparty("One", registration_number="131071587", country="BG", status=on_hold)
    save(one, admin, answers={grade: low})
    undo = save(one, admin, answers={grade: high}, registration_number="", status=active, name="New")
    make_counterparty(
        "Faster", [CounterpartyType.objects.get(code="bank")], registration_number="131071587", country="BG"
    )
    for thing in (low, on_hold):
        type(thing).objects.filter(pk=thing.pk).update(stopped_at="2026-01-01T00:00:00Z")

    told = words(desk.get(undo))
    desk.post(undo, form(desk.get(undo)))

    one.refresh_from_db()
    assert "“131071587” belongs by now to a counterparty that you may not see." in told
    assert "“On hold” is stopped: nobody is given it any more." in told
    assert "“A” is stopped: nobody is given it any more." in told
    assert (one.name, one.registration_number, one.status) == ("One", "", active)


def test_who_came_by_an_operation_is_archived_and_what_was_done_since_is_asked_about(desk, anna, mila, client_type):
    motto = make_characteristic("motto", "text", client_type)
    with operation("import", by=anna):
        worked_on = [make_counterparty(name) for name in ("Fresh", "Worked on")][1]
    undo = address(Operation.objects.latest("pk"))
    save(worked_on, mila, answers={motto: "Hello"})

    told = desk.get(undo)
    desk.post(undo, form(told))

    assert [each.name for each in Counterparty.objects.archived()] == ["Fresh"]
    assert f'name="also" value="counterparty-{worked_on.pk}"' in told.content.decode()
    back = address(Operation.objects.latest("pk"))
    desk.post(back, form(desk.get(back)))
    assert not Counterparty.objects.archived().exists()
    desk.post(undo, form(desk.get(undo)) | {"also": "all"})
    assert Counterparty.objects.archived().count() == 2


def test_a_large_operation_goes_on_behind_the_pages(desk, anna, monkeypatch):
    monkeypatch.setattr(whole, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(whole, "PORTION", 1)
    with operation("bulk", by=anna):
        for each in (make_counterparty("One"), make_counterparty("Two")):
            each.alias = "Alias"
            each.save()
    undo = address(Operation.objects.latest("pk"))

    told = desk.get(undo)
    went = desk.post(undo, {**form(told), "reason": "Too much"})
    jobs.perform_waiting()

    job = Job.objects.get()
    made = Operation.objects.latest("pk")
    assert (went.status_code, went["Location"]) == (303, f"/jobs/{job.pk}/")
    assert (job.state, job.address) == ("done", f"/operations/{made.pk}/")
    assert "The operation touched 2; the first 1 were looked at for this page." in words(told)
    assert job.sentence == "Taken back: 2 changes of 2 counterparties."
    assert (made.kind, made.user, made.reason) == ("undo", anna, "Too much")
    assert Counterparty.objects.current().count() == 0


@pytest.mark.parametrize("kind", ["look", "profile"])
def test_some_acts_are_never_taken_back_and_say_why(desk, anna, kind):
    with operation(kind, by=anna):
        make_counterparty("One")
    undo = address(Operation.objects.latest("pk"))

    told = desk.get(undo)
    desk.post(undo, {"confirmed": "1", "seen": form(told)["seen"]})

    assert told.status_code == 200
    assert 'form="ask"' not in told.content.decode()
    assert (Counterparty.objects.current().count(), Operation.objects.filter(kind="undo").count()) == (1, 0)


def test_the_page_asks_as_much_of_fifty_counterparties_as_of_one(desk, anna, client_type):
    size = make_characteristic("size", "number", client_type)
    counts = []
    for many in (1, 3, 50):
        those = [make_counterparty() for _ in range(many)]
        with operation("bulk", by=anna):
            for each in those:
                each.alias = "Alias"
                each.save()
                Value.objects.create(counterparty=each, characteristic=size, number=5)
        undo = address(Operation.objects.latest("pk"))
        desk.get(undo)
        with CaptureQueriesContext(connection) as asked:
            page = desk.get(undo)
        counts.append(len(asked))
        assert page.context["outcome"].chosen == 2 * many

    assert len(set(counts)) == 1, counts
    assert policy.for_user(anna).may("edit", those[0])


def test_an_import_over_two_hundred_is_taken_back_and_an_edit_in_between_survives(desk, mila, tmp_path, client_type):
    size = make_characteristic("size", "number", client_type)
    tags = make_characteristic("tags", "text", client_type, is_multiple=True)
    first = [make_counterparty(f"Firm {number}", code=f"F{number}") for number in range(200)]
    said = [answer_of(each, size, 0, each.pk) for each in first]
    said += [answer_of(each, tags, 0, "a") for each in first[::2]]
    writing.answer(said, [], [])
    columns = ("code", "name", "status", "types", "c-size", "c-tags")
    sheet = f"/counterparties/sheet.csv?sort=created&{'&'.join(f'columns={each}' for each in columns)}"
    before = desk.get(sheet).getvalue()
    brought = tmp_path / "brought.csv"
    lines = [f"F{number},Other {number},on-hold,{number * 2},{'b; c' if number % 3 else ''}" for number in range(200)]
    brought.write_text("\n".join(["code,name,status,c-size,c-tags", *lines]))
    call_command("import_counterparties", str(brought), "--type", "client", "--as", "anna")
    undo = address(Operation.objects.filter(kind="import").latest("pk"))
    kept = first[7]
    save(kept, mila, name="Firm of Mila")

    told = desk.get(undo)
    desk.post(undo, form(told))

    after = desk.get(sheet).getvalue()
    assert told.context["outcome"].owners == 200
    assert after.replace(b"Firm of Mila", b"Firm 7") == before
    assert Counterparty.objects.get(name="Firm of Mila") == kept
    assert Value.history.filter(operation=Operation.objects.latest("pk")).count() > 300


def test_notes_of_others_settings_and_clients_settings_ask_for_their_own_rights(client, desk, admin, anna, mila, ivo):
    one = make_counterparty("One")
    sales = Group.objects.get(name="Sales")
    with operation("card", by=admin):
        Client.objects.create(counterparty=one, payment_term=30, company_name="Firm")
    with operation("card", by=admin):
        details = one.client
        details.payment_term, details.company_name = 60, "Firm & Sons"
        details.save()
        Note.objects.create(counterparty=one, text="ZQXWJ", author=admin, audience="roles")
        Note.objects.create(counterparty=one, text="Hello", author=mila)
        NoteReader.objects.create(note=Note.objects.get(text="ZQXWJ"), role=Group.objects.get(name="Managers"))
    card = address(Operation.objects.latest("pk"))
    acts.stop(Status.objects.get(code="on-hold"), by=admin)
    settings = address(Operation.objects.latest("pk"))

    told = desk.get(card)
    desk.post(card, form(told))
    history = [desk.get(f"{one.get_absolute_url()}history/").content.decode()]

    details.refresh_from_db()
    assert "You may not change the settings of such clients." in words(told)
    assert "A note is changed by whoever wrote it." in words(told)
    assert "ZQXWJ" not in words(told)
    assert (details.payment_term, details.company_name, Note.objects.count()) == (60, "Firm", 2)
    assert Counterparty.objects.filter(search__words_in_each="sons").exists() is False
    assert desk.get(settings).status_code == 404
    client.force_login(ivo)
    assert client.post(settings, form(client.get(settings))).status_code == 303
    assert Status.objects.get(code="on-hold").stopped_at is None
    sales.grants.filter(right__in=["edit", "archive"]).delete()
    client.force_login(anna)
    history.append(client.get(f"{one.get_absolute_url()}history/").content.decode())
    assert ["Take back…" in page for page in history] == [True, False]
