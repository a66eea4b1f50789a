"""Every sheet that leaves the house has its receipt: who, when, what, how many, and by which hash it is known again."""

import csv
import hashlib
import io
import random
import zlib
from datetime import timedelta

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import timezone

from characteristics.domain import values
from counterparties.models import Counterparty, CounterpartyType, Project
from exchange.domain import blocks, exports
from exchange.models import Export
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain.operations import operation
from trail.models import Operation


def body(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def firms(client_type, supplier_type):
    make_counterparty("Rila", code="RILA", country="BG")
    make_counterparty("Danube", code="DAN", country="BG")
    make_counterparty("Rhine", code="RHI", country="DE")
    return make_counterparty("Elbe", [supplier_type], code="ELB", country="BG")


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


def left(*numbers):
    """Which counterparties stand in these sheets, by the receipts."""
    return {pk for pk in Counterparty.objects.values_list("pk", flat=True) if set(exports.numbers_of(pk)) & {*numbers}}


# ---- what a receipt tells


def test_the_receipt_tells_who_took_what_and_knows_the_file_again(desk, anna, firms):
    answer = desk.get("/counterparties/sheet.xlsx?country=BG&columns=code&columns=name&sort=-name")
    file = body(answer)

    receipt = Export.objects.get()
    assert (receipt.user, receipt.state, receipt.through, receipt.code) == (anna, "complete", "page", "counterparties")
    assert (receipt.rows, receipt.left_out, receipt.ending) == (2, 1, "xlsx")
    assert receipt.columns == [["code", "Code"], ["name", "Name"]]
    assert ["filter", "Country", "Bulgaria"] in receipt.asked
    assert (receipt.sha256, receipt.size) == (hashlib.sha256(file).hexdigest(), len(file))
    assert receipt.file_name == f"counterparties-{timezone.localdate():%Y-%m-%d}-No-{receipt.pk}.xlsx"
    assert receipt.file_name in answer["Content-Disposition"]
    assert receipt.at <= receipt.ended_at
    story = openpyxl.load_workbook(io.BytesIO(file))["How this was made"].iter_rows(values_only=True)
    assert ("Receipt", f"No. {receipt.pk}", None) in story
    # The address asks the same again, whatever columns its reader is used to.
    assert [row.name for row in desk.get(receipt.address).context["listing"].records] == ["Rila", "Elbe", "Danube"]
    assert left(receipt.pk) == set(Counterparty.objects.filter(code__in=["RILA", "DAN"]).values_list("pk", flat=True))
    # It is a record of its own, and nobody's change.
    assert not Operation.objects.filter(kind="export").exists()


def test_every_list_leaves_a_receipt_with_its_counterparties(client, admin, firms, tmp_path, client_type):
    client.force_login(admin)
    make_nomenclature("grade", "a", "b")
    with operation("card", by=admin, reason="They moved"):
        firms.name = "Elbe & Co"
        firms.save()
        for name in ("Bridge", "Tunnel"):
            Project.objects.create(counterparty=firms, name=name)
    every = set(Counterparty.objects.values_list("pk", flat=True))
    clients = every - {firms.pk}
    told = {
        "/counterparties/sheet.csv": ("counterparties", 4, every),
        "/clients/sheet.xlsx": ("clients", 3, clients),
        "/projects/sheet.xlsx": ("projects", 2, {firms.pk}),
        "/contracts/sheet.csv": ("contracts", 0, set()),
        f"/counterparties/{firms.pk}/history/sheet.xlsx?kind=card": ("history", 5, {firms.pk}),
        "/operations/sheet.csv?kind=card": ("operations", 1, set()),
        "/settings/nomenclatures/grade/sheet.xlsx": ("elements:grade", 2, set()),
    }

    for address, (code, rows, about) in told.items():
        file = body(client.get(address))

        receipt = Export.objects.first()
        assert (receipt.code, receipt.rows, left(receipt.pk)) == (code, rows, about), address
        assert (receipt.sha256, receipt.state) == (hashlib.sha256(file).hexdigest(), "complete"), address
        assert client.get(receipt.address).status_code == 200, address
    call_command("export_counterparties", tmp_path / "out.csv", "--type", "client")
    receipt = Export.objects.first()
    assert (receipt.through, receipt.user, left(receipt.pk)) == ("command", None, clients)
    assert receipt.sha256 == hashlib.sha256((tmp_path / "out.csv").read_bytes()).hexdigest()


def test_the_history_is_taken_along_in_plain_words_as_far_as_its_reader_may(
    client, anna, boris, client_type, bank_type
):
    vault = make_characteristic("vault", "text", bank_type, name="Vault")
    paid = make_characteristic("parent", "counterparty", client_type, name="Parent")
    both, parent = make_counterparty("Both", [client_type, bank_type]), make_counterparty("Parent & Sons", code="P")
    with operation("card", by=boris, reason="They moved"):
        both.name = "Both & Co"
        both.save()
        values.save(both, {vault: "ZQXWJ", paid: parent})

    def told(user):
        client.force_login(user)
        answer = client.get(f"/counterparties/{both.pk}/history/sheet.csv?kind=card")
        return answer.status_code, list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))

    status, hers = told(anna)
    facts = {row["Fact"]: (row["Before"], row["After"], row["Who"], row["Reason"]) for row in hers}
    assert (status, facts["Name"]) == (200, ("Both", "Both & Co", "boris", "They moved"))
    assert facts["Parent"][:2] == ("", "Parent & Sons")
    assert "Vault" not in facts
    assert "Vault" in {row["Fact"] for row in told(boris)[1]}
    supplier = make_counterparty("Elbe", [CounterpartyType.objects.get(code="supplier")])
    client.force_login(anna)
    codes = [client.get(f"/counterparties/{pk}/history/sheet.xlsx").status_code for pk in (supplier.pk, 10**9)]
    assert codes == [403, 404]


