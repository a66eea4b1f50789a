"""Whom to ask, and in whose name a command of the office's machine reads."""

from staff.models import User


def keepers() -> list[User]:
    """Those who can give rights: the first few superusers."""
    return list(User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined", "pk")[:3])


def reader(name: str | None) -> User | None:
    """Somebody by their user name; None when there is nobody of that name. Unnamed, a command may read everything:
    whoever runs commands on the office's machine may anyway.
    """
    if not name:
        return User(username="command", is_superuser=True, is_active=True)
    return User.objects.filter(username=name).first()
