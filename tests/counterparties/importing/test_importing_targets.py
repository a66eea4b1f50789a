"""A sheet says whom a counterparty points at by codes, and of a hidden one that it stays."""

import csv
import io

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from characteristics.domain import values
from counterparties.domain.hidden import HIDDEN
from counterparties.models import Counterparty, Value
from desk.models import LANGUAGES
from tests.factories import make_characteristic, make_counterparty

from .sheets import csv_file


def said(counterparty, characteristic):
    return values.of(counterparty, [characteristic]).get(characteristic.pk, [])


def test_a_sheet_comes_back_as_the_same_and_blanks_no_hidden_one(take_in, tmp_path, anna, house, client_type):
    danube, rila, bank = house
    several = make_characteristic("several", "counterparty", client_type, is_multiple=True)
    gone = make_counterparty("Gone", code="G", archived_at=timezone.now())
    values.save(danube, {several: [bank, rila, gone]})
    desk, told = Client(), {}

    for language in LANGUAGES:
        type(anna).objects.filter(pk=anna.pk).update(language=language)
        desk.force_login(anna)
        sheet = desk.get("/clients/sheet.csv?columns=code&columns=name&columns=c-parent&columns=c-several")
        content = b"".join(sheet.streaming_content).decode("utf-8-sig")
        row = next(row for row in csv.reader(io.StringIO(content)) if row[0] == "DAN")
        with override(language):
            word = str(HIDDEN)
        file = tmp_path / f"{language}.csv"
        file.write_text(content, encoding="utf-8")
        told[language] = row[2:], word, take_in(file, "--mode", "update", "--as", "anna").last

    assert told == {
        language: ([word, f"{word}\nRILA\nG"], word, "created=0 updated=0 same=2 refused=0")
        for language, (_row, word, _last) in told.items()
    }
    assert said(danube, several) == [bank, rila, gone]
    assert Value.history.filter(history_type="~").count() == 0


def test_a_sheet_says_no_more_than_the_card(take_in, tmp_path, anna, house, parent):
    danube, rila, bank = house
    make_counterparty("Gone", code="GONE", archived_at=timezone.now())
    words = {"DAN": "DAN", "RILA": "hidden counterparty", "N1": "hidden counterparty", "N2": "Rila"}
    words |= {"N3": "ZQXWJ1", "N4": "QQQ1", "N5": "GONE"}
    sheet = csv_file(tmp_path, "code,name,c-parent", *[f"{code},Name,{word}" for code, word in words.items()])

    told = take_in(sheet, "--type", "client", "--as", "anna")

    assert told.last == "created=1 updated=0 same=0 refused=6"
    for sentence in (
        "A counterparty cannot point at itself. Choose another one.",
        "There is no counterparty “ZQXWJ1” for you to choose.",
        "There is no counterparty “QQQ1” for you to choose.",
        "“Gone” is archived. Choose another one.",
        "No hidden counterparty stands here.",
    ):
        assert sentence in told.log
    assert said(danube, parent) == [bank]
    assert said(Counterparty.objects.get(code="N2"), parent) == [rila]


def test_a_long_sheet_asks_for_all_it_points_at_at_once(take_in, tmp_path, house, parent):
    spent = []
    for start, how_many in ((0, 3), (100, 50)):
        for number in range(start, start + how_many):
            make_counterparty(f"Target {number}", code=f"G{number}")
        lines = [f"N{number},New {number},G{number}" for number in range(start, start + how_many)]
        with CaptureQueriesContext(connection) as queries:
            told = take_in(csv_file(tmp_path, "code,name,c-parent", *lines), "--type", "client")
        assert told.last == f"created={how_many} updated=0 same=0 refused=0"
        spent.append(len([each for each in queries if each["sql"].startswith("SELECT")]))

    assert spent[1] <= spent[0]
