"""Answers that no two records share: a plate, a policy number.

Texts are alike as their keys are, so neither case nor accents make another one. Whoever says such an answer holds its
characteristic until the transaction is over, writes, and looks whether somebody else says the same: nobody can say it
in between. No column and no table of its own is needed: values stand in an index by what they say.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import Model, QuerySet

from characteristics.models import Characteristic

#: What somebody says: id of the characteristic, and the content as it is compared.
Answer = tuple[int, Any]
#: Content of each characteristic.
Contents = Mapping[Characteristic, Collection[Any]]


class Shared(IntegrityError):
    """Somebody else says the same already: they were faster, or nobody had looked."""


def owners(model: type[Model], contents: Contents) -> dict[Answer, set[int]]:
    """Who says any of this, archived ones included. One statement, however many characteristics there are."""
    asked = [_rows(model, each, said) for each, said in contents.items() if said]
    found: dict[Answer, set[int]] = defaultdict(set)
    if asked:
        for characteristic, owner, *columns in asked[0].union(*asked[1:], all=True):
            found[characteristic, next(each for each in columns if each is not None)].add(owner)
    return found


#: The columns of a stored value that such an answer may stand in; each row fills one of them.
COLUMNS = ("text_key", "number", "day", "target")


def _rows(model: type[Model], characteristic: Characteristic, said: Collection[Any]) -> QuerySet:
    rows = model._base_manager.filter(characteristic.type.saying(said), characteristic=characteristic.pk)
    return rows.order_by().values_list("characteristic", "counterparty", *COLUMNS)


def hold(ids: Iterable[int]) -> dict[int, Characteristic]:
    """Those of these characteristics whose answers nobody shares, held until the transaction is over."""
    asked = Characteristic.objects.filter(pk__in=set(ids), is_unique=True).order_by("pk")
    return {each.pk: each for each in asked.select_for_update(no_key=True)}


def hold_first(characteristics: Iterable[Characteristic]) -> None:
    """At the beginning of a transaction, before any record is held: so that no two wait for each other in a circle."""
    if ids := [each.pk for each in characteristics if each.is_unique]:
        hold(ids)


def refuse_shared(model: type[Model], contents: Contents) -> None:
    """Shared, if two say any of this. Asked when it is written and its characteristics are held."""
    if any(len(each) > 1 for each in owners(model, contents).values()):
        raise Shared("answers that nobody shares are said twice")
