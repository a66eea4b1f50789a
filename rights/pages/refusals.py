"""The page for an act without the right: which right on which thing is missing, who has it, and the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from counterparties.models import Counterparty
from desk.pages.shell import is_inside
from rights.catalog import ASKED_OF_EACH_TYPE, BY_CODE
from rights.domain.explaining import Refused


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refusal of the policy is explained; another refusal says its own sentence.

    Whoever is inside stays inside, with the menu and the search; others get a page that stands alone.
    """
    told = _reasons(request, exception) if isinstance(exception, Refused) else {"exception": str(exception or "")}
    return render(request, "rights/refused.html" if is_inside(request) else "403.html", told, status=403)


def _reasons(request: HttpRequest, refused: Refused) -> dict[str, Any]:
    right, thing = BY_CODE[refused.explanation.right], refused.thing
    told = {"right": right.label, "roles": refused.explanation.roles}
    if thing is None or not request.decision.may("view", thing):
        return told
    name = thing.name if isinstance(thing, Counterparty) else thing.label
    told |= {"thing": name, "sentence": _needed(str(right.label), name)}
    if not isinstance(thing, Counterparty):
        return told
    several = len(request.decision.visible_types(thing)) > 1
    return told | {
        "back_url": thing.get_absolute_url(),
        "asks_every_type": several and right.code in ASKED_OF_EACH_TYPE,
    }


def _needed(right: str, thing: str) -> str:
    sentence = _("You would need the right “%(right)s” for %(thing)s.") % {"right": right, "thing": thing}
    # A name like *Danube Ltd.* brings the dot the sentence ends with.
    return f"{sentence.removesuffix('..')}." if sentence.endswith("..") else sentence
