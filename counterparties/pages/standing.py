"""How projects and contracts stand, in the office's words and colours."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from counterparties.models.contract import contract_state, contract_states
from counterparties.models.project import project_states

COLORS = {
    "planned": "violet", "running": "green", "on-hold": "amber", "done": "slate", "given-up": "red",
    "coming": "violet", "soon": "amber", "ended": "slate",
}  # fmt: skip


@dataclass(frozen=True)
class State:
    """A word with its colour."""

    code: str
    label: str

    @property
    def html(self) -> SafeString:
        return format_html('<span class="state s-{}">{}</span>', COLORS.get(self.code, "slate"), self.label)


def of_projects() -> dict[str, State]:
    return {code: State(code, str(capfirst(word))) for code, word in project_states()}


def of_contracts() -> dict[str, State]:
    return {code: State(code, str(capfirst(word))) for code, word in contract_states()}


def of_contract(contract: Any, states: dict[str, State], today: date) -> State:
    """How one stands; a bare row of a sheet will do."""
    return states[contract_state(contract.starts_on, contract.ends_on, contract.remind_on, today)]
