"""Numbers and days through the whole office: typed, stored, shown, put into a sheet and taken in again the same."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.utils.formats import date_format, number_format
from django.utils.translation import override

from characteristics.domain import values
from counterparties.models import Counterparty
from tests.shown import body_of

NUMBERS = {
    "0.1": "0.1",
    "-0,25": "-0.25",
    "\u22125": "-5",
    "1 234,56": "1234.56",
    "1\u00a0234\u00a0567,5": "1234567.5",
    "1.234.567": "1234567",
    "1,234.56": "1234.56",
    "0.000001": "0.000001",
    "123456789012.345678": "123456789012.345678",
    "9000000000000": "9000000000000",
}
DAYS = {
    "2024-02-29": date(2024, 2, 29),
    "01.02.2003": date(2003, 2, 1),
    "31.12.1899": date(1899, 12, 31),
    "1900-02-28": date(1900, 2, 28),
    "1000-01-01": date(1000, 1, 1),
    "9999-12-31": date(9999, 12, 31),
}
REFUSED = {
    "c-size": ["NaN", "Infinity", "-inf", "1e400", "--5", "1.2.3", "12,34,5", "0.0000001", "1" * 20, "0x10", "5 %"],
    "c-since": ["29.02.2023", "31.04.2024", "0000-00-00", "99999-01-01", "2024-13-01", "yesterday", "1"],
}


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_typed_is_stored_shown_exported_and_imported(
    admin, admins_desk, house, tmp_path, capsys, language, ending
):
    admin.language = language
    admin.save()
    size, since = house.asked["size"], house.asked["since"]
    pairs = [({"c-size": typed}, size, Decimal(meant)) for typed, meant in NUMBERS.items()]
    pairs += [({"c-since": typed}, since, meant) for typed, meant in DAYS.items()]
    made = []

    for typed, asked, meant in pairs:
        answer = admins_desk.post("/counterparties/new/", {"types": "shop", "name": "Exact", **typed})
        assert (typed, answer.status_code) == (typed, 303)
        one = Counterparty.objects.get(pk=int(answer["Location"].split("/")[2]))
        made.append(one)
        assert (typed, values.of(one, [asked])) == (typed, {asked.pk: [meant]})
        with override(language):
            shown = asked.type.text(meant)
            usual = date_format(meant) if asked is since else number_format(meant, use_l10n=True, force_grouping=True)
        assert shown == usual
        assert shown in body_of(admins_desk.get(answer["Location"]))

    before = list(made[0].__class__.objects.order_by("pk").values())
    asked = "columns=code&columns=name&columns=c-size&columns=c-since"
    sheet = tmp_path / f"exact.{ending}"
    sheet.write_bytes(b"".join(admins_desk.get(f"/counterparties/sheet.{ending}?q=exact&{asked}").streaming_content))
    if ending == "xlsx":
        rows = list(openpyxl.load_workbook(io.BytesIO(sheet.read_bytes())).worksheets[0].iter_rows(values_only=True))
        assert len(rows) == len(made) + 1
    capsys.readouterr()
    call_command("import_counterparties", str(sheet), "--as", "admin", "--mode", "update")

    assert capsys.readouterr().out.split() == ["created=0", "updated=0", f"same={len(made)}", "refused=0"]
    assert list(Counterparty.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_what_cannot_be_meant_is_refused_and_kept_in_its_box(admin, admins_desk, house, language):
    admin.language = language
    admin.save()

    for field, words in REFUSED.items():
        for typed in words:
            answer = admins_desk.post("/counterparties/new/", {"types": "shop", "name": "Wrong", field: typed})

            assert (typed, answer.status_code, list(answer.context["card"].errors)) == (typed, 422, [field])
            assert f'value="{typed}"' in body_of(answer)
