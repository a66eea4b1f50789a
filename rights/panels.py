"""What a dossier says about rights."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.pages.facts import visible_path
from desk.panels import SIDE, Panel, panels
from rights.catalog import BY_CODE, RIGHTS
from rights.domain.seeing import Seeing, superusers, who_sees


@panels.register
class WhoSees(Panel):
    """Who sees this, and why; to everybody who sees it."""

    code, label, position, place = "who-sees", gettext_lazy("Who sees this, and why"), 30, SIDE
    template = "rights/panels/who_sees.html"

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        decision = request.decision
        roles = who_sees(record, decision)
        return {
            "roles": [_row(each, decision) for each in roles],
            "superusers": superusers(),
            "is_superuser": decision.is_superuser,
            "mine": [] if decision.is_superuser else _mine(roles, record, decision),
        }


def _row(seeing: Seeing, decision: Any) -> dict[str, Any]:
    named = [each for each in seeing.types if each.pk in decision.type_ids("view")]
    types = get_text_list([visible_path(each, decision) for each in named], _("and"))
    words = _("by %(types)s") % {"types": types} if named else _("by another of its types")
    rights = ", ".join(str(BY_CODE[each].label).lower() for each in seeing.rights)
    return {"role": seeing.role.name, "people": seeing.people, "why": words, "rights": rights}


def _mine(roles: list[Seeing], record: Any, decision: Any) -> list[dict[str, Any]]:
    """The reader's own rights: those that the same roles give stand together."""
    given: dict[tuple[str, ...], list[str]] = {}
    for right in RIGHTS:
        if decision.may(right.code, record):
            by = tuple(each.role.name for each in roles if each.is_mine and right.code in each.rights)
            given.setdefault(by, []).append(str(right.label).lower())
    return [
        {"rights": get_text_list(rights, _("and")), "roles": get_text_list(list(by), _("and"))}
        for by, rights in given.items()
    ]
