"""What a dossier says of the sheets in which its counterparty left the house."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.panels import SIDE, Panel, panels
from exchange.domain import exports
from exchange.models import Export

#: So many of the newest are told of one by one.
NEWEST = 5


@panels.register
class LeftTheHouse(Panel):
    """In how many sheets, and in which; to everybody who may view the counterparty."""

    code, label, position, place = "left-the-house", _("Left the house"), 40, SIDE
    template = "exchange/panels/left_the_house.html"

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return bool(numbers(record))

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found, decision = numbers(record), request.decision
        newest = Export.objects.filter(pk__in=found[:NEWEST]).select_related("user").order_by("-pk")
        named = set(exports.seen_by(decision).filter(pk__in=found[:NEWEST]).values_list("pk", flat=True))
        known = {
            each.characteristic.field_name for each in decision.characteristics("view", decision.visible_types(record))
        }
        return {
            "number": len(found),
            "is_capped": len(found) >= exports.LOOKED_THROUGH,
            "rows": [
                {
                    "export": each,
                    "url": each.get_absolute_url() if each.pk in named else "",
                    "columns": columns(each, known),
                }
                for each in newest
            ],
            "all_url": f"/exports/?{urlencode({'counterparty': record.code})}" if named else "",
        }


def numbers(record: Any) -> list[int]:
    """Read once for a page."""
    if not hasattr(record, "_exports"):
        record._exports = exports.numbers_of(record.pk)
    found: list[int] = record._exports
    return found


def columns(export: Export, known: set[str]) -> str:
    """Which facts were in it; a characteristic is named to whoever may view it here."""
    return ", ".join(title for key, title in export.columns if not key.startswith("c-") or key in known)
