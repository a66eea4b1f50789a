"""Bank accounts on dossiers: noted, corrected, closed; told where they are noted twice; found by their numbers."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain import bank_accounts
from counterparties.domain.banks import Banks
from counterparties.domain.identifiers import check_account_number
from counterparties.models import BankAccount, Counterparty, CounterpartyType
from rights.domain import policy
from rights.domain.granting import grant
from tests.counterparties.joins import join
from tests.factories import make_characteristic, make_counterparty
from tests.shown import body_of, names
from trail.domain.operations import operation
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import take_back
from trail.models import Operation

BG, DE, GB = "BG80BNBG96611020345678", "DE89370400440532013000", "GB29NWBK60161331926819"
BG_SHOWN = "BG80 BNBG 9661 1020 3456 78"


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], country="BG", code="DAN")


def pages_of(counterparty):
    return f"/counterparties/{counterparty.pk}/accounts/"


def hold(counterparty, number=BG, **facts):
    return BankAccount.objects.create(counterparty=counterparty, number=number, **facts)


def said(answer):
    return html.unescape(body_of(answer))


def test_an_account_is_noted_corrected_closed_opened_and_deleted_each_as_one_operation(desk, danube, anna):
    at = pages_of(danube)

    added = desk.post(f"{at}new/", {"number": "bg80 bnbg 9661-1020 3456 78", "currency": "EUR", "is_main": "on"})
    account = BankAccount.objects.get()
    form = desk.get(f"{at}{account.pk}/edit/")
    danube.refresh_from_db()
    sent = {"number": BG_SHOWN, "currency": "EUR", "is_main": "on", "version": danube.version}
    changed, stale = (desk.post(f"{at}{account.pk}/edit/", sent | {"purpose": each}) for each in ("Invoices", "Rent"))
    overview, tab = (said(desk.get(f"/counterparties/{danube.pk}/?tab={each}")) for each in ("overview", "accounts"))
    asked, closed = desk.get(f"{at}{account.pk}/close/"), desk.post(f"{at}{account.pk}/close/")
    once_more = desk.post(f"{at}{account.pk}/close/")
    account.refresh_from_db()
    assert (account.closed_on, account.is_main) == (timezone.localdate(), False)
    opened = desk.post(f"{at}{account.pk}/open/")
    deleted = desk.post(f"{at}{account.pk}/delete/", {"confirmed": "1"})

    assert [each.status_code for each in (added, form, changed, stale, asked, closed, once_more, opened, deleted)] == [
        303, 200, 303, 409, 200, 303, 404, 303, 303,
    ]  # fmt: skip
    assert f'value="{BG_SHOWN}"' in said(form)
    assert all(f"{BG_SHOWN}</span>" in page and f'data-copy="{BG}"' in page for page in (overview, tab))
    rows = list(BankAccount.history.order_by("history_id"))
    assert [(each.history_type, each.number, each.purpose, each.is_main) for each in rows] == [
        ("+", BG, "", True), ("~", BG, "Invoices", True), ("~", BG, "Invoices", False), ("~", BG, "Invoices", False),
        ("-", BG, "Invoices", False),
    ]  # fmt: skip
    assert {each.operation.user for each in rows} == {anna}
    assert len({each.operation_id for each in rows}) == 5
    history = said(desk.get(f"/counterparties/{danube.pk}/history/"))
    for words in ("added", "changed", "closed", "opened again", "removed"):
        assert f"Bank account {words}: {BG_SHOWN}" in history


WRONG = {
    "BG80BNBG9661102034567": "An IBAN of that country (Bulgaria) has 22 letters and digits;",
    "BG81BNBG96611020345678": "The check digits of the IBAN BG81BNBG96611020345678 do not match",
    "XX81BNBG96611020345678": "No country's IBAN begins with XX",
    "BG85121296611020345678": "letters and digits do not stand where they do in that country (Bulgaria)",
    "-": "Write the letters and digits of the account.",
    "1" * 35: "No account number has more than 34 characters.",
}


def test_what_is_wrong_with_an_account_is_said_at_its_field(desk, danube):
    at = f"{pages_of(danube)}new/"
    hold(danube, GB, closed_on=timezone.localdate())

    answers = {number: desk.post(at, {"number": number}) for number in WRONG}
    plain, bic, again = (
        desk.post(at, each) for each in ({"number": "12 34"}, {"number": BG, "bic": "BNBG"}, {"number": GB})
    )

    for number, sentence in WRONG.items():
        assert (answers[number].status_code, sentence in said(answers[number])) == (422, True), number
    assert [list(each.context["form"].errors) for each in (plain, bic, again)] == [["bank_name"], ["bic"], ["number"]]
    assert "it is closed. Open it again instead." in said(again)
    assert BankAccount.objects.count() == 1
    assert check_account_number("40702 810 4 0000 0012345") == "40702 810 4 0000 0012345"


def test_of_each_currency_one_account_is_the_main_one_also_when_that_is_taken_back(desk, danube, admin):
    at, main = f"{pages_of(danube)}new/", {"is_main": "on", "currency": "EUR"}
    desk.post(at, {"number": BG, **main})
    desk.post(at, {"number": GB, **main, "currency": "GBP"})
    desk.post(at, {"number": DE, **main})

    def mains():
        return sorted(BankAccount.objects.filter(is_main=True).values_list("number", flat=True))

    assert mains() == [DE, GB]
    assert bank_accounts.main_of([danube.pk])[danube.pk].number == GB
    take_back(Operation.objects.latest("pk"), Asked(), policy.for_user(admin), by=admin, digest=None)
    assert (mains(), BankAccount.objects.count()) == ([BG, GB], 2)


def test_the_same_account_elsewhere_is_told_to_whoever_may_know_and_stops_nobody(desk, danube, bank_type, client):
    other = make_counterparty("Rila", [danube.types[0]])
    hold(other)
    at = pages_of(danube)

    told = desk.post(f"{at}new/", {"number": BG}, follow=True)
    mine = BankAccount.objects.get(counterparty=danube)
    hold(make_counterparty("Zqxwj", [bank_type]))
    beside = desk.get(f"{at}{mine.pk}/edit/")
    typed = desk.get(f"/counterparties/alike/?but={danube.pk}&number={BG_SHOWN}").json()["found"]["number"]

    for words in (said(told), said(beside), typed):
        assert f'The same account: <a href="/counterparties/{other.pk}/">Rila ({other.code})</a>.' in words
        assert "Zqxwj" not in words
    assert "A counterparty you may not see has this account too." not in said(told)
    assert all("A counterparty you may not see has this account too." in each for each in (said(beside), typed))


def test_who_may_not_edit_changes_nothing_and_who_may_not_view_learns_nothing(client, boris, vera, danube):
    account = hold(danube)
    at = pages_of(danube)
    pages = [f"{at}{each}/" for each in ("new", *(f"{account.pk}/{act}" for act in ("edit", "delete", "close")))]

    answers = {}
    for person in (boris, vera):
        client.force_login(person)
        answers[person.username] = [
            *(client.get(page).status_code for page in pages),
            *(client.post(page, {"number": DE, "confirmed": "1"}).status_code for page in pages),
            client.get(f"/counterparties/alike/?but={danube.pk}&number={BG}").status_code,
            BG_SHOWN in said(client.get(f"/counterparties/{danube.pk}/?tab=accounts")),
        ]

    assert answers == {"boris": [403] * 8 + [200, True], "vera": [404] * 9 + [False]}
    assert list(BankAccount.objects.values_list("number", "closed_on")) == [(BG, None)]


# ---- banks


@pytest.fixture
def banks(bank_type, admin):
    """One known by its code, one by its characteristics, and two that share a BIC."""
    bic = make_characteristic("bic", "text", bank_type)
    codes = make_characteristic("bank-codes", "long_text", bank_type)
    made = {
        "BNBG": make_counterparty("National", [bank_type], code="BNBGBGSF", country="BG"),
        "Commerz": make_counterparty("Commerz", [bank_type], country="DE"),
        **{name: make_counterparty(name, [bank_type], country="GB") for name in ("One", "Two")},
    }
    with operation("card", by=admin):
        values.save(made["Commerz"], {bic: "COBADEFFXXX", codes: "37040044 37040048"})
        for name in ("One", "Two"):
            values.save(made[name], {bic: "NWBKGB2L"})
    return made


def test_the_bank_is_found_by_what_the_number_and_the_bic_say(banks, mila, anna):
    known = {
        (BG, ""): "National", (DE, ""): "Commerz", ("7", "COBADEFF"): "Commerz", ("7", "BNBGBGSD"): None,
        (GB, ""): None, ("7", ""): None,
    }  # fmt: skip

    found = Banks(policy.for_user(mila)).holding(known)

    assert {each: found[each].name if each in found else None for each in known} == known
    # Whoever may view no bank is told of none.
    assert Banks(policy.for_user(anna)).holding(known) == {}


def test_a_bank_is_noted_where_nobody_said_another_and_a_hidden_one_stays(client, mila, anna, banks, danube):
    client.force_login(mila)
    at = pages_of(danube)
    client.post(f"{at}new/", {"number": BG})
    client.post(f"{at}new/", {"number": DE, "bank_name": "A branch"})
    client.post(f"{at}new/", {"number": GB, "bank": banks["One"].pk, "bank_name": "One"})
    first, second, third = BankAccount.objects.order_by("pk")
    client.force_login(anna)
    danube.refresh_from_db()

    form = client.get(f"{at}{first.pk}/edit/")
    word = form.context["form"]["bank"].value()
    kept = client.post(
        f"{at}{first.pk}/edit/", {"number": BG, "bank": word, "holder": "Rila", "version": danube.version}
    )
    tab = said(client.get(f"/counterparties/{danube.pk}/?tab=accounts"))

    assert (first.bank, first.bic, second.bank, second.bank_name) == (banks["BNBG"], "BNBGBGSF", None, "A branch")
    assert (third.bank, third.bic, third.bank_name) == (banks["One"], "NWBKGB2L", "")
    first.refresh_from_db()
    assert (kept.status_code, first.bank, first.holder) == (303, banks["BNBG"], "Rila")
    assert "hidden counterparty" in said(form)
    assert "National" not in tab + said(form)


def test_a_bank_lists_the_accounts_of_those_one_may_view_a_portion_at_a_time(client, boris, anna, banks, monkeypatch):
    national, asked = banks["BNBG"], []
    hidden_from_anna = make_counterparty("Zqxwj", [CounterpartyType.objects.get(code="holding")])
    hold(hidden_from_anna, GB, bank=national)
    for role in anna.groups.all():
        grant(role, CounterpartyType.objects.get(code="bank"), ["view"])
    for number in range(50):
        hold(make_counterparty(f"Firm {number}"), f"{number}", bank=national)
        if number in (0, 2, 49):
            client.force_login(boris)
            with CaptureQueriesContext(connection) as queries:
                page = client.get(f"/counterparties/{national.pk}/?tab=held-accounts")
            asked.append(len(queries))

    client.force_login(anna)
    hers = client.get(f"/counterparties/{national.pk}/?tab=held-accounts")

    assert len(set(asked)) == 1
    assert (page.context["portion"].total, len(page.context["portion"].rows)) == (51, 50)
    assert hers.context["portion"].total == 50
    assert "Zqxwj" not in said(hers)
    monkeypatch.setattr(bank_accounts, "LISTED", 20)
    cut = client.get(f"/counterparties/{national.pk}/?tab=held-accounts")
    assert (cut.context["portion"].total, "The first 20 are listed" in said(cut)) == (20, True)


# ---- found by its number


def test_whoever_has_an_account_is_found_by_its_number_however_it_is_written(ask, client, anna, danube, bank_type):
    hold(danube)
    hold(danube, "40702 810 4 0000 0012345", closed_on=timezone.localdate())
    hold(make_counterparty("Zqxwj", [bank_type]))
    make_counterparty("Other", vat_number="BG175074752")

    for number in (
        BG,
        BG_SHOWN,
        BG_SHOWN.lower(),
        "ВG80-ВNВG-9661-1020-3456-78",
        "BG80 BNBG 96",
        "40702810400000012345",
    ):
        assert names(ask(anna, {"q": number})) == ["Danube"], number
        found = client.get("/find/", {"q": number}).json()["found"]
        assert [each["name"] for each in found] == ["Danube"], number
    assert names(ask(anna, {"q": "BG175074752"})) == ["Other"]
    assert names(ask(anna, {"q": DE})) == []
    assert client.get("/find/", {"q": BG}).json()["found"][0]["url"].endswith("?tab=accounts")


def test_looking_for_an_account_asks_no_more_than_looking_for_a_name(ask, anna, danube):
    hold(danube)
    asked = []
    for said_of in ("Danube", BG):
        ask(anna, {"q": said_of})
        with CaptureQueriesContext(connection) as queries:
            ask(anna, {"q": said_of})
        asked.append(len(queries))

    assert asked[1] <= asked[0]


# ---- joined


def test_accounts_come_along_when_two_are_joined_and_a_bank_keeps_its_accounts(client, mila, admin, banks, danube):
    goes = make_counterparty("Dunav", code="DUN")
    hold(danube, currency="EUR", is_main=True)
    same, more, other = (
        hold(goes, currency="EUR", is_main=True),
        hold(goes, DE, currency="EUR"),
        hold(goes, GB, currency="GBP", is_main=True, bank=banks["One"]),
    )
    client.force_login(admin)

    join(client, danube, goes)
    join(client, banks["Two"], banks["One"])

    for each in (same, more, other):
        each.refresh_from_db()
    assert [each.counterparty.code for each in (same, more, other)] == ["DUN", "DAN", "DAN"]
    assert (other.is_main, other.bank) == (True, banks["Two"])
    told = said(client.get(f"/counterparties/{danube.pk}/history/"))
    assert f"Came along: Bank account “{more}”" in told
    take_back(Operation.objects.latest("pk"), Asked(), policy.for_user(admin), by=admin, digest=None)
    other.refresh_from_db()
    assert other.bank == banks["One"]


def test_a_bank_with_accounts_of_somebody_one_may_not_edit_is_not_joined(client, boris, banks, danube):
    grant(boris.groups.get(), banks["One"].types[0], ["archive"])
    hold(danube, bank=banks["One"])
    client.force_login(boris)

    refused = join(client, banks["Two"], banks["One"])

    assert refused.status_code == 422
    assert not Counterparty.objects.archived().exists()


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_a_dossier_costs_the_same_queries_however_many_accounts_there_are(
    client, mila, banks, danube, how_many, django_assert_num_queries
):
    with operation("card", by=mila):
        for number in range(how_many):
            hold(danube, f"{number}", currency="EUR", is_main=not number, bank=banks["BNBG"])
    client.force_login(mila)
    client.get("/counterparties/")

    with django_assert_num_queries(21):
        client.get(f"/counterparties/{danube.pk}/")
    with django_assert_num_queries(10):
        client.get(f"/counterparties/{danube.pk}/?tab=accounts")
