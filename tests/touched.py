"""What operations touched, audited: what history says beside what is noted."""

from django.db import connection

from counterparties.domain.touches import kept


def not_noted() -> list[tuple]:
    """(table of history, operation, combination of types the counterparty carries now) of what is not noted."""
    found = []
    for way in kept().ways:
        said = f"SELECT DISTINCT operation_id, {way.owner('said')} AS owner FROM {way.history} said"
        noted = (
            "SELECT 1 FROM counterparties_touch t WHERE t.operation = each.operation_id AND t.type_set = c.type_set_id"
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT each.operation_id, c.type_set_id FROM ({said}) each"
                f" JOIN counterparties_counterparty c ON c.id = each.owner WHERE NOT EXISTS ({noted})"
            )
            found += [(way.history, *row) for row in cursor.fetchall()]
    return found
