"""Contracts are kept on the dossier, listed at /contracts/, and somebody is reminded of them before they end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from characteristics.models import Element
from counterparties.models import Contract, CounterpartyType, Project
from counterparties.pages.over_time import along_the_days
from counterparties.pages.standing import State
from files.models import StoredFile
from rights.models import Grant
from tests.factories import make_counterparty
from tests.shown import body_of

STATE = State("running", "In force")


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], country="BG")


@pytest.fixture
def company_type(office):
    return CounterpartyType.objects.get(code="company")


def paper(name="signed.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 contract")


def test_a_contract_keeps_everything_that_was_agreed(desk, danube, anna, company_type):
    Grant.objects.create(role=anna.groups.get(), type=company_type, right="view")
    ours = make_counterparty("Ours", [company_type])
    project = Project.objects.create(counterparty=danube, name="Silo")
    at = f"/counterparties/{danube.pk}/contracts/"
    sent = {
        "number": "2026/14", "subject": "Grain", "contract_type": "sale", "project": project.pk, "company": ours.pk,
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "remind_days": "30",
        "amount": "1 200,50", "currency": "EUR",
    }  # fmt: skip

    added = desk.post(f"{at}new/", {**sent, "file": paper()})
    contract = Contract.objects.get()
    tab = desk.get(f"/counterparties/{danube.pk}/?tab=contracts").content.decode()
    fetched = desk.get(contract.file.get_absolute_url())
    same = desk.post(f"{at}{contract.pk}/edit/", {**sent, "version": contract.version}, follow=True)
    changed = desk.post(f"{at}{contract.pk}/edit/", {**sent, "amount": "0", "file_clear": "1", "version": 1})
    stale = desk.post(f"{at}{contract.pk}/edit/", {**sent, "amount": "5", "file": paper("new.pdf"), "version": 1})

    assert [each.status_code for each in (added, fetched, changed, stale)] == [303, 200, 303, 409]
    assert "Nothing was changed." in same.content.decode()
    row = contract.history.earliest("history_id")
    assert (row.contract_type.code, row.project_id, row.company_id, row.amount, row.currency) == (
        "sale", project.pk, ours.pk, Decimal("1200.50"), "EUR",
    )  # fmt: skip
    assert (row.file.counterparty, row.remind_days, str(contract.remind_on)) == (danube, 30, "2026-12-01")
    assert all(words in tab for words in ("2026/14", "Grain", "Ours", "Silo", "1,200.50 EUR", "signed.pdf"))
    assert "file.draft" in stale.content.decode()
    contract.refresh_from_db()
    assert (contract.amount, contract.file, StoredFile.objects.count()) == (Decimal(0), None, 1)


def test_what_cannot_be_right_is_said_at_its_field_and_the_file_waits(desk, danube):
    elsewhere = Project.objects.create(counterparty=make_counterparty("Other"), name="Roof")
    Element.objects.filter(code="rent", nomenclature__code="contract-type").update(stopped_at=timezone.now())
    wrong = {
        "number": [{"number": ""}, {"number": "x" * 65}],
        "ends_on": [{"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, {"remind_days": "5"}],
        "remind_days": [{"ends_on": "2026-02-01", "remind_days": days} for days in ("-1", "367", "1e3")],
        "amount": [
            {"amount": amount, "currency": currency}
            for amount, currency in (
                ("-1", "EUR"), ("1.005", "EUR"), ("0.5", "JPY"), ("NaN", "EUR"), ("1e400", "EUR"), ("9" * 14, "EUR"),
            )
        ],
        "currency": [{"amount": "1"}, {"amount": "1", "currency": "XXX"}],
        "project": [{"project": elsewhere.pk}, {"project": "9" * 30}],
        "contract_type": [{"contract_type": "nothing"}, {"contract_type": "rent"}],
        "file": [{"file": SimpleUploadedFile("bad.exe", b"MZ\x00\x01")}],
    }  # fmt: skip
    at = f"/counterparties/{danube.pk}/contracts/new/"

    answers = [(field, desk.post(at, {"number": "1", **sent})) for field, those in wrong.items() for sent in those]
    waiting = desk.post(at, {"number": "", "file": paper()})
    word = waiting.content.decode().split('name="file.draft" value="')[1].split('"')[0]
    kept = desk.post(at, {"number": "7", "file.draft": word})

    assert [(field, answer.status_code, list(answer.context["form"].errors)) for field, answer in answers] == [
        (field, 422, [field]) for field, those in wrong.items() for _sent in those
    ]
    assert (waiting.status_code, kept.status_code) == (422, 303)
    assert Contract.objects.get().file.name == "signed.pdf"


def test_a_company_and_a_type_that_one_may_not_choose_any_more_are_kept(desk, danube, company_type):
    hidden = make_counterparty("Zqxwjhidden", [company_type])
    sale = Element.objects.get(code="sale", nomenclature__code="contract-type")
    contract = Contract.objects.create(counterparty=danube, number="1", company=hidden, contract_type=sale)
    Element.objects.filter(pk=sale.pk).update(stopped_at=timezone.now())
    at = f"/counterparties/{danube.pk}/contracts/"

    form = desk.get(f"{at}{contract.pk}/edit/")
    sent = {"number": "2", "company": form.context["form"]["company"].value(), "contract_type": "sale", "version": 1}
    saved = desk.post(f"{at}{contract.pk}/edit/", sent)
    probed = desk.post(f"{at}new/", {"number": "3", "company": hidden.pk})

    assert "hidden counterparty" in form.content.decode()
    assert "Zqxwjhidden" not in form.content.decode()
    assert saved.status_code == 303
    contract.refresh_from_db()
    assert (contract.number, contract.company, contract.contract_type) == ("2", hidden, sale)
    # Where there is nothing to choose, nothing is asked, and what is sent is not heard.
    assert (probed.status_code, Contract.objects.get(number="3").company) == (303, None)


@pytest.fixture
def signed(danube, bank_type, company_type):
    """Contracts in each state, and one of a bank that Anna may not view."""
    today = timezone.localdate()
    ours, other = make_counterparty("Ours", [company_type]), make_counterparty("Zqxwjother", [company_type])
    project = Project.objects.create(counterparty=danube, name="Silo")
    sale = Element.objects.get(code="sale", nomenclature__code="contract-type")
    made = [
        ("ended", danube, {"starts_on": -90, "ends_on": -1, "remind_days": 30, "project": project}),
        ("today", danube, {"ends_on": 0, "remind_days": 0, "contract_type": sale}),
        ("soon", danube, {"starts_on": -90, "ends_on": 30, "remind_days": 30, "company": ours, "amount": "5.50"}),
        ("later", danube, {"starts_on": 0, "ends_on": 31, "remind_days": 30, "company": other, "amount": "40"}),
        ("always", danube, {"remind_days": 5}),
        ("coming", danube, {"starts_on": 1, "ends_on": 10, "remind_days": 366}),
        ("zqxwjbank", make_counterparty("Zqxwjbank", [bank_type]), {"ends_on": 3, "remind_days": 30}),
    ]
    for number, owner, facts in made:
        days = {name: today + timedelta(days=facts[name]) for name in ("starts_on", "ends_on") if name in facts}
        Contract.objects.create(counterparty=owner, number=number, subject=f"About {number}", **{**facts, **days})
    return ours, other, project


def numbers(answer):
    return [each.number for each in answer.context["listing"].records]


def test_contracts_are_listed_by_how_they_stand_and_what_was_agreed(ask, signed, anna, company_type):
    Grant.objects.create(role=anna.groups.get(), type=company_type, right="view")
    ours, other, project = signed
    asked = {
        "": ["always", "coming", "ended", "later", "soon", "today"],
        "state=ended": ["ended"],
        "state=soon": ["soon", "today"],
        "state=running": ["always", "later"],
        "state=coming": ["coming"],
        "q=about+soon": ["soon"],
        "contract_type=sale": ["today"],
        f"project={project.pk}": ["ended"],
        f"company={ours.pk}&company={other.pk}": ["later", "soon"],
        "ends_within=30&sort=-ends": ["soon", "coming", "today"],
        "sort=amount": ["soon", "later", "ended", "today", "always", "coming"],
    }

    found = {question: numbers(ask(anna, question, "/contracts/")) for question in asked}
    cells = body_of(ask(anna, "columns=number&columns=state&columns=amount&state=soon", "/contracts/sheet.csv"))

    assert found == asked
    assert cells.lstrip("\ufeff").splitlines() == ["Number,State,Amount", "soon,Ends soon,5.50", "today,Ends soon,"]


def test_whoever_may_not_view_an_own_company_learns_nothing_of_it(ask, signed, anna):
    _ours, other, _project = signed

    listed = ask(anna, "columns=number&columns=company&filters=open", "/contracts/").content.decode()
    probed = ask(anna, f"company={other.pk}", "/contracts/")
    home = ask(anna, "", "/")

    assert "Zqxwj" not in listed
    assert "hidden counterparty" in listed
    assert numbers(probed) == []
    assert [(each["contract"].number, each["days"]) for each in home.context["ending"]] == [
        ("today", 0),
        ("soon", 30),
    ]


def test_contracts_of_a_dossier_are_drawn_along_the_days(desk, danube):
    today = timezone.localdate()
    first, last = today - timedelta(days=100), today + timedelta(days=100)
    Contract.objects.create(counterparty=danube, number="one", starts_on=first, ends_on=today)
    at = f"/counterparties/{danube.pk}/?tab=contracts"
    assert 'class="over-time"' not in body_of(desk.get(at))
    Contract.objects.create(counterparty=danube, number="two", starts_on=today, ends_on=last)
    Contract.objects.create(counterparty=danube, number="open", starts_on=today)
    Contract.objects.create(counterparty=danube, number="undated")

    page = desk.get(at)

    assert 'class="over-time"' in body_of(page)
    drawn = along_the_days([(each, STATE) for each in Contract.objects.all()], today)
    bars = [(each["label"], each["at"], each["width"]) for each in drawn["bars"]]
    assert (bars, drawn["today"]) == ([("one", 0, 50), ("two", 50, 50), ("open", 50, 50)], 50)
