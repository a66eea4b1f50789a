"""The cells of a sheet, made whole columns at a time: the same as each value alone would make, for every reader."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from characteristics.domain.cells import joined
from characteristics.domain.packed import Packed
from characteristics.models import Element
from characteristics.registry import types
from counterparties.models import Counterparty, Value
from counterparties.pages.asked import Question
from counterparties.pages.sheet import Sheet
from files.models import StoredFile
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

PEOPLE = ("admin", "anna", "boris", "mila", "vera", "ivo")


@pytest.fixture
def everything(client_type, bank_type, supplier_type):
    """A characteristic of each type, and of each that may have several values one more; three who say all of it."""
    home = make_nomenclature("home", "a", "b", "twin", "twin2")
    Element.objects.filter(code__startswith="twin").update(name="Same")
    a, twin = Element.objects.get(code="a"), Element.objects.get(code="twin")
    files = [StoredFile.objects.create(name=f"{name}; ü.pdf", storage_name=name, size=1) for name in "xy"]
    hidden, known = make_counterparty("Hidden", [bank_type]), make_counterparty("Known", [client_type])
    said = {
        "text": ["one; two", "=1+1"],
        "long_text": ["line\nline", "plain"],
        "number": [Decimal("-1234.500001"), Decimal(1200), Decimal("0.000001"), Decimal("8999999999999.123456")],
        "date": [date(2026, 12, 31), date(1863, 5, 1)],
        "checkbox": [False, True],
        "nomenclature": [a, twin],
        "selectable_picture": [twin, a],
        "with_package": [Packed(True, twin, Decimal("2.5")), Packed(False, None, None)],
        "file": files,
        "picture": files,
        "counterparty": [hidden, known],
    }
    asked = [
        make_characteristic(
            f"{each.code}-{count}".replace("_", "-"),
            each.code,
            client_type,
            bank_type,
            nomenclature=home if each.needs_nomenclature else None,
            is_multiple=count == "many",
        )
        for each in types
        for count in (("one", "many") if each.allows_several else ("one",))
    ]
    of_types = [[client_type], [bank_type, supplier_type], [supplier_type], [client_type, bank_type]]
    firms = [make_counterparty(f"Firm {number}", each) for number, each in enumerate(of_types * 2)]
    Counterparty.objects.filter(pk=firms[0].pk).update(archived_at=timezone.now())
    for number, firm in enumerate(firms):
        for each in asked:
            answers = said[each.type_code]
            # Whoever held several values once may hold more than are shown now, and not from the first place on.
            for place in range(number % 3, len(answers) if each.is_multiple or number == 5 else 1 + number % 3):
                columns = each.type.stored(answers[place % len(answers)])
                Value.objects.create(counterparty=firm, characteristic=each, place=place, **columns)
    return asked


def plain_cell(firm, characteristic, decision):
    """The cell as it follows from each stored value by itself."""
    seen = decision.type_ids("view") & {each.pk for each in firm.types}
    if not seen & set(characteristic.ties.values_list("type", flat=True)):
        return None
    sort, write = characteristic.type, characteristic.type.writer(characteristic)
    rows = Value.objects.filter(counterparty=firm, characteristic=characteristic).order_by("place")
    cells = [write(sort.in_sight(sort.value(row), decision, row.place)) for row in rows]
    if not cells or not characteristic.is_multiple:
        return cells[0] if cells else None
    if len(cells) == 1 and type(cells[0]) is not str:
        return cells[0]
    return joined([each if type(each) is str else sort.spelled(each) for each in cells])


@pytest.mark.parametrize("name", PEOPLE)
def test_a_sheet_holds_what_each_stored_value_says_by_itself(request, everything, name, monkeypatch):
    monkeypatch.setattr("counterparties.pages.sheet.CHUNK", 4)
    monkeypatch.setattr("characteristics.domain.in_brief.AT_ONCE", 3)
    user = request.getfixturevalue(name)
    decision = policy.for_user(user)
    firms = {each.code: each for each in Counterparty.objects.all()}
    # Values that one column holds are read another way, beside others or alone.
    for asked in (everything, [each for each in everything if len(each.type.columns) == 1]):
        columns = "&".join(f"columns={key}" for key in ("code", *[each.field_name for each in asked]))
        sheet = Sheet(Question(QueryDict(f"{columns}&archived=all"), decision), user)

        rows = list(sheet.rows())

        shown = [] if name in ("vera", "ivo") else asked
        assert [column.key for column in sheet.columns[1:]] == [each.field_name for each in shown]
        assert len(rows) == {"admin": 10, "anna": 5, "boris": 10, "mila": 10}.get(name, 0)
        for code, *cells in rows:
            assert cells == [plain_cell(firms[code], each, decision) for each in shown], code


def test_a_record_has_the_same_cells_and_lines_alone_as_among_others(everything, admin):
    asked = "&".join(f"columns={each.field_name}" for each in everything)
    columns = Sheet(Question(QueryDict(asked), policy.for_user(admin)), admin).columns
    records = list(Counterparty.objects.all())
    for column in columns:
        column.prepare(records)

    for column in columns:
        assert [column.cell(each) for each in records] == list(column.cells(records))
        assert [column.html(each) for each in records] == list(column.lines(records)), column.key


def test_a_number_keeps_neither_trailing_zeros_nor_an_exponent(everything, admin):
    sheet = Sheet(Question(QueryDict("columns=c-number-one"), policy.for_user(admin)), admin)

    said = {str(row[0]) for row in sheet.rows()}

    assert said == {"None", "-1234.500001", "1200", "0.000001"}
