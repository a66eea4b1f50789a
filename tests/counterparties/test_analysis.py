"""A list in numbers: what the database groups is what one would count by hand, as far as the reader may see it."""

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from itertools import cycle

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from characteristics.models import Element
from counterparties.domain.analysing.cuts import NOT_ASKED, NOTHING
from counterparties.domain.analysing.stretches import edges
from counterparties.domain.analysing.table import ALL
from counterparties.models import Contract, Counterparty, CounterpartyType, Membership
from counterparties.pages import analysis_asked, every_list
from counterparties.pages.analysis_asked import Analysis
from counterparties.pages.analysis_links import Links
from counterparties.pages.analysis_plot import plot
from counterparties.pages.analysis_shown import Shown
from desk.databases import beside
from desk.databases.patience import TookTooLong, given_up_after
from rights.domain import policy
from rights.domain.granting import grant
from tests.counterparties import by_hand
from tests.counterparties.by_hand import AwkwardOffice
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import body_of, notes

PAGE = "/counterparties/analysis/"

#: Whatever has a label of its own; numbers stand in ranges and have their own test.
CUTS = (
    "status", "type", "kind", "country", "city", "holding", "created.month", "created.quarter", "created.year",
    "c-segment", "c-tastes", "c-vip", "c-parent", "c-since.month", "c-since.quarter", "c-since.year",
)  # fmt: skip


@pytest.fixture
def awkward(office):
    return AwkwardOffice()


@pytest.fixture
def reader(anna, awkward):
    """Sales sees clients, their subtypes and suppliers, and holdings too; never a bank."""
    for code in ("retail", "holding"):
        grant(anna.groups.get(), CounterpartyType.objects.get(code=code), {"view", "export"})
    return policy.for_user(anna)


def analysed(decision, **asked):
    said = QueryDict(mutable=True)
    for name, value in asked.items():
        said.setlist(name.replace("__", "."), value if isinstance(value, list) else [value])
    return Analysis(said, decision)


def labelled(cut, part):
    """Towns are called as they are written; by hand they are known by their keys."""
    return part.key if cut.key == "city" and part.label != by_hand.NOTHING else part.label


def counted(analysis):
    """(row, column) → how many the table tells of, the totals under None; nobody is not said."""
    table = analysis.table()
    rows = [(None, ALL), *[(labelled(analysis.rows, each), each.key) for each in table.rows]]
    columns = [(None, ALL), *[(labelled(analysis.columns, each), each.key) for each in table.columns]]
    found = {(row, column): table.number(a, b) for row, a in rows for column, b in columns}
    return {place: number for place, number in found.items() if number}


def counted_by_hand(pencil, analysis, records):
    found = Counter()
    for one in records:
        rows = {None, *pencil.of(analysis.rows.key, one)}
        columns = {None, *(pencil.of(analysis.columns.key, one) if analysis.columns else ())}
        found.update({(row, column): 1 for row in rows for column in columns})
    return dict(found)


def assert_drawn(shown):
    """Nothing is longer than its frame, and what is drawn in pieces is the number beside it, or more of several."""
    drawn = plot(shown)
    assert all(0 <= line.bar <= 100 for line in shown.lines)
    assert all(0 <= point["share"] <= 100 for point in drawn.get("points", ()))
    for bar in (each for each in drawn.get("bars", ()) if each.pieces):
        assert sum(int(piece.text) for piece in bar.pieces) >= int(bar.text)
        assert bar.pieces[-1].at + bar.pieces[-1].width < 100.01


@pytest.mark.parametrize(("who", "few"), [("reader", 20_000), ("reader", 0), ("admin", 0)])
def test_each_part_holds_whom_one_would_count_by_hand(request, awkward, who, few, monkeypatch):
    # Beside many records what is said of them is laid another way than beside few.
    monkeypatch.setattr(beside, "FEW", few)
    decision = request.getfixturevalue(who)
    decision = decision if who == "reader" else policy.for_user(decision)
    pencil = by_hand.Pencil(awkward, decision)
    records = list(analysed(decision, archived="all").question.records().select_related("status"))
    # Of months no more than twelve have a column of their own.
    across = [each for each in CUTS if not each.endswith("month")]

    for rows, columns in [*((each, None) for each in CUTS), *zip(CUTS, cycle(across[1:]))]:
        analysis = analysed(decision, rows=rows, columns=columns or "", archived="all")

        assert analysis.notes == []
        assert_drawn(Shown(analysis, analysis.table()))
        assert counted(analysis) == counted_by_hand(pencil, analysis, records), (rows, columns)


