"""Who came in, went out, or was refused at the door, for as long as administrators may ask."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from staff.domain.entering import known_as
from staff.models import Passage
from staff.models.passage import IN, OUT, WRONG

#: Kept so long; a guess under a name that nobody has is gone with the next passage.
TIME = timedelta(days=365)
#: So many stand on the page of a person.
SHOWN = 10


def came_in(user: Any, address: str | None) -> None:
    _note(user, IN, address)


def went_out(user: Any, address: str | None) -> None:
    _note(user, OUT, address)


def was_refused(typed: str, address: str | None) -> None:
    """A wrong password. What was typed for the name is not kept: it may be the password itself.

    A name that nobody has costs the same, so the time of the answer does not tell which names there are.
    """
    _note(known_as(typed), WRONG, address)


def latest_of(user: Any) -> Iterable[Passage]:
    return Passage.objects.filter(user=user).order_by("-at", "-pk")[:SHOWN]


def _note(user: Any, sort: str, address: str | None) -> None:
    Passage.objects.filter(Q(user=None) | Q(at__lt=timezone.now() - TIME)).delete()
    Passage.objects.create(user=user, sort=sort, address=address or None)
