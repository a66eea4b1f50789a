"""Invitations: a link that works once, for some days, and for nobody but the one it was sent to."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from desk.databases import attempt
from portal.domain.entering import way_in
from portal.models import Access
from staff.models import User
from trail.domain.operations import operation

LIFE = timedelta(days=7)
SALT = "portal.invitation"


def path(access: Access) -> str:
    """Where the invited chooses a password. Written into the letter when it is sent; it is kept nowhere."""
    return reverse("portal-welcome", args=[access.pk, signing.dumps(_state(access), salt=SALT)])


def until(access: Access) -> Any:
    """The moment from which the newest link is too old."""
    return access.invited_at + LIFE if access.invited_at else None


def invited(pk: int, token: str) -> Access | None:
    """Whose link this is, if it still opens: not spent, not too old, not followed by a newer one, not withdrawn."""
    try:
        state = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    access = Access.objects.select_related("user").filter(pk=pk).first()
    if access is None or not constant_time_compare(str(state), _state(access)):
        return None
    # It is as old as the invitation, however late the letter went out.
    is_fresh = access.invited_at is not None and access.invited_at + LIFE > timezone.now()
    return access if is_fresh and access.user.is_active and way_in(access.user) else None


def accept(access: Access, token: str, password: str) -> User | None:
    """The invited chose a password; the link is spent. None when that happened at this very moment."""

    def act() -> User | None:
        with operation("portal", by=access.user):
            Access.objects.select_for_update().get(pk=access.pk)
            kept = invited(access.pk, token)
            if kept is None:
                return None
            kept.user.set_password(password)
            kept.user.save(update_fields=["password"])
            kept.accepted_at = timezone.now()
            kept.save()
            return kept.user

    return attempt(act)


def _state(access: Access) -> str:
    """What a link stands on: a new password, a new invitation, another e-mail or a withdrawal makes it void."""
    days = [day.isoformat() if day else "" for day in (access.invited_at, access.withdrawn_at)]
    stands = "|".join([str(access.pk), *days, access.user.password, access.user.email.lower()])
    return salted_hmac(SALT, stands).hexdigest()[:32]