def test_behind_each_number_stands_the_list_of_whom_it_counts(reader):
    questions = [{"type": "client"}, {"c-tastes": "north", "status": "active"}, {"created_after": "2024-03-10"}]
    followed = 0
    for question in questions:
        for rows, columns in [*((each, "") for each in (*CUTS, "c-size", "c-sizes")), ("c-size", "c-segment")]:
            analysis = analysed(reader, rows=rows, columns=columns, **question)
            table, links = analysis.table(), Links(analysis)
            for part in table.rows:
                for column in [None, *table.columns]:
                    address = links.to((analysis.rows, part), (analysis.columns, column))
                    number = table.number(part.key, column.key if column else ALL) or 0
                    if address and number is not None:
                        behind, data = every_list.read(address)
                        assert behind.question(data, reader).records().count() == number, address
                        followed += 1

    assert followed > 300


def test_a_number_stands_in_a_range_between_round_ones(reader, awkward):
    analysis = analysed(reader, rows="c-size")

    table = analysis.table()

    pencil, expected = by_hand.Pencil(awkward, reader), Counter()
    for one in analysis.question.records():
        expected.update(pencil.of("c-size", one))
    numbers = {number: many for number, many in expected.items() if isinstance(number, Decimal)}
    assert sum(table.number(each.key) for each in table.rows if each.key not in (NOTHING, NOT_ASKED)) == sum(
        numbers.values()
    )
    assert ("0 to under 200", "199.99") in [(each.label, each.asked["c-size_max"]) for each in table.rows if each.asked]
    for part in table.rows:
        if part.asked:
            low, high = (Decimal(part.asked[f"c-size_{end}"]) for end in ("min", "max"))
            assert table.number(part.key) == sum(many for each, many in numbers.items() if low <= each <= high)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ((1, 10, 5, 1), "1 2 3 4 5 6 7 8 9 10 11"),
        ((1990, 2024, 2010, 1), "1990 1995 2000 2005 2010 2015 2020 2025"),
        ((0, 1_000_000, 20_000, 1), "0 5000 10000 20000 50000 100000 200000 500000 1000000 2000000"),
        ((-3, 0, -1, 1), "-3 -2 -1 0 1"),
        ((7, 7, 7, 1), "7 8"),
        (("0.5", "2", "1", "0.01"), "0.4 0.6 0.8 1.0 1.2 1.4 1.6 1.8 2.0 2.2"),
    ],
)
def test_ranges_begin_where_people_would_begin_them(ends, expected):
    assert edges(*map(Decimal, ends)) == [Decimal(each) for each in expected.split()]


def test_what_they_say_in_numbers_is_added_up_exactly(reader, awkward):
    pencil = by_hand.Pencil(awkward, reader)
    said = defaultdict(list)
    for one in analysed(reader).question.records():
        for size in pencil.of("c-size", one):
            if isinstance(size, Decimal):
                for row in (None, *pencil.of("status", one)):
                    said[row].append(size)

    for told, reckoned in {
        "sum": sum,
        "least": min,
        "most": max,
        "average": lambda each: (sum(each) / len(each)).quantize(Decimal("0.01")),
    }.items():
        analysis = analysed(reader, rows="status", measure=f"c-size.{told}")
        assert counted(analysis) == {(row, None): number for row, each in said.items() if (number := reckoned(each))}, (
            told
        )


def test_two_great_numbers_are_added_up(admin, client_type):
    size = make_characteristic("size", "number", client_type)
    for _each in range(3):
        values.save(make_counterparty(), {size: Decimal("8999999999999.999999")})

    table = analysed(policy.for_user(admin), measure="c-size.sum").table()

    assert table.number(ALL) == Decimal("26999999999999.999997")


