"""Contracts and projects are asked for by whose they are: by the type of the counterparty, and by its holding."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Contract, CounterpartyType, Membership, Project
from rights.domain.granting import grant
from tests.factories import make_counterparty, make_type
from tests.shown import notes, panel

LISTS = pytest.mark.parametrize(("model", "path"), [(Contract, "/contracts/"), (Project, "/projects/")])


SAYS = {Contract: "number", Project: "name"}


def deal(model, counterparty, called):
    return model.objects.create(counterparty=counterparty, **{SAYS[model]: called})


@pytest.fixture
def holding_type(office):
    return CounterpartyType.objects.get(code="holding")


@pytest.fixture
def group(holding_type):
    return make_counterparty("Group", [holding_type], code="GROUP")


@pytest.fixture
def owners(client_type, supplier_type, bank_type, group):
    """Two clients, one of them a retail one, a supplier and a bank; some belong to the group, or did."""
    made = {
        "client": make_counterparty("Rila", [client_type]),
        "retail": make_counterparty("Pirin", [make_type("retail", client_type)]),
        "both": make_counterparty("Vitosha", [client_type, supplier_type]),
        "bank": make_counterparty("Zqxwjbank", [bank_type]),
    }
    yesterday = timezone.localdate() - timedelta(days=1)
    for who, facts in (("retail", {}), ("both", {"until": yesterday}), ("bank", {})):
        Membership.objects.create(holding=group, member=made[who], **facts)
    return made


def called(shown, model):
    return [getattr(each, SAYS[model]) for each in shown.context["listing"].records]


@LISTS
@pytest.mark.parametrize("named", [2_000, 0])
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("counterparty_type=client", ["both", "client", "retail"]),
        ("counterparty_type=retail", ["retail"]),
        ("counterparty_type=supplier&counterparty_type=bank", ["bank", "both"]),
        ("holding=group", ["bank", "retail"]),
        ("holding=GROUP&counterparty_type=client", ["retail"]),
        ("holding=group&sort=-counterparty", ["bank", "retail"]),
        ("counterparty_type=holding", []),
    ],
)
def test_they_are_narrowed_by_whose_they_are(ask, admin, owners, monkeypatch, model, path, named, question, found):
    for who, owner in owners.items():
        deal(model, owner, who)
    monkeypatch.setattr("counterparties.domain.agreements.NAMED", named)
    monkeypatch.setattr("counterparties.domain.agreements.FEW", named)

    shown = ask(admin, question, path)

    assert (sorted(called(shown, model)), notes(shown)) == (sorted(found), [])


@LISTS
def test_hidden_holdings_and_types_are_as_good_as_none(ask, anna, owners, group, holding_type, model, path):
    for who, owner in owners.items():
        deal(model, owner, who)

    probed = ask(anna, "holding=group", path)
    typed = ask(anna, "counterparty_type=bank&filters=open", path)

    assert "cannot be asked for holding" in notes(probed)[0]
    assert "Type of counterparty: there is no “bank”" in notes(typed)[0]
    assert "Holding" not in panel(typed)
    assert "bank" not in called(probed, model) + called(typed, model)
    grant(anna.groups.get(), holding_type, {"view"})
    grant(anna.groups.get(), CounterpartyType.objects.get(code="retail"), {"view"})
    assert called(ask(anna, "holding=group", path), model) == ["retail"]


@LISTS
def test_what_is_asked_is_a_chip_and_goes_along_into_the_sheet(ask, admin, owners, model, path):
    for who, owner in owners.items():
        deal(model, owner, who)
    question = "counterparty_type=retail&holding=GROUP"

    shown = ask(admin, question, path)
    sheet = ask(admin, f"{question}&columns={SAYS[model]}", f"{path}sheet.csv")

    chips = [chip[:2] for chip in shown.context["listing"].chips]
    assert chips == [("Type of counterparty", "Retail"), ("Holding", "Group")]
    assert b"".join(sheet.streaming_content).decode().splitlines()[1:] == ["retail"]


@LISTS
def test_the_question_costs_the_same_whatever_its_rows(ask, admin, client_type, group, model, path):
    costs = []
    for number in (1, 3, 40):
        while model.objects.count() < number:
            owner = make_counterparty(types=[client_type])
            Membership.objects.create(holding=group, member=owner)
            deal(model, owner, f"N{owner.pk}")
        ask(admin, "counterparty_type=client&holding=group", path)
        with CaptureQueriesContext(connection) as asked:
            ask(admin, "counterparty_type=client&holding=group", path)
        costs.append(len(asked))

    assert costs[0] == costs[1] == costs[2]
