"""History taken along as a file: every change of the office, or what one user may read of it."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from counterparties.domain import keeping
from counterparties.models import Counterparty, Status
from exchange.models import Export
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain import in_bulk
from trail.domain.operations import operation
from trail.models import Operation
from trail.pages import everything, everything_sheet


@pytest.fixture
def out(tmp_path):
    return tmp_path / "history.csv"


def taken(out, *words):
    """The rows of the file, by the keys or titles of its columns."""
    call_command("export_history", str(out), *words, stdout=io.StringIO())
    if out.suffix == ".jsonl":
        return [json.loads(line) for line in out.read_text().splitlines()]
    return list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))


@pytest.fixture
def story(admin, anna, client_type, supplier_type):
    """A client that was changed twice, and a supplier."""
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "gold"))
    with operation("card", by=admin):
        danube = make_counterparty("Danube Agro", code="D1", status=None)
        make_counterparty("Elbe", [supplier_type], code="E1")
    said = {"name": "Danube Agro AD", "status": Status.objects.get(code="on-hold")}
    gold = grade.nomenclature.elements.get()
    keeping.keep(danube, said, [client_type], {grade: gold}, by=anna, seen=danube.version, reason="They merged")
    return Counterparty.objects.get(pk=danube.pk)


def test_every_change_is_told_in_the_words_of_the_office(story, out, settings):
    settings.LANGUAGE_CODE = "bg"
    with translation.override("en"):
        rows = taken(out.with_suffix(".jsonl"), "--counterparty", "d1")

    keys = ("user", "reason", "record", "counterparty", "old", "new")
    changed = [tuple(row[key] for key in keys) for row in rows if row["reason"]]
    about = ("anna", "They merged", story.pk, "D1")
    value = story.values.get().pk
    assert sorted(changed, key=str) == sorted(
        [
            (*about, "Danube Agro", "Danube Agro AD"),
            (*about, None, Status.objects.get(code="on-hold").name_bg),
            (*about[:2], value, "D1", None, "Gold"),
        ],
        key=str,
    )
    assert {"име", "Име"} & {row["fact"] for row in rows}
    assert Export.objects.get().through == "command"


def test_all_of_it_is_narrowed_by_days_and_by_what_a_user_may_read(story, out, anna, vera):
    long_ago = timezone.now() - timedelta(days=400)
    first = Operation.objects.filter(kind="card").earliest("pk")
    Operation.objects.filter(pk=first.pk).update(at=long_ago)
    day = str(timezone.localdate(long_ago))

    everything_told = taken(out)
    of_then = taken(out, "--until", day)
    # Not simply today: what is told may have begun before midnight.
    begun = Operation.objects.exclude(pk=first.pk).earliest("at").at
    since = taken(out, "--since", str(timezone.localdate(begun)))
    annas = taken(out, "--as", "anna")

    assert len(taken(out, "--since", "0001-01-01", "--until", "9999-12-31")) == len(everything_told)
    codes = {row["Counterparty"] for row in everything_told}
    assert {"D1", "E1"} <= codes
    assert {row["Operation"] for row in of_then} == {str(first.pk)}
    assert len(of_then) + len(since) == len(everything_told)
    numbers = [int(row["Operation"]) for row in everything_told]
    assert numbers == sorted(numbers)
    # Settings and users are told to those who may read them.
    assert {row["Sort of record"] for row in annas} < {row["Sort of record"] for row in everything_told}
    with pytest.raises(CommandError, match="export on no type"):
        taken(out, "--as", "vera")
    with pytest.raises(CommandError, match="is no day"):
        taken(out, "--since", "yesterday")


def test_one_operation_of_many_changes_is_read_in_portions(story, out, monkeypatch, admin):
    monkeypatch.setattr(everything, "CHANGES", 20)
    with operation("import", by=admin):
        in_bulk.add([_another(story, number) for number in range(90)])
    portions = []
    told = everything.told
    monkeypatch.setattr(everything_sheet, "told", lambda *asked: _noted(told(*asked), portions))

    rows = taken(out)

    names = [row["After"] for row in rows if row["After"].startswith("Another ")]
    assert names == [f"Another {number}" for number in range(90)]
    assert max(portions) == 20
    assert sum(portions) <= len(rows)


def _another(like, number):
    made = Counterparty(name=f"Another {number}", code=f"M{number}", type_set=like.type_set)
    made.derive()
    return made


def _noted(portions, sizes):
    for portion in portions:
        sizes.append(len(portion))
        yield portion
