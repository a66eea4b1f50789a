"""The lists of counterparties, and of what hangs on them, that can be taken along."""

from typing import Any

from django.http import QueryDict

from counterparties.pages import every_list
from counterparties.pages.sheet import Sheet
from desk import sheets
from desk.pages.sources import Source, sources


@sources.register
class Lists(Source):
    """The register, the list of each kind, projects and contracts."""

    code, position = "lists", 10

    def sheet(self, path: str, data: QueryDict, decision: Any) -> sheets.Sheet | None:
        known = every_list.every().get(path)
        if known is None:
            return None
        decision.require_anywhere("export")
        return Sheet(known.question(data, decision), decision.user)
