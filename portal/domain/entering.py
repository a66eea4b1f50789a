"""Whom the office lets in to his own page."""

from typing import Any

from portal.models import Access


def way_in(user: Any) -> Access | None:
    """The log-in of this user, when everything it stands on holds. Asked at every request.

    It was not withdrawn, the card says that he may log in, and he is a client at work and not in the archive.
    """
    found = (
        Access.objects.select_related("counterparty__client", "counterparty__type_set")
        .filter(
            user=user.pk, withdrawn_at=None, counterparty__archived_at=None, counterparty__client__login_allowed=True
        )
        .first()
    )
    return found if found and any(each.kind.is_client for each in found.counterparty.types) else None