def test_contracts_in_force_are_told_by_currency(reader, admin, client_type):
    alfa, bravo = make_counterparty("Alfa"), make_counterparty("Bravo")
    today = timezone.localdate()
    for owner, amount, currency, ends in [
        (alfa, "100.50", "EUR", None), (alfa, "50", "EUR", today), (alfa, "9", "EUR", date(2020, 1, 1)),
        (bravo, "7", "BGN", None), (bravo, None, "", None),
    ]:  # fmt: skip
        amount = None if amount is None else Decimal(amount)
        Contract.objects.create(counterparty=owner, number="1", amount=amount, currency=currency, ends_on=ends)

    running = analysed(reader, rows="kind", measure="contracts.running").table()
    every = analysed(reader, rows="kind", measure="contracts").table()

    assert [each.label for each in running.columns] == ["EUR", "BGN"]
    assert [running.number("client", each) for each in ("EUR", "BGN", ALL)] == [Decimal("150.50"), Decimal(7), 4]
    assert [every.number("client", each) for each in ("EUR", "BGN", ALL)] == [Decimal("159.50"), Decimal(7), 5]


def test_beyond_so_many_rows_the_rest_is_put_together(admin, client_type):
    cities = make_characteristic(
        "cities",
        "nomenclature",
        client_type,
        is_multiple=True,
        nomenclature=make_nomenclature("cities", *[f"c{number}" for number in range(60)]),
    )
    elements = list(Element.objects.filter(nomenclature=cities.nomenclature))
    for number, element in enumerate(elements):
        for _each in range(2 if number < 40 else 1):
            values.save(make_counterparty(), {cities: [element]})
    values.save(make_counterparty(), {cities: elements[58:]})

    table = analysed(policy.for_user(admin), rows="c-cities").table()

    # The last two are the largest of those that one says, so they stand among the fifty.
    assert (len(table.rows), table.rows_together) == (51, 10)
    assert [(each.label, table.number(each.key)) for each in table.rows[-1:]] == [("10 others", 10)]
    assert (table.number(ALL), table.is_in_several) == (101, True)


# ---- the page


def test_shares_are_rounded_and_of_what_is_asked(ask, admin, firms):
    shown = ask(admin, "rows=status&columns=kind&shares=row", PAGE).context["shown"]

    line = shown.lines[0]
    assert (line.label, [(cell.text, cell.share) for cell in line.cells]) == (
        "Active",
        [("2", "100 %"), ("1", "50.0 %")],
    )
    assert [cell.share for cell in shown.total.cells] == ["75.0 %", "50.0 %"]
    assert ask(admin, "rows=type", PAGE).context["shown"].lines[1].total.share == "25.0 %"


