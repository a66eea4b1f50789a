"""The pages of exchange, as a site map."""

from django.urls import path

from exchange.pages.bulk import bulk
from exchange.pages.imports_template import template
from exchange.pages.exports import export, exports
from exchange.pages.exports_new import new as export_new

urlpatterns = [
    path("counterparties/bulk/", bulk, name="bulk"),
    path("imports/template/<slug:code>.xlsx", template, name="import-template"),
    path("exports/", exports, name="exports"),
    path("exports/new/", export_new, name="export-new"),
    path("exports/<int:pk>/", export, name="export"),
]
