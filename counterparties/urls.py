"""The pages of counterparties, as a site map."""

from django.urls import path

from counterparties.kinds import kinds
from counterparties.pages import statuses, types, types_edit, view_acts, views
from counterparties.pages.addresses import addresses
from counterparties.pages.alike import alike
from counterparties.pages.analysis import analysis, analysis_sheet
from counterparties.pages.archive import archive, restore
from counterparties.pages.as_of import as_of
from counterparties.pages.bank_accounts import accounts
from counterparties.pages.card import edit, new
from counterparties.pages.contacts import contacts
from counterparties.pages.contract_list import contract_list
from counterparties.pages.contracts import contracts
from counterparties.pages.documents import documents
from counterparties.pages.dossier import dossier
from counterparties.pages.history_sheet import history_sheet
from counterparties.pages.joining import join
from counterparties.pages.joining_whom import join_two
from counterparties.pages.memberships import memberships
from counterparties.pages.notes import notes
from counterparties.pages.project_list import project_list
from counterparties.pages.projects import projects
from counterparties.pages.quick import quick
from counterparties.pages.register import register
from counterparties.pages.sheet import sheet
from counterparties.pages.suggest import suggest

urlpatterns = [
    path("counterparties/", register, name="register"),
    path("counterparties/sheet.xlsx", sheet, {"ending": "xlsx"}, name="register-xlsx"),
    path("counterparties/sheet.csv", sheet, {"ending": "csv"}, name="register-csv"),
    path("counterparties/analysis/", analysis, name="analysis"),
    path("counterparties/analysis/sheet.xlsx", analysis_sheet, {"ending": "xlsx"}, name="analysis-xlsx"),
    path("counterparties/analysis/sheet.csv", analysis_sheet, {"ending": "csv"}, name="analysis-csv"),
    path("counterparties/suggest/", suggest, name="suggest"),
    path("counterparties/alike/", alike, name="alike"),
    path("counterparties/join/", join_two, name="counterparty-join-two"),
    path("counterparties/new/", new, name="card-new"),
    path("clients/quick/", quick, name="client-quick"),
    path("counterparties/<int:pk>/", dossier, name="counterparty"),
    path("counterparties/<int:pk>/history/", dossier, {"tab": "history"}, name="counterparty-history"),
    path("counterparties/<int:pk>/as-of/", as_of, name="counterparty-as-of"),
    path("counterparties/<int:pk>/history/sheet.xlsx", history_sheet, {"ending": "xlsx"}, name="history-xlsx"),
    path("counterparties/<int:pk>/history/sheet.csv", history_sheet, {"ending": "csv"}, name="history-csv"),
    path("counterparties/<int:pk>/edit/", edit, name="card-edit"),
    path("counterparties/<int:pk>/archive/", archive, name="counterparty-archive"),
    path("counterparties/<int:pk>/restore/", restore, name="counterparty-restore"),
    path("counterparties/<int:pk>/join/", join, name="counterparty-join"),
    *contacts.paths(),
    *addresses.paths(),
    *accounts.paths(),
    *documents.paths(),
    *notes.paths(),
    *memberships.paths(),
    *projects.paths(),
    *contracts.paths(),
    *project_list.paths(),
    *contract_list.paths(),
]

urlpatterns += [
    path("settings/types/", types.types, name="types"),
    path("settings/types/new/", types_edit.new, name="type-new"),
    path("settings/types/<slug:code>/edit/", types_edit.edit, name="type-edit"),
    *types.acts.paths("settings/types/<slug:code>/", "type", "up", "down", "move"),
    path("settings/statuses/", statuses.statuses, name="statuses"),
    path("settings/statuses/new/", statuses.new, name="status-new"),
    path("settings/statuses/<slug:code>/edit/", statuses.edit, name="status-edit"),
    *statuses.acts.paths("settings/statuses/<slug:code>/", "status"),
]

urlpatterns += [
    path("views/", views.views, name="views"),
    path("views/new/", views.new, name="view-new"),
    path("views/columns/", view_acts.remember, name="view-columns"),
    path("views/<int:pk>/", views.open_view, name="view"),
    path("views/<int:pk>/edit/", views.edit, name="view-edit"),
    path("views/<int:pk>/update/", view_acts.update, name="view-update"),
    path("views/<int:pk>/delete/", view_acts.delete, name="view-delete"),
    path("views/<int:pk>/up/", view_acts.up, name="view-up"),
    path("views/<int:pk>/down/", view_acts.down, name="view-down"),
]

# One list for each kind, as many as there are kinds.
for kind in kinds:
    urlpatterns += [
        path(f"{kind.path}/", register, {"kind": kind}, name=f"{kind.code}-list"),
        path(f"{kind.path}/sheet.xlsx", sheet, {"kind": kind, "ending": "xlsx"}, name=f"{kind.code}-xlsx"),
        path(f"{kind.path}/sheet.csv", sheet, {"kind": kind, "ending": "csv"}, name=f"{kind.code}-csv"),
    ]
