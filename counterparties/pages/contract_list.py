"""All contracts, at one glance: with whom, about what, for how much, and which of them end soon."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from characteristics.domain import nomenclatures
from counterparties.domain import agreements
from counterparties.domain.scope import Scope
from counterparties.models import Contract
from counterparties.pages import held_filters, standing
from counterparties.pages.held_columns import Amount, Company, Day, Itself, Named, OneOf, Owner, Standing
from counterparties.pages.held_list import HeldList
from desk.columns import Column, Fact
from desk.pages.filters import Filter


class ContractList(HeldList):
    code, model, title = "contracts", Contract, gettext_lazy("Contracts")
    empty_title = gettext_lazy("No contracts yet")
    empty_text = gettext_lazy("A contract is added on the dossier of the counterparty it was signed with.")
    find_words = gettext_lazy("Search number, subject, counterparty")
    sorted_by = "number"
    own_columns = ("number", "subject", "counterparty", "type", "state", "starts", "ends", "amount")

    def columns(self, decision: Any) -> list[Column]:
        states, today = standing.of_contracts(), timezone.localdate()
        return [
            Itself("number", pgettext("contract", "Number"), "contracts", "contract"),
            Fact("subject", _("Subject"), "long cut"),
            Owner(_("Counterparty"), decision),
            OneOf("type", _("Type"), "contract_type_id", type_names(), ("number_key", "pk")),
            Named("project", _("Project"), agreements.project_names),
            Company(_("Own company"), decision),
            Standing(pgettext("contract", "State"), lambda record: standing.of_contract(record, states, today)),
            Day("starts", _("Starts"), "starts_on"),
            Day("ends", _("Ends"), "ends_on"),
            Amount(_("Amount")),
            Fact("currency", _("Currency"), "country"),
            Day("remind", _("Reminder"), "remind_on", sorts=False),
        ]

    def filters(self, data: QueryDict, decision: Any) -> list[Filter]:
        states, today = standing.of_contracts(), timezone.localdate()
        own = agreements.own_company_type(decision)
        return [
            held_filters.Search(Contract, decision),
            held_filters.InState(
                "state", pgettext("contract", "State"), states, lambda codes: agreements.in_state(codes, today)
            ),
            *held_filters.of_whom(data, decision),
            held_filters.OfContractType(),
            held_filters.OfProject(data.getlist("project"), Scope(decision)),
            *([held_filters.OfCounterparty("company", _("Own company"), "company", decision, own)] if own else []),
            held_filters.Between("starts", _("Starts"), "starts_on"),
            held_filters.Between("ends", _("Ends"), "ends_on"),
            held_filters.EndsWithin(),
            held_filters.OfArchived(),
        ]


def type_names() -> dict[int, str]:
    """Types of contracts by id, in the order of the office's own list."""
    nomenclature = nomenclatures.called("contract-type")
    if nomenclature is None:
        return {}
    labels = {each.pk: each.label for each in nomenclatures.elements(nomenclature)}
    return {pk: labels[pk] for pk in nomenclatures.ranks(nomenclature)}


contract_list = ContractList()
