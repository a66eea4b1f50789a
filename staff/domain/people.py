"""Whom to ask."""

from staff.models import User


def keepers() -> list[User]:
    """Those who can give rights: the first few superusers."""
    return list(User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined", "pk")[:3])
