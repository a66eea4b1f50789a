"""A row that says what stands there is told without its records being read; each verdict is the same as with them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Characteristic, Element
from counterparties.domain import importing
from counterparties.domain.importing import judging
from counterparties.domain.importing.rows import drafts_of
from counterparties.domain.in_bulk.answers import Answer
from desk.intake import Row
from rights.domain import policy
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

#: Type of characteristic → what cells say of it. The first of them is what stands in the books.
CELLS = {
    "text": ["Beta", "beta", "", "Gamma"],
    "long_text": ["one\ntwo", "one two", ""],
    "number": ["1234.5", Decimal("1234.500"), 1234.5, "1234.6", "", "much"],
    "date": ["2026-03-01", date(2026, 3, 1), "01.03.2026", "2026-03-02", ""],
    "checkbox": ["Yes", True, "No", ""],
    "nomenclature": ["Small", "small", "Big", "Gone", ""],
    "with_package": ["Yes, 2 × Small", "Yes, 2", "No", ""],
    "counterparty": ["RILA", "DAN", "ZQXWJ1", "hidden counterparty", ""],
}
SAID = {"text": "Beta", "long_text": "one\ntwo", "number": Decimal("1234.5"), "date": date(2026, 3, 1)}


@pytest.fixture
def office_of_answers(house, client_type, bank_type):
    """A counterparty for each cell there is, which says the first one of its sort; and the sheet of those cells."""
    sizes = make_nomenclature("size", "small", "big", "gone")
    Element.objects.filter(code="gone").update(stopped_at=timezone.now())
    small = Element.objects.get(code="small")
    said = SAID | {"checkbox": True, "nomenclature": small, "with_package": Packed(True, small, Decimal(2))}
    said["counterparty"] = house[1]
    rows = []
    for number, (code, cells) in enumerate(CELLS.items()):
        for facts in ({}, {"is_required": True}, {"is_multiple": True}, {"stopped_at": timezone.now()}):
            if facts.get("is_multiple") and code in ("checkbox", "with_package"):
                continue
            asked = make_characteristic(
                f"{code}-{'-'.join(facts)}".replace("_", "-").strip("-"),
                code,
                # Every other sort is asked by banks too, which Anna does not see.
                *([client_type] if number % 2 else [client_type, bank_type]),
                nomenclature=sizes if code in ("nomenclature", "with_package") else None,
                **facts,
            )
            for place, cell in enumerate(cells):
                types = [bank_type] if place == 1 and number % 2 == 0 else None
                one = make_counterparty(types=types, code=f"{asked.code}-{place}".upper())
                several = [said[code], *([said[code]] if place == 2 else [])] if "is_multiple" in facts else None
                values.save(one, {asked: several or said[code]})
                rows.append((one, asked.field_name, cell))
    return rows


def verdicts(user, rows, **more):
    """What becomes of every row, with all its words."""
    decision = policy.for_user(user)
    fields = importing.Fields(decision)
    header = ["code", *(name for name in sorted({name for _one, name, _cell in rows}) if name in fields.names)]
    sheet = [
        Row(number, [one.code, *(cell if name == each else None for each in header[1:])])
        for number, (one, name, cell) in enumerate(rows, start=2)
    ]
    plan = importing.plan_of(importing.columns_of(header, fields), [], "code", "update", **more)
    judge = judging.Judge(plan, writes=False, tells=True)
    verdict = judge.judge(drafts_of(sheet, plan), decision)
    told = {draft.number: ("changed", draft.changes, draft.reasons) for draft, _stored in verdict.touched}
    told |= {draft.number: ("same", draft.changes, draft.reasons) for draft in verdict.same}
    told |= {draft.number: ("refused", draft.changes, draft.reasons) for draft in verdict.refused}
    differing = [[(each.counterparty_id, each.characteristic_id, each.place, *columns(each)) for each in those]
                 for those in (verdict.values.new, verdict.values.changed, verdict.values.gone)]  # fmt: skip
    return told, differing, len(judge.stored)


def columns(value):
    if isinstance(value, Answer):
        return (value.columns,)
    return value.text, value.number, value.day, value.flag, value.element_id, value.target_id


def test_every_verdict_is_the_same_whoever_asks_and_whatever_the_cell(
    office_of_answers, admin, anna, boris, mila, vera, ivo, monkeypatch
):
    assert Characteristic.objects.count() > 25
    rows = office_of_answers
    people = list(User.objects.filter(pk__in=[each.pk for each in (admin, anna, boris, mila, vera, ivo)]))

    quick = {(who, clears): verdicts(who, rows, empty_clears=clears) for who in people for clears in (False, True)}
    monkeypatch.setattr(judging, "saying_the_same", lambda known, asked: set())
    whole = {(who, clears): verdicts(who, rows, empty_clears=clears) for who in people for clears in (False, True)}

    assert {asked: found[:2] for asked, found in quick.items()} == {asked: found[:2] for asked, found in whole.items()}
    fates = {fate for told, _differing, _read in quick.values() for fate, _changes, _reasons in told.values()}
    assert fates == {"same", "changed", "refused"}
    # What it is for: of the rows that say nothing new no record of a value is read.
    assert quick[admin, False][2] < whole[admin, False][2] / 2
