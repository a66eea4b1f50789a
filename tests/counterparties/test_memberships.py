"""Companies in a holding: who edits it and views the company says since when; others learn nothing."""

import itertools
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.domain import belongings, holdings
from counterparties.models import CounterpartyType, Membership
from rights.domain.granting import grant, revoke
from tests.factories import make_counterparty
from tests.shown import body_of

TODAY = timezone.localdate()
LONG_AGO, TOMORROW = TODAY - timedelta(days=900), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def days_of_the_test(monkeypatch):
    """A run that began before midnight goes on after it."""
    days = {"TODAY": timezone.localdate()}
    days |= {"LONG_AGO": days["TODAY"] - timedelta(days=900), "TOMORROW": days["TODAY"] + timedelta(days=1)}
    for name, day in days.items():
        monkeypatch.setattr(f"{__name__}.{name}", day)


@pytest.fixture
def holding_type(office):
    return CounterpartyType.objects.get(code="holding")


@pytest.fixture
def group(holding_type):
    return make_counterparty("Alpha Group", [holding_type], code="ALPHA")


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], code="DAN")


@pytest.fixture
def desk(client, anna, holding_type):
    """Anna keeps holdings too."""
    grant(anna.groups.get(), holding_type, {"view", "edit", "export"})
    client.force_login(anna)
    return client


def at(group):
    return f"/counterparties/{group.pk}/members/"


def test_a_company_joins_its_days_are_corrected_it_leaves_and_is_taken_off(desk, group, danube, anna):
    added = desk.post(f"{at(group)}new/", {"member": "dan", "since": "2020-02-01"})
    member = Membership.objects.get()
    own = f"{at(group)}{member.pk}/"
    edits = [desk.post(f"{own}edit/", {"since": f"2020-0{month}-01", "version": member.version}) for month in (3, 4)]
    tab = desk.get(f"/counterparties/{group.pk}/?tab=members").content.decode()
    ended = [desk.get(f"{own}end/"), desk.post(f"{own}end/")]
    member.refresh_from_db()
    until = member.until
    deleted = [desk.post(f"{own}delete/"), desk.post(f"{own}delete/", {"confirmed": "1"})]

    assert [each.status_code for each in (added, *edits, *ended, *deleted)] == [303, 303, 409, 200, 303, 200, 303]
    assert [said in tab for said in ("Danube", "1 Mar 2020", f"{own}end/", f"{own}edit/")] == [True] * 4
    assert until == TODAY
    assert not Membership.objects.exists()
    rows = Membership.history.order_by("history_id")
    assert [(row.history_type, row.since.month, row.until, row.operation.user) for row in rows] == [
        ("+", 2, None, anna),
        ("~", 3, None, anna),
        ("~", 3, TODAY, anna),
        ("-", 3, TODAY, anna),
    ]


def test_what_cannot_be_right_is_refused_at_its_field(desk, group, danube, bank_type):
    make_counterparty("ZQXWJhidden", [bank_type], code="ZQXWJ")
    make_counterparty("Gone", code="GONE", archived_at=timezone.now())
    Membership.objects.create(holding=group, member=danube, since=date(2020, 1, 1), until=date(2020, 12, 31))
    cases = {
        "nobody": ({"since": "2026-01-01"}, {"member"}),
        "unknown": ({"member": "nonsense"}, {"member"}),
        "hidden": ({"member": "ZQXWJ"}, {"member"}),
        "archived": ({"member": "GONE"}, {"member"}),
        "itself": ({"member": "ALPHA"}, {"member"}),
        "turned round": ({"member": "DAN", "since": "2022-01-01", "until": "2021-12-31"}, {"until"}),
        "no day": ({"member": "DAN", "since": "2023-02-29"}, {"since"}),
        "on its last day": ({"member": "DAN", "since": "2020-12-31"}, {"since"}),
        "always": ({"member": "DAN"}, {"since"}),
        "around": ({"member": "DAN", "since": "2019-01-01", "until": "2021-01-01"}, {"since"}),
    }

    answers = {name: desk.post(f"{at(group)}new/", sent) for name, (sent, _wrong) in cases.items()}
    again = desk.post(f"{at(group)}new/", {"member": "DAN", "since": "2021-01-01"})
    second = Membership.objects.order_by("pk").last()
    moved = desk.post(f"{at(group)}{second.pk}/edit/", {"since": "2020-12-01", "until": "", "version": second.version})

    assert {name: (each.status_code, set(each.context["form"].errors)) for name, each in answers.items()} == {
        name: (422, wrong) for name, (_sent, wrong) in cases.items()
    }
    # A hidden company is as unknown as nonsense.
    errors = {name: answers[name].context["form"].errors["member"][0] for name in ("unknown", "hidden")}
    assert errors["hidden"].replace("ZQXWJ", "nonsense") == errors["unknown"]
    assert (again.status_code, moved.status_code, Membership.objects.count()) == (303, 422, 2)
    said = moved.context["form"].errors["since"]
    assert said == ["Danube belongs to Alpha Group already, from 1 Jan 2020 to 31 Dec 2020."]


