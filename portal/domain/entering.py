"""Whom the office lets in to his own page."""

from typing import Any

from counterparties.kinds import kinds
from portal.models import Access


def way_in(user: Any) -> Access | None:
    """The log-in of this user, when everything it stands on holds. Asked at every request.

    It was not withdrawn, the card says that he may log in, and he is a client at work and not in the archive.
    """
    return (
        Access.objects.select_related("counterparty__client")
        .filter(user=user.pk, withdrawn_at=None)
        .filter(counterparty__archived_at=None, counterparty__client__login_allowed=True)
        .filter(counterparty__type_set__types__kind_code__in=[kind.code for kind in kinds if kind.is_client])
        .first()
    )
