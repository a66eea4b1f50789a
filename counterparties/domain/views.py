"""Saved views: lists kept under a name, each with its filters, columns and order, for oneself or for a role.

The columns somebody chose for a list are a view of theirs without a name, so they have a history like everything else.
Only its owner changes a view.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from counterparties.models import SavedView
from counterparties.models.saved_view import LONGEST
from desk import text
from desk.databases import Prepared, attempt
from desk.models import Stale
from desk.ordering import Places, close_up
from staff.models import User
from trail.domain import settings
from trail.domain.operations import operation
from trail.domain.twice import Twice, came_since, says_same

KIND = "view"

Pairs = Iterable[tuple[str, str]]


def seen_by(user: Any) -> QuerySet[SavedView]:
    """What somebody may open: their own views, and those shared with a role of theirs."""
    return _seen_by(user.pk).select_related("user", "role")


def of_list(user: Any, path: str) -> list[SavedView]:
    """What somebody may open in one list, with whose it is; their own columns of it among them."""
    return [_read(row) for row in _of_list.rows(user.pk, path)]


def _seen_by(user: int) -> QuerySet[SavedView]:
    roles = Group.objects.filter(user=user).order_by().values("pk")
    return SavedView.objects.filter(Q(user=user) | Q(role__in=roles))


#: What a view and the name of its owner are read from; every list shows them, and most lists have none.
_VIEW = [field.attname for field in SavedView._meta.concrete_fields]
_PERSON = ["id", "first_name", "last_name", "username"]
_of_list = Prepared(
    lambda user, path: _seen_by(user).filter(path=path).values_list(*_VIEW, *[f"user__{name}" for name in _PERSON]),
    int,
    str,
)


def _read(row: Sequence[Any]) -> SavedView:
    view = SavedView.from_db(DEFAULT_DB_ALIAS, _VIEW, row[: len(_VIEW)])
    view.user = User.from_db(DEFAULT_DB_ALIAS, _PERSON, row[len(_VIEW) :])
    return view


def named(user: Any, path: str) -> QuerySet[SavedView]:
    """Somebody's own views of one list, in their order."""
    return SavedView.objects.filter(user=user, path=path).exclude(name="")


def add(user: Any, path: str, pairs: Pairs, facts: Mapping[str, Any], opened_at: datetime | None = None) -> SavedView:
    """Keep a list under a name, behind the other views of that list.

    Of a form that was ``opened_at`` some moment and is sent twice, the view that was kept first is given.
    """

    def act() -> SavedView:
        with operation(KIND, by=user):
            places(user, path).hold()
            view = SavedView(user=user, path=path, query=_written(pairs), **facts)
            same = namesake(view)
            if same and came_since(same, opened_at, user) and says_same(same, view, {"id", "position"}):
                raise Twice(same)
            view.position = named(user, path).count() + 1
            _make_room(view)
            view.save()
        return view

    try:
        return attempt(act)
    except Twice as sent:
        return sent.there


def change(view: SavedView, facts: Mapping[str, Any]) -> SavedView:
    """Another name, another role, or the view the list opens with."""

    def act() -> SavedView:
        with operation(KIND, by=view.user):
            kept = _held(view)
            for fact, value in facts.items():
                setattr(kept, fact, value)
            _make_room(kept)
            kept.save()
        return kept

    return attempt(act)


def ask_anew(view: SavedView, pairs: Pairs) -> None:
    """The view shows from now on what is asked here."""

    def act() -> None:
        with operation(KIND, by=view.user):
            kept = _held(view)
            kept.query = _written(pairs)
            kept.save()

    attempt(act)


def delete(view: SavedView) -> None:
    """The view goes; the list and everything in it stay."""

    def act() -> None:
        with operation(KIND, by=view.user):
            kept = _held(view)
            kept.delete()
            close_up(named(kept.user_id, kept.path))

    attempt(act)


def step(view: SavedView, by_places: int) -> None:
    """One arrow up (-1) or down (1) among the owner's views of that list."""

    def act() -> None:
        with operation(KIND, by=view.user):
            settings.step(view, places(view.user_id, view.path), by_places, by=view.user)

    attempt(act)


def remember_columns(user: Any, path: str, columns: Sequence[str]) -> None:
    """These columns stand in the list whenever its address names none; without any it has its own again."""

    def act() -> None:
        with operation(KIND, by=user):
            places(user, path).hold()
            view = SavedView.objects.filter(user=user, path=path, name="").first()
            if columns:
                view = view or SavedView(user=user, path=path)
                view.query = _written([("columns", key) for key in columns])
                view.save()
            elif view:
                view.delete()

    attempt(act)


def places(user: Any, path: str) -> Places:
    """One person moves and names one view at a time: their own row is the lock."""
    return Places(siblings=named(user, path), lock=User.objects.filter(pk=getattr(user, "pk", user)))


def _held(view: SavedView) -> SavedView:
    """The view as it is now, while its owner changes nothing else; Stale when it is gone."""
    places(view.user_id, view.path).hold()
    kept = SavedView.objects.filter(pk=view.pk).first()
    if kept is None:
        raise Stale(view)
    return kept


def namesake(view: SavedView) -> SavedView | None:
    """Another view that its owner has of this list under the same name."""
    others = SavedView.objects.filter(user=view.user_id, path=view.path).exclude(pk=view.pk)
    return next((each for each in others if text.key(each.name) == text.key(view.name)), None)


def taken_words(other: SavedView) -> str:
    if not other.name:
        return _("You chose other columns for this list since.")
    return _("You have a view “%(name)s” of this list already. Choose another name.") % {"name": other.name}


def _make_room(view: SavedView) -> None:
    """No other view of this list has its name, and none but it opens the list."""
    if other := namesake(view):
        raise ValidationError({"name": taken_words(other)})
    if view.is_default:
        for other in named(view.user_id, view.path).filter(is_default=True).exclude(pk=view.pk):
            other.is_default = False
            other.save()


def _written(pairs: Pairs) -> str:
    query = urlencode(list(pairs))
    if len(query) > LONGEST:
        raise ValidationError(
            _("This list asks for too much to be kept: choose fewer values or columns, then save the view again.")
        )
    return query