def test_of_two_who_add_the_same_company_at_once_one_is_refused(group, danube, anna):
    both = [Membership(holding=group, member=danube), Membership(holding=group, member=danube, since=TODAY)]

    belongings.add(both[0], by=anna, then=holdings.refuse_nonsense)
    with pytest.raises(ValidationError):
        belongings.add(both[1], by=anna, then=holdings.refuse_nonsense)

    assert Membership.objects.count() == Membership.history.count() == 1


def test_a_holding_never_comes_to_belong_to_itself(desk, group, holding_type, anna):
    chain = [group, *(make_counterparty(f"Group {n}", [holding_type], code=f"G{n}") for n in (2, 3))]
    for above, below in itertools.pairwise(chain):
        Membership.objects.create(holding=above, member=below, since=date(2020, 1, 1), until=date(2020, 12, 31))

    def sent(**days):
        return desk.post(f"{at(chain[2])}new/", {"member": "ALPHA", **days})

    closed, later = sent(since="2020-06-01"), sent(since="2021-01-01")
    member = Membership.objects.get(holding=chain[2])
    back = desk.post(f"{at(chain[2])}{member.pk}/edit/", {"since": "2020-12-31", "version": member.version})
    with pytest.raises(ValidationError):
        belongings.add(Membership(holding=chain[1], member=group), by=anna, then=holdings.refuse_nonsense)

    said = ["Group 3 belongs to Alpha Group itself, so Alpha Group cannot belong to it on the same days."]
    assert [each.status_code for each in (closed, later, back)] == [422, 303, 422]
    assert closed.context["form"].errors == {"member": said}
    assert back.context["form"].errors == {"since": said}


def test_many_companies_come_in_portions(desk, group):
    for number in range(52):
        Membership.objects.create(holding=group, member=make_counterparty(f"Firm {number:02}"), until=LONG_AGO)
    Membership.objects.create(holding=group, member=make_counterparty("Today"))

    first = desk.get(f"/counterparties/{group.pk}/?tab=members")
    second = desk.get(first.context["portion"].next_url)

    shown = [[str(row["thing"]) for row in each.context["rows"]] for each in (first, second)]
    assert (shown[0][:2], shown[0][-1], shown[1]) == (
        ["Today", "Firm 00"],
        "Firm 48",
        ["Firm 49", "Firm 50", "Firm 51"],
    )
    assert "51–53 of 53" in second.content.decode()
    assert f'href="/counterparties/?holding={group.code}">As a list</a>' in first.content.decode()
    assert second.context["portion"].previous_url == f"/counterparties/{group.pk}/?tab=members"


def test_the_tab_counts_those_of_today_and_says_how_many_were_there_earlier(
    client, desk, anna, boris, group, client_type, bank_type
):
    yesterday = TODAY - timedelta(days=1)
    times = [{}, {"until": TODAY}, {"since": TOMORROW}, {"until": yesterday}, {"since": LONG_AGO, "until": yesterday}]
    for number, days in enumerate(times):
        for kind in (client_type, bank_type):
            Membership.objects.create(holding=group, member=make_counterparty(f"Firm {number}", [kind]), **days)
    numbers, tab = {}, f"/counterparties/{group.pk}/?tab=members"

    for who in (anna, boris):
        client.force_login(who)
        page = body_of(client.get(tab))
        numbers[who] = [int(re.search(asked, page)[1]) for asked in (r"in the holding<span>(\d+)", r"by now: (\d+)")]
    Membership.objects.filter(until=yesterday).delete()

    assert numbers == {anna: [2, 2], boris: [4, 4]}
    assert "by now" not in client.get(tab).content.decode()


