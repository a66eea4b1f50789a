"""The companies of a holding at a glance, over their list: by status, what was agreed with them, and all in numbers."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from counterparties.domain import holdings
from counterparties.domain.analysing.in_brief import agreed, by_status
from counterparties.pages.facts import money


def in_brief(holding: Any, decision: Any) -> dict[str, Any]:
    """Of those who belong to it today and are in daily work, as far as the reader may view them."""
    today, asked = timezone.localdate(), {"holding": holding.code}
    members = holdings.of_today(decision).filter(holding=holding.pk).values("member")
    seen = decision.counterparties("view").current().filter(pk__in=members)
    numbers = by_status(seen)
    statuses = [
        {
            "status": each,
            "count": numbers[pk],
            "url": f"{reverse('register')}?{urlencode(asked | {'status': each.code})}",
        }
        for pk, each in decision.settled.statuses.items()
        if pk in numbers
    ]
    return {
        "statuses": statuses,
        "without_status": numbers.get(None, 0),
        "agreed": [money(amount, currency) for currency, amount in agreed(seen, today)],
        "url": f"{reverse('analysis')}?{urlencode(asked)}",
    }
