"""Of which version each counterparty was when our own sheet was made: its second tab says so, row by row."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from desk import text
from desk.intake import SheetError
from desk.models import LANGUAGES
from exchange.models import Import

from .opening import opened

#: The places of the counterparty's number and of its version in that tab.
WHO, VERSION = 1, 2


def versions_of(of: Import) -> dict[int, int]:
    """Counterparty → version. Rows may have been sorted anew meanwhile, so the row numbers beside them say nothing."""
    tab = _tab_of(of)
    if not tab:
        return {}
    found: dict[int, int] = {}
    try:
        with opened(of, tab) as table:
            for row in table.rows if len(table.header) > VERSION else ():
                who, version = row.cells[WHO], row.cells[VERSION]
                if type(who) is int and type(version) is int:
                    found[who] = version
    except SheetError:
        # Whatever it is, our own tab it is not.
        return {}
    return found


def _tab_of(of: Import) -> str:
    names = set()
    for language in LANGUAGES:
        with override(language):
            names.add(text.key(_("How this was made")))
    return next((each for each in of.sheets if each != of.sheet and text.key(each) in names), "")
