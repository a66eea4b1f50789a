"""Who comes in: by user name or e-mail, in any case of letters, with the password."""

import unicodedata
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.db.models import Q, QuerySet

from desk.databases import Prepared
from staff.models import User


def _held_by(user: int) -> QuerySet[Any]:
    """(app, code name) of the permissions that somebody has, their own and those of their roles."""
    own = User.user_permissions.through.objects.filter(user=user)
    of_roles = Group.permissions.through.objects.filter(group__user=user)
    # Not by joins: those look at every permission there is and at all that hold it.
    held = Q(pk__in=own.values("permission")) | Q(pk__in=of_roles.values("permission"))
    return Permission.objects.filter(held).order_by().values_list("content_type__app_label", "codename")


_held = Prepared(_held_by, int)


class NameOrEmail(ModelBackend):
    """One password is hashed whatever was typed, so the time of the answer does not tell which names exist."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **_others: Any
    ) -> Any:
        if not username or password is None:
            return None
        user = known_as(username)
        if user is None:
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Their own and those of their roles at once: every page asks, so one query and not two."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in _held.rows(user_obj.pk)}
        return user_obj._perm_cache


def fold(name: str) -> str:
    """As names to log in with are compared."""
    return unicodedata.normalize("NFKC", name).casefold()


def called(typed: str) -> Q:
    """Whose name or e-mail this is, in any case of letters.

    Databases turn none but Latin letters into each other alike; whoever writes other ones is found among all.
    """
    if typed.isascii():
        return Q(username__iexact=typed) | Q(email__iexact=typed)
    rows = User.objects.order_by().values_list("pk", "username", "email")
    return Q(pk__in=[pk for pk, *names in rows if fold(typed) in map(fold, names)])


def known_as(typed: str) -> User | None:
    """The user of this name; else the only active one with this e-mail. Two with one e-mail use their names."""
    found = list(User.objects.filter(called(typed)))
    exact = [user for user in found if user.username == typed]
    named = exact or [user for user in found if fold(user.username) == fold(typed)]
    if named:
        return named[0] if len(named) == 1 else None
    active = [user for user in found if user.is_active]
    return active[0] if len(active) == 1 else None


def holders(typed: str) -> QuerySet[User]:
    """Whose name or e-mail this is to log in with. What the withdrawn log-in of a client had is free again."""
    return User.objects.filter(called(typed)).exclude(is_guest=True, is_active=False)
