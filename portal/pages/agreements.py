"""The contracts and the projects of a client, as far as they are his to see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from counterparties.models import Contract, Project
from counterparties.models.contract import contract_state
from counterparties.pages import standing
from counterparties.pages.facts import money
from desk.pages.portion import Portion
from portal.pages.gate import for_the_client
from portal.pages.room import page


@for_the_client
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """What was signed, and what is worked on. Which day the office wants to be reminded on is its own business."""
    mine = request.access.counterparty_id
    contracts = Contract.objects.filter(counterparty=mine).select_related("contract_type", "project")
    portion = Portion(request, contracts)
    projects = Project.objects.filter(counterparty=mine).order_by("name_key", "pk")
    states = standing.of_projects()
    return page(
        request,
        "portal/agreements.html",
        "portal-agreements",
        contracts=[_row(each) for each in portion.rows],
        projects=[{"project": each, "state": states.get(each.status)} for each in projects],
        portion=portion,
    )


def _row(contract: Contract) -> dict[str, Any]:
    state = contract_state(contract.starts_on, contract.ends_on, None, timezone.localdate())
    return {
        "contract": contract,
        "state": standing.of_contracts()[state],
        "amount": money(contract.amount, contract.currency),
    }
