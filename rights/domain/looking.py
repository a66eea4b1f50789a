"""Looking at the office as somebody else: one sees exactly what they see, changes nothing, and it is recorded.

Who may do so is for the policy to say (``Decision.may_look``).
"""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from desk.databases import attempt
from rights.domain import policy
from rights.models import Look
from staff.models import User
from trail.domain.operations import operation

#: A look that nobody ended is over after a working day.
LONGEST = timedelta(hours=8)


def people() -> QuerySet[User]:
    """Whose eyes there are to look through. Superusers see everything, and whoever is disabled sees nothing.

    Clients who log in do not look at the office: their pages are their own.
    """
    return User.objects.filter(is_active=True, is_superuser=False, is_guest=False)


def start(person: User, *, by: Any, reason: str = "") -> Look:
    """From now on the office is seen as this person."""

    def act() -> Look:
        look = Look(admin=by, person=person, reason=reason)
        with operation("look", by=by, reason=_in_short(look)):
            look.save()
        return look

    return attempt(act)


def _in_short(look: Look) -> str:
    """Whom and why, for whoever reads the list of operations."""
    name = look.person.get_username()
    return f"{name}: {look.reason}" if look.reason else name


def stop(look: Look) -> None:
    """The office is seen with one's own eyes again. Once is enough."""

    def act() -> None:
        with operation("look", by=look.admin, reason=_in_short(look)):
            kept = Look.objects.select_for_update().get(pk=look.pk)
            if kept.ended_at is None:
                kept.ended_at = timezone.now()
                kept.save()

    attempt(act)


def of_session(pk: Any, user: Any) -> Look | None:
    """The look a session speaks of, when it is this user's own and was not ended."""
    if not isinstance(pk, int) or not user.is_authenticated:
        return None
    look = Look.objects.select_related("person").filter(pk=pk, admin=user.pk, ended_at=None).first()
    if look:
        look.admin = user
    return look


def holds(look: Look) -> bool:
    """Does everything a look stands on still hold? Asked at every request."""
    is_fresh = look.began_at > timezone.now() - LONGEST
    is_seeing = look.person.is_active and not (look.person.is_superuser or look.person.is_guest)
    return is_fresh and is_seeing and policy.for_user(look.admin).may_look


def latest(*, most: int, before: int | None = None) -> list[Look]:
    """The newest looks; ``before``: only older ones than this."""
    looks = Look.objects.select_related("admin", "person").order_by("-pk")
    return list((looks.filter(pk__lt=before) if before is not None else looks)[:most])
