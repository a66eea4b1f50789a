"""A chunk of a sheet made ready: what is left to do when nobody else may write is to write it."""

from dataclasses import dataclass
from typing import Any

from counterparties.domain import numbering
from counterparties.domain.in_bulk import answers, as_clients, writing
from counterparties.models import Counterparty
from desk import text

from .as_clients import Said
from .judging import Judge, Verdict
from .plan import Plan


@dataclass
class Ready:
    """Rows for the database. New counterparties have no ids yet: what is theirs names them by their places."""

    #: Of each new one the number of its row, and itself.
    numbers: list[int]
    new: list[list[Any]]
    said: list[list[Any]]
    changed: writing.Changed
    answered: writing.Answered
    as_clients: list[tuple[Counterparty, Said]]
    #: Those of the new ones of whom something is kept as of clients, by their places.
    clients: dict[int, Counterparty]


def made_ready(verdict: Verdict, judge: Judge) -> Ready:
    """All that takes thought; not of a plan with missing elements, which are made with the rows themselves.

    Codes that are drawn here are nobody else's any more, whatever becomes of the rows.
    """
    judge.give_types(verdict)
    _number(verdict, judge)
    for one, said in verdict.as_clients:
        if said.owner is None and said.is_called_otherwise and said.client:
            one.call_as_client(said.client.company_name)
    new = [made for _draft, made in verdict.new]
    owners = {id(one) for one, _said in verdict.as_clients}
    values = [value for place, (draft, _made) in enumerate(verdict.new) for value in judge.answers.of_new(draft, place)]
    return Ready(
        numbers=[draft.number for draft, _made in verdict.new],
        new=writing.newcomers(new),
        said=answers.Rows().of(values),
        changed=writing.changes(verdict.changed, [stored for _draft, stored in verdict.touched]),
        answered=writing.answered(verdict.values.new, verdict.values.changed, verdict.values.gone),
        as_clients=verdict.as_clients,
        clients={place: made for place, made in enumerate(new) if id(made) in owners},
    )


def write(decided: Verdict | Ready, judge: Judge) -> None:
    """Write down what was decided of a chunk, within an operation."""
    judge.unshared.hold()
    if isinstance(decided, Verdict):
        if judge.plan.missing:
            judge.plan.missing.add(decided, judge.answers.asked)
        decided = made_ready(decided, judge)
    ids = writing.add_rows(decided.new)
    for number, pk in zip(decided.numbers, ids, strict=True):
        judge.taken.note("counterparty", pk, number)
    decided.changed.write()
    answers.own(decided.said, ids)
    decided.answered.new[:0] = decided.said
    decided.answered.write()
    for place, made in decided.clients.items():
        made.pk = ids[place]
    as_clients.keep(decided.as_clients)


def _number(verdict: Verdict, judge: Judge) -> None:
    """Codes for those that came without one; no other row of the sheet may mean them afterwards."""
    without = [(said, made) for said, made in reversed(verdict.new) if not made.code]
    sort = sort_of_codes(judge.plan)
    while without:
        for code in numbering.take(len(without)):
            if not judge.taken.has(sort, text.key(code)):
                said, made = without.pop()
                made.code = code
                judge.taken.note(sort, text.key(code), said.number)


def sort_of_codes(plan: Plan) -> str:
    return "key" if plan.key == "code" else "code"
