"""Every list of which views can be kept, by its address: those of counterparties, and of what hangs on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from counterparties.kinds import Kind
from counterparties.pages import lists
from counterparties.pages.asked import Question
from counterparties.pages.contract_list import contract_list
from counterparties.pages.held_list import HeldList
from counterparties.pages.held_question import HeldQuestion
from counterparties.pages.project_list import project_list
from desk.pages.question import ListQuestion


@dataclass(frozen=True)
class AnyList:
    """One list: where it is, what it is called, and how its addresses are read."""

    path: str
    title: str
    _reads: Callable[[QueryDict, Any, Sequence[str]], ListQuestion]

    def question(self, data: QueryDict, decision: Any, remembered: Sequence[str] = ()) -> ListQuestion:
        """What is asked of it, as one person asks."""
        return self._reads(data, decision, remembered)


def every() -> dict[str, AnyList]:
    """Path → the list, in the order of the menu."""
    found = [_of_counterparties(path, kind) for path, kind in lists.lists().items()]
    found += [_of_held(each) for each in (project_list, contract_list)]
    return {each.path: each for each in found}


def read(address: str) -> tuple[AnyList, QueryDict] | None:
    """The list that an address names, and what it asks; None when it is no list of ours."""
    known = every()
    named = lists.parted(address, known)
    return named and (known[named[0]], named[1])


def _of_counterparties(path: str, kind: Kind | None) -> AnyList:
    return AnyList(
        path, lists.title(kind), lambda data, decision, remembered: Question(data, decision, kind, remembered)
    )


def _of_held(held: HeldList) -> AnyList:
    return AnyList(
        held.path, str(held.title), lambda data, decision, remembered: HeldQuestion(held, data, decision, remembered)
    )
