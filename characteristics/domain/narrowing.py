"""Limits that are drawn tighter: refused while something that was said would lie beyond them."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from characteristics.domain import usage, uses
from characteristics.models import Characteristic

#: What may come to lie beyond each of them.
LIMITS = ("minimum", "maximum", "max_length", "pattern", "is_unique")


class Beyond(ValidationError):
    """What was said lies beyond a limit; tells of which, and whose it is."""

    def __init__(self, name: str, sentence: str, owners: Sequence[int]) -> None:
        super().__init__({name: sentence})
        self.name, self.sentence, self.owners = name, sentence, owners


def check(kept: Characteristic, facts: Mapping[str, Any]) -> None:
    """ValidationError when limits contradict each other; Beyond, when what stands in the books would break one."""
    wanted = copy(kept)
    for name, fact in facts.items():
        setattr(wanted, name, fact)
    wanted.type.tidy(wanted, kept)
    for name in LIMITS:
        limit = getattr(wanted, name)
        if limit and limit != getattr(kept, name) and (found := usage.beyond(wanted, name)).count:
            raise Beyond(name, _sentence(name, found.count), found.owners)


def _sentence(name: str, count: int) -> str:
    told = {"count": uses.number(count)}
    if name == "is_unique":
        sentence = ngettext(
            "%(count)s value is said by another counterparty too. Correct it first.",
            "%(count)s values are said by more than one counterparty. Correct them first.",
            count,
        )
        return sentence % told
    sentence = ngettext(
        "%(count)s value that was said lies beyond it. Correct it first, or draw the limit wider.",
        "%(count)s values that were said lie beyond it. Correct them first, or draw the limit wider.",
        count,
    )
    return sentence % told