def test_more_columns_than_there_is_room_for(ask, admin):
    for number in range(16):
        added = datetime(2020 + number // 4, 3 * (number % 4) + 2, 1, tzinfo=UTC)
        Counterparty.objects.filter(pk=make_counterparty().pk).update(created_at=added)

    shown = ask(admin, "rows=status&columns=created.quarter", PAGE)

    heads = [each.label for each in shown.context["shown"].heads]
    assert (heads[0], heads[-1], len(heads)) == ("4 periods before", "Q4 2023", 13)
    assert len(shown.context["plot"]["legend"]) == 13


def test_the_page_tells_what_it_did_not_understand(ask, anna, client_type, bank_type):
    make_counterparty("Alfa")
    make_characteristic("safe", "checkbox", bank_type)

    shown = ask(anna, "rows=c-safe&columns=nonsense&measure=c-safe.sum&shares=moon&list=planets&colour=red", PAGE)

    assert shown.status_code == 200
    for word in ("c-safe", "nonsense", "c-safe.sum", "moon", "planets", "colour"):
        assert f"“{word}”" in "".join(notes(shown)) or "asked for colour" in "".join(notes(shown))
    assert "c-safe" not in re.sub(r'<div class="notice warn".*?</div></div>', "", shown.content.decode(), flags=re.S)


def test_the_same_question_leads_there_and_back(ask, anna, firms):
    listed = ask(anna, "status=on-hold&columns=name", "/clients/").content.decode()
    there = unescape(re.search(r'href="(/counterparties/analysis/[^"]*)"', listed)[1])

    shown = ask(anna, there.partition("?")[2], PAGE)

    assert there == f"{PAGE}?list=client&status=on-hold"
    assert shown.context["heading"] == "Clients in numbers"
    assert shown.context["list_url"] == "/clients/?status=on-hold"
    assert [label for label, _words, _url in shown.context["listing"].chips] == ["Status"]


def test_nobody_answers(ask, anna, firms):
    shown = ask(anna, "q=zqxwj", PAGE)

    assert "Nobody answers this question" in shown.content.decode()


def test_whoever_sees_nothing_is_told_whom_to_ask(ask, vera):
    assert "You see no counterparties yet" in ask(vera, "rows=type", PAGE).content.decode()


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_it_costs_the_same_however_many_there_are(client, anna, client_type, how_many):
    grades = make_nomenclature("grades", "gold", "silver")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    size = make_characteristic("size", "number", client_type)
    gold = Element.objects.get(code="gold")
    for number in range(how_many):
        values.save(make_counterparty(country="BG"), {grade: gold, size: Decimal(number)})
    client.force_login(anna)
    asked = {f"{PAGE}?rows=c-grade&columns=c-size": 0, f"{PAGE}?rows=city&columns=holding": 0, f"{PAGE}?rows=type": 0}
    client.get(PAGE)

    for address in asked:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        asked[address] = sum("SAVEPOINT" not in each["sql"] for each in seen)

    assert list(asked.values()) == QUERIES[connection.vendor]


#: By a characteristic and the ranges of a number; by towns and holdings; by what is tallied.
QUERIES = {"sqlite": [11, 8, 8], "postgresql": [12, 10, 9]}


# ---- the sheet


def test_the_sheet_holds_what_may_be_taken_along_and_tells_how_many_it_leaves_out(client, anna, firms):
    client.force_login(anna)
    asked = "rows=status&columns=kind"

    workbook = body_of(client.get(f"{PAGE}sheet.xlsx?{asked}"))
    plain = body_of(client.get(f"{PAGE}sheet.csv?{asked}")).splitlines()

    # Anna sees Carol, a supplier, and may not take suppliers along; Delta is a client too.
    assert plain == ["\ufeffStatus,Clients,Suppliers,All", "Active,2,1,2", "Total,2,1,2"]
    assert re.search(r"Left out, because no type of theirs grants you the export</t></is></c><c[^>]*><v>1<", workbook)
    assert "sheet without 1" in client.get(f"{PAGE}?{asked}").content.decode()


# ---- what takes too long


def test_what_takes_too_long_is_given_up(db):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    with pytest.raises(TookTooLong), given_up_after(0.05), connection.cursor() as cursor:
        cursor.execute(endless)

    assert Counterparty.objects.count() == 0


def test_the_page_says_that_it_was_given_up(ask, anna, firms, monkeypatch):
    monkeypatch.setattr(analysis_asked, "table", lambda *_all: (_ for _ in ()).throw(TookTooLong))

    shown = ask(anna, "rows=country", PAGE).content.decode()

    assert "This took too long, so it was given up." in shown
    assert "XLSX" not in shown


# ---- the companies of a holding


def test_a_holding_tells_of_its_companies_at_a_glance(client, admin, firms):
    group = make_counterparty("Group", [CounterpartyType.objects.get(code="holding")], code="GROUP")
    for name in ("Alfa", "Bravo"):
        Membership.objects.create(holding=group, member=firms[name])
    Contract.objects.create(counterparty=firms["Alfa"], number="1", amount=Decimal("1200.5"), currency="EUR")
    client.force_login(admin)

    shown = client.get(f"/counterparties/{group.pk}/?tab=members")

    brief = shown.context["brief"]
    assert [(each["status"].code, each["count"]) for each in brief["statuses"]] == [("active", 1), ("on-hold", 1)]
    assert brief["url"] == f"{PAGE}?holding=GROUP"
    assert "1,200.5" in brief["agreed"][0]
