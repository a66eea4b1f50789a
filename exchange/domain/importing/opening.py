"""Opening the sheet of an import again, as it was read the first time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from desk.intake import DEFAULT, Limits, SheetError, Table, open_sheet
from desk.intake.limits import MEGABYTE
from exchange.models import Import


def limits() -> Limits:
    """What one sheet may cost; the office may allow less than the reader can."""
    return Limits(bytes=min(DEFAULT.bytes, settings.MAX_UPLOAD_MB * MEGABYTE))


@contextmanager
def opened(of: Import, sheet: str | None = None) -> Iterator[Table]:
    """The chosen sheet, or another one of the same workbook, from its first row on."""
    try:
        source: Any = default_storage.open(of.file.storage_name)
    except FileNotFoundError as gone:
        raise SheetError(_("The file of this import is not there any more. Bring it again.")) from gone
    encoding = of.encoding or None
    with source, open_sheet(source, of.file.name, sheet or of.sheet or None, limits(), encoding=encoding) as table:
        yield table
