"""The people of the office and the roles they play: whom to ask, who is taken in, what changes about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from desk.databases import attempt
from desk.models import Stale
from staff.domain.role_uses import named_by
from staff.models import User
from trail.domain.operations import operation
from trail.domain.settings import InUse


def keepers() -> list[User]:
    """Those who can give rights: the first few superusers."""
    return list(User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined", "pk")[:3])


def reader(name: str | None) -> User | None:
    """Somebody by their user name; None when there is nobody of that name. Unnamed, a command may read everything:
    whoever runs commands on the office's machine may anyway.
    """
    if name is None:
        return User(username="command", is_superuser=True, is_active=True)
    return User.objects.filter(username=name).first()


def has_anybody() -> bool:
    """Is there somebody who can log in? A new office has nobody until its first administrator is made."""
    return User.objects.filter(is_active=True).exists()


def colleagues() -> QuerySet[User]:
    """Everybody who works here or did; clients who log in are none of them."""
    manages = User.user_permissions.through.objects.filter(user=OuterRef("pk"), permission__in=_to_manage_settings())
    by_role = User.groups.through.objects.filter(user=OuterRef("pk"), group__permissions__in=_to_manage_settings())
    people = User.objects.filter(is_guest=False)
    people = people.annotate(manages_settings=Exists(manages), manages_by_role=Exists(by_role))
    return people.prefetch_related("groups").order_by("-is_active", "first_name", "last_name", "username")


def roles() -> QuerySet[Group]:
    """Every role, with the number of colleagues who play it and log in, and whether anything hangs on it."""
    used = Group.objects.filter(pk=OuterRef("pk")).exclude(user=None, grants=None)
    people = Count("user", filter=Q(user__is_active=True))
    return Group.objects.annotate(people=people, is_used=Exists(used), manages_settings=_may_by_role()).order_by("name")


def _may_by_role() -> Exists:
    held = Group.permissions.through.objects.filter(group=OuterRef("pk"), permission__in=_to_manage_settings())
    return Exists(held)


def roles_that_manage_settings() -> QuerySet[Group]:
    """Roles that were given the right to the settings in the administration: whoever plays one has it."""
    return Group.objects.filter(_may_by_role()).order_by("name")


def version_of(person: User) -> int:
    """The last entry of their history: it moves with every change, their own in the profile too."""
    last = person.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return last or 0


class LastAdministrator(Exception):
    """Nobody would be left to give rights."""


@dataclass(frozen=True)
class Said:
    """What a form says about a person. No password: the one they have stays."""

    facts: dict[str, Any]
    roles: Iterable[Group]
    manages_settings: bool
    password: str = ""


def add_person(said: Said, by: Any) -> User:
    """Take somebody in: a user with roles and a first password."""

    def act() -> User:
        with operation("people", by=by):
            person = User(**said.facts)
            person.set_password(said.password)
            person.save()
            _settle(person, said)
        return person

    return attempt(act)


def keep_person(person: User, said: Said, by: Any, *, seen: str) -> User:
    """Change what was said about somebody; Stale when somebody else changed it since the form was shown.

    LastAdministrator when meanwhile another one stopped being it: two who unmake each other wait for each other here.
    """

    def act() -> User:
        with operation("people", by=by):
            leading = Q(is_superuser=True, is_active=True)
            held = User.objects.select_for_update().filter(leading | Q(pk=person.pk)).order_by("pk")
            kept = next(each for each in held if each.pk == person.pk)
            if str(version_of(kept)) != seen:
                raise Stale(kept)
            changed = [name for name, value in said.facts.items() if getattr(kept, name) != value]
            for name in changed:
                setattr(kept, name, said.facts[name])
            if changed:
                kept.save(update_fields=changed)
            if changed and not User.objects.filter(leading).exists():
                raise LastAdministrator
            if said.password:
                choose_password(kept, said.password)
            _settle(kept, said)
        return kept

    return attempt(act)


def set_password(person: User, password: str, by: Any, kind: str = "profile") -> None:
    """A password somebody chose for themselves. It ends every session but the one that is told of it."""

    def act() -> None:
        with operation(kind, by=by):
            choose_password(person, password)

    attempt(act)


def choose_password(person: User, password: str) -> None:
    """Nothing but the password is written: a colleague may have changed the rest at this very moment."""
    person.set_password(password)
    person.save(update_fields=["password"])


def _settle(person: User, said: Said) -> None:
    if {each.pk for each in said.roles} != set(person.groups.values_list("pk", flat=True)):
        person.groups.set(said.roles)
    held = person.user_permissions.filter(pk__in=_to_manage_settings())
    if said.manages_settings and not held.exists():
        person.user_permissions.add(*_to_manage_settings())
    elif not said.manages_settings:
        person.user_permissions.remove(*held)


def _to_manage_settings() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="staff", codename="manage_settings")


def is_last_administrator(person: User) -> bool:
    """Would nobody be left to give rights without them?"""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    return person.is_superuser and person.is_active and not others.exists()


def add_role(name: str, by: Any) -> Group:
    """A new role, which may nothing yet."""

    def act() -> Group:
        with operation("people", by=by):
            return Group.objects.create(name=name)

    return attempt(act)


def rename_role(pk: int, name: str, by: Any, *, seen: str) -> None:
    """Another name; the role's rights and its people stay. Stale when it is called otherwise than when it was read."""

    def act() -> None:
        with operation("people", by=by):
            role = Group.objects.select_for_update().filter(pk=pk).first()
            if role is None or role.name != seen:
                raise Stale(Group(pk=pk))
            if role.name != name:
                role.name = name
                role.save()

    attempt(act)


def remove_role(role: Group, by: Any) -> None:
    """InUse when somebody plays it or something names it, by now at the latest; Stale when it is gone already."""

    def act() -> None:
        with operation("people", by=by):
            going = Group.objects.select_for_update().filter(pk=role.pk).first()
            if going is None:
                raise Stale(role)
            if going.user_set.exists() or named_by(going):
                raise InUse
            going.delete()

    try:
        attempt(act)
    except IntegrityError as error:
        raise InUse from error