def test_a_sheet_that_is_not_taken_to_its_end_says_so(desk, firms, monkeypatch):
    monkeypatch.setattr("desk.sheets.delimited.BATCH", 1)
    answer = desk.get("/clients/sheet.csv?columns=name")
    begun = Export.objects.get()
    assert (begun.state, begun.ended_at) == ("begun", None)

    # As a server does when its reader went away.
    content = answer._iterator
    next(content)
    content.close()

    broken = Export.objects.get()
    assert (broken.state, broken.sha256, broken.rows) == ("broken", "", 1)
    # What had been read by then may be in somebody's hands.
    assert left(broken.pk) == set(Counterparty.objects.exclude(pk=firms.pk).values_list("pk", flat=True))
    assert "may be in somebody's hands" in desk.get(broken.get_absolute_url()).content.decode()
    assert desk.head("/clients/sheet.csv").status_code == 200
    assert Export.objects.count() == 1


def test_a_sheet_whose_making_fails_is_broken_off(desk, firms, monkeypatch):
    monkeypatch.setattr("counterparties.pages.sheet.stretches", lambda *_about: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        body(desk.get("/clients/sheet.csv"))

    assert Export.objects.get().state == "broken"


# ---- who sees receipts


def test_everybody_sees_their_own_receipts_and_managers_all(client, anna, boris, ivo, admin, firms):
    for user in (anna, boris):
        client.force_login(user)
        body(client.get("/clients/sheet.csv"))
    mine, his = Export.objects.get(user=anna), Export.objects.get(user=boris)
    shown = {}

    for user in (anna, boris, ivo, admin):
        client.force_login(user)
        page = client.get("/exports/")
        one = [client.get(each.get_absolute_url()).status_code for each in (mine, his)]
        shown[user.username] = ([row.pk for row in page.context["listing"].records], one)

    both = ([his.pk, mine.pk], [200, 200])
    assert shown == {"anna": ([mine.pk], [200, 404]), "boris": ([his.pk], [404, 200]), "ivo": both, "admin": both}


def test_the_list_is_asked_for_person_list_day_counterparty_and_hash(client, anna, boris, admin, firms):
    for user, address in ((anna, "/clients/sheet.csv"), (boris, "/suppliers/sheet.csv"), (boris, "/clients/sheet.csv")):
        client.force_login(user)
        body(client.get(address))
    first, second, third = Export.objects.order_by("pk")
    Export.objects.filter(pk=first.pk).update(at=first.at - timedelta(days=40))
    client.force_login(admin)
    day = f"{third.at:%Y-%m-%d}"
    # Two people took the very same file.
    same = {first, third} if first.sha256 == third.sha256 else {first}
    questions = {
        "user=Boris": {second, third},
        "list=suppliers": {second},
        f"day_after={(third.at - timedelta(days=3)):%Y-%m-%d}": {second, third},
        f"day_before={(third.at - timedelta(days=3)):%Y-%m-%d}": {first},
        "counterparty=ELB": {second},
        "counterparty=RILA&user=anna": {first},
        "state=broken": set(),
        f"sha256={first.sha256.upper()}": same,
    }

    found = {asked: set(client.get(f"/exports/?{asked}").context["listing"].records) for asked in questions}

    assert found == questions
    page = client.get(f"/exports/?filters=open&sha256=zz&colour=red&day_after={day}")
    assert len(page.context["notes"]) == 2
    # A colleague is offered nobody, and finds only their own whatever they ask.
    client.force_login(anna)
    page = client.get("/exports/?user=boris&filters=open")
    assert page.context["notes"] == ["This list cannot be asked for user, so that was left out."]
    assert "suppliers" not in page.content.decode().lower().split("<main", 1)[1]


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_the_list_of_receipts_costs_the_same_however_many_there_are(
    client, admin, anna, boris, how_many, django_assert_num_queries
):
    for number in range(how_many):
        Export.objects.create(user=(anna, boris, None)[number % 3], code="clients", title="Clients", rows=number)
    client.force_login(admin)
    client.get("/exports/")

    with django_assert_num_queries(RECEIPTS):
        client.get("/exports/")


#: Session, person, menu, the receipts, and who took them.
RECEIPTS = 6


# ---- the dossier


def test_the_dossier_tells_in_which_sheets_it_left_the_house(client, anna, boris, mila, admin, client_type, bank_type):
    vault = make_characteristic("vault", "text", bank_type, name="Vault")
    both = make_counterparty("Both", [client_type, bank_type], code="BOTH")
    other = make_counterparty("Other", code="OTHER")
    for user, address in (
        (boris, "/counterparties/sheet.csv?columns=name&columns=c-vault"),
        (anna, "/clients/sheet.csv?columns=name&q=Both"),
    ):
        client.force_login(user)
        body(client.get(address))

    def card(user, counterparty):
        client.force_login(user)
        page = client.get(counterparty.get_absolute_url()).content.decode()
        return page[page.index('id="card-left-the-house"') :] if 'id="card-left-the-house"' in page else ""

    hers = card(anna, both)
    assert "In 2 exports" in hers
    # Banks are not for her, nor is what is asked of them.
    assert "Vault" not in hers
    assert hers.count('href="/exports/') == 2  # her own receipt, and the way to all of hers
    assert vault.name in card(admin, both)
    assert "In 1 export<" in card(anna, other)
    make_counterparty("Fresh", code="FRESH")
    assert card(admin, Counterparty.objects.get(code="FRESH")) == ""


#: A block in which nobody is.
EMPTY = zlib.compress(bytes(blocks.SIZE // 8))


def test_a_block_holds_exactly_the_numbers_that_were_put_into_it():
    chance = random.Random(7)
    sparse = chance.sample(range(10**7), 500)
    dense = list(range(4_000, 13_000))
    numbers = [*sparse, *dense, *dense[:100]]

    packed = dict(blocks.packed(numbers))

    near = {each + step for each in numbers for step in (-1, 0, 1)} - {-1}
    held = {each for each in near if blocks.holds(packed.get(blocks.block_of(each), EMPTY), each)}
    assert held == set(numbers)
    assert len(packed) <= len(set(sparse)) + 4
    # A whole block is a few bytes, and the fullest muddle one bit a number.
    assert len(packed[blocks.block_of(5_000)]) < 40
    assert max(map(len, packed.values())) <= blocks.SIZE // 8 + 16
