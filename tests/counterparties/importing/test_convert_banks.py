"""Published lists of banks become one sheet, a row per bank."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from counterparties.domain import defining
from counterparties.models import Counterparty
from trail.domain.operations import operation

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "banks.yaml"


def entry(
    code: str | None = "10010010", bic: str | None = "PBNKDEFFXXX", name: str = "Postbank", **more: Any
) -> dict[str, Any]:
    return {
        "country_code": "DE",
        "bank_code": code,
        "bic": bic,
        "name": name,
        "short_name": name,
        "primary": True,
        **more,
    }


@pytest.fixture
def converted(tmp_path):
    """Writes lists, converts them, and gives the rows of the sheet and what was said."""
    place = tmp_path / "lists"
    place.mkdir()

    def run(**lists: Any) -> tuple[list[dict[str, str]], str, str]:
        for name, content in lists.items():
            (place / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
        out, log = io.StringIO(), io.StringIO()
        call_command("convert_banks", str(place), str(tmp_path / "banks.csv"), stdout=out, stderr=log)
        with (tmp_path / "banks.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), out.getvalue().strip(), log.getvalue()

    run.place = place
    return run


def test_a_bank_is_one_row_under_its_bic(converted):
    rows, out, _log = converted(de=[entry(short_name="Postbank Berlin")])

    assert rows == [
        {
            "code": "PBNKDEFFXXX",
            "name": "Postbank",
            "alias": "Postbank Berlin",
            "country": "DE",
            "c-bic": "PBNKDEFFXXX",
            "c-bank-codes": "10010010",
        }
    ]
    assert out == "files=1 read=1 banks=1 refused=0"


def test_branches_of_one_bic_are_joined_and_told_with_the_name_of_the_primary_one(converted):
    rows, out, log = converted(
        de=[entry("1", name="Branch", primary=False), entry("2", name="Head"), entry("2", name="Other", primary=False)]
    )

    assert [(row["name"], row["c-bank-codes"]) for row in rows] == [("Head", "1 2")]
    assert out == "files=1 read=3 banks=1 refused=0"
    assert "PBNKDEFFXXX: 3 entries became one bank, Head; other names: Branch, Other" in log


def test_the_newer_lists_hold_several_codes_in_one_entry(converted):
    entries = [{"country_code": "AT", "bic": "NABAATWWXXX", "name": "Nationalbank", "bank_codes": ["00100", "00200"]}]

    rows, _out, _log = converted(at={"entries": entries})

    assert rows[0]["c-bank-codes"] == "00100 00200"


def test_a_bank_without_a_bic_is_known_by_its_country_and_national_code(converted):
    rows, _out, _log = converted(
        ua=[
            entry("300119", "", "Банк", country_code="UA"),
            entry("300119", None, "Филия", country_code="UA", primary=False),
        ]
    )

    assert [(row["code"], row["name"], row["c-bic"]) for row in rows] == [("UA-300119", "Банк", "")]


def test_a_bic_of_two_countries_is_one_bank_of_the_country_it_names(converted):
    rows, _out, _log = converted(at=[entry("2", country_code="AT", name="Foreign")], de=[entry("1")])

    assert [(row["code"], row["name"], row["country"], row["c-bank-codes"]) for row in rows] == [
        ("PBNKDEFFXXX", "Postbank", "DE", "1 2")
    ]


def test_codes_too_many_for_a_characteristic_are_written_in_stretches(converted):
    rows, _out, _log = converted(dk=[entry(f"{number:04d}") for number in range(3_000)])

    assert rows[0]["c-bank-codes"] == "0000-2999"


def test_an_entry_nobody_could_know_is_refused_with_its_place(converted):
    rows, out, log = converted(de=[entry(None, None), entry(name=""), "nonsense", entry()])

    assert (len(rows), out) == (1, "files=1 read=4 banks=1 refused=3")
    assert "de.json, entry 1: bic, bank_code: both are missing" in log
    assert "de.json, entry 2: name: missing." in log


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, '{"rows": []}', '"text"', "\xff"])
def test_a_file_that_is_no_list_is_told(converted, content):
    (converted.place / "broken.json").write_bytes(content.encode("latin-1"))

    with pytest.raises(CommandError, match=r"broken\.json: "):
        converted()


def test_a_directory_without_lists_is_told(tmp_path):
    with pytest.raises(CommandError, match=r"no \.json lists"):
        call_command("convert_banks", str(tmp_path), str(tmp_path / "out.csv"))
    with pytest.raises(CommandError, match="there is no such file or directory"):
        call_command("convert_banks", str(tmp_path / "nothing"), str(tmp_path / "out.csv"))


def test_the_sheet_is_taken_in_as_it_is(converted, take_in, tmp_path):
    with operation("command", by=None):
        defining.define(defining.read(EXAMPLE.read_text(encoding="utf-8")))
    converted(de=[entry()], ua=[entry("300119", "", "Банк", country_code="UA")])

    told = take_in(tmp_path / "banks.csv", "--type", "bank")

    assert told.last == "created=2 updated=0 same=0 refused=0"
    assert [each.code for each in Counterparty.objects.order_by("code")] == ["PBNKDEFFXXX", "UA-300119"]
