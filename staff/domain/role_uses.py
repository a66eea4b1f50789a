"""What of the office names a role and keeps it from going: rights, views that are shared with it, notes for it."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import PROTECT


def named_by(role: Group, but: str = "") -> dict[str, int]:
    """How many records of which sort name it. ``but``: those that the role knows by this name are not asked."""
    found: dict[str, int] = {}
    ties: list[Any] = [each for each in Group._meta.get_fields(include_hidden=True) if each.auto_created]
    for tie in ties:
        if getattr(tie, "on_delete", None) is PROTECT and tie.name != but:
            rows = tie.related_model._base_manager.filter(**{tie.field.name: role.pk})
            if count := rows.count():
                found[str(tie.related_model._meta.verbose_name_plural)] = count
    return found