def test_only_who_edits_the_holding_as_one_and_views_the_company_changes_it(
    client, anna, boris, vera, group, danube, holding_type, client_type, bank_type
):
    seen = Membership.objects.create(holding=group, member=danube)
    hidden = Membership.objects.create(holding=group, member=make_counterparty("ZQXWJbank", [bank_type]))
    both = make_counterparty("Both", [holding_type, client_type])
    pages = [
        *(f"{at(group)}new/", f"{at(group)}{seen.pk}/edit/", f"{at(group)}{seen.pk}/end/"),
        *(f"{at(group)}{hidden.pk}/edit/", f"{at(group)}{hidden.pk}/delete/", f"{at(danube)}new/"),
        f"{at(both)}new/",
    ]

    def answers(user):
        client.force_login(user)
        return [client.get(page).status_code for page in pages]

    # Boris views holdings, Vera nothing, Anna at first no holdings at all, though she edits clients.
    found = {"boris": answers(boris), "vera": answers(vera), "anna": answers(anna)}
    grant(anna.groups.get(), holding_type, {"view"})
    found["anna views"] = answers(anna)
    grant(anna.groups.get(), holding_type, {"view", "edit"})
    found["anna edits"] = answers(anna)

    assert found == {
        "boris": [403, 403, 403, 403, 403, 404, 403],
        "vera": [404] * 7,
        "anna": [404] * 7,
        "anna views": [403, 403, 403, 403, 403, 404, 403],
        "anna edits": [200, 200, 200, 404, 404, 404, 200],
    }
    assert "ZQXWJbank" not in client.get(f"/counterparties/{group.pk}/?tab=members").content.decode()


def test_lists_ask_for_a_holding_by_its_code_and_show_it_as_far_as_the_reader_may_know(
    client, desk, group, danube, anna, boris, holding_type
):
    left, coming, other = make_counterparty("Left"), make_counterparty("Coming"), make_counterparty("Other")
    second = make_counterparty("Beta Group", [holding_type])
    Membership.objects.create(holding=group, member=danube, since=LONG_AGO)
    Membership.objects.create(holding=second, member=danube)
    Membership.objects.create(holding=group, member=left, since=LONG_AGO, until=TODAY - timedelta(days=1))
    Membership.objects.create(holding=group, member=coming, since=TOMORROW)

    def listed(path, question):
        page = desk.get(f"{path}?{question}").content.decode()
        names = {each.name for each in (danube, left, coming, other) if f">{each.name}</a>" in page}
        return names, "there is no “" in page, "Alpha Group, Beta Group" in page

    hers = [listed(path, "holding=alpha&columns=holding") for path in ("/clients/", "/counterparties/")]
    unknown = listed("/clients/", "holding=nobody")
    sheet = body_of(desk.get("/clients/sheet.csv?holding=ALPHA&columns=name&columns=holding"))
    head = desk.get(f"/counterparties/{danube.pk}/").content.decode()
    # A role that views no holdings: the filter, the column and the line are not there at all.
    revoke(anna.groups.get(), holding_type, {"view"})
    blind = [
        desk.get(f"/clients/?{each}").content.decode() for each in ("holding=ALPHA", "columns=holding&filters=open")
    ]
    hidden_head = desk.get(f"/counterparties/{danube.pk}/").content.decode()

    assert hers == [({"Danube"}, False, True)] * 2
    assert unknown == ({"Danube", "Left", "Coming", "Other"}, True, False)
    assert 'Danube,"Alpha Group, Beta Group"' in sheet
    assert "Alpha Group" in head
    assert f"since {LONG_AGO:%-d %b %Y}" in head
    assert [said in "".join((*blind, hidden_head)) for said in ("Alpha", "Beta", 'name="holding"')] == [False] * 3
    assert "cannot be asked for holding" in blind[0]


def test_a_filter_by_holding_of_one_cannot_be_used_to_find_hidden_ones(client, anna, group, danube, holding_type):
    """Some holdings she may view, this one she sees as a client alone: it is nobody's holding to her."""
    sub = CounterpartyType.objects.create(code="family", name="Family", kind_code="holding", parent=holding_type)
    grant(anna.groups.get(), sub, {"view"})
    Membership.objects.create(holding=group, member=danube)
    client.force_login(anna)

    pages = [client.get(f"/clients/?holding={code}&columns=holding").content.decode() for code in ("ALPHA", "NOBODY")]

    assert [page.count(">Danube</a>") for page in pages] == [1, 1]
    assert ["there is no “" in page for page in pages] == [True, True]
    assert "Alpha Group" not in pages[0]


def test_tab_and_column_ask_as_much_of_fifty_as_of_one(desk, group):
    counts = []

    for more in (1, 2, 47):
        for _each in range(more):
            Membership.objects.create(holding=group, member=make_counterparty(), since=LONG_AGO)
        asked_now = []
        for page in (f"/counterparties/{group.pk}/?tab=members", "/clients/?holding=ALPHA&columns=holding"):
            desk.get(page)
            with CaptureQueriesContext(connection) as asked:
                desk.get(page)
            asked_now.append(len(asked))
        counts.append(asked_now)

    assert counts == [counts[0]] * 3
    assert max(counts[0]) <= 16
