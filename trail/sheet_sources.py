"""The list of operations can be taken along in the background too."""

from typing import Any

from django.http import QueryDict

from desk.pages.sources import Source, sources
from desk.sheets import Sheet
from trail.pages.operation_sheet import PATH, sheet_of


@sources.register
class Operations(Source):
    code, position = "operations", 20

    def sheet(self, path: str, data: QueryDict, decision: Any) -> Sheet | None:
        return sheet_of(data, decision) if path == PATH else None
