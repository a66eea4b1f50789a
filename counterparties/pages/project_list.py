"""All projects, at one glance: whose they are, how they stand, when they end."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.models import Project
from counterparties.pages import held_filters, standing
from counterparties.pages.held_columns import Day, Itself, Owner, SaidByKey, Status
from counterparties.pages.held_list import HeldList
from desk.columns import Column
from desk.pages.filters import Filter


class ProjectList(HeldList):
    code, model, title = "projects", Project, gettext_lazy("Projects")
    empty_title = gettext_lazy("No projects yet")
    empty_text = gettext_lazy("A project is added on the dossier of the counterparty it is for.")
    find_words = gettext_lazy("Search name, code, counterparty")
    own_columns = ("code", "name", "counterparty", "status", "starts", "ends")

    def columns(self, decision: Any) -> list[Column]:
        return [
            SaidByKey("code", _("Code"), "code", order_by=("code_key",)),
            Itself("name", _("Name"), "projects", "project"),
            Owner(_("Counterparty"), decision),
            Status(_("Status"), standing.of_projects(), ("name_key", "pk")),
            Day("starts", _("Starts"), "starts_on"),
            Day("ends", _("Ends"), "ends_on"),
        ]

    def filters(self, data: QueryDict, decision: Any) -> list[Filter]:
        return [
            held_filters.Search(Project, decision),
            held_filters.InState("status", _("Status"), standing.of_projects()),
            *held_filters.of_whom(data, decision),
            held_filters.Between("starts", _("Starts"), "starts_on"),
            held_filters.Between("ends", _("Ends"), "ends_on"),
            held_filters.EndsWithin(),
            held_filters.OfArchived(),
        ]


project_list = ProjectList()
