"""The pages of exchange, as a site map."""

from django.urls import path

from exchange.pages import jobs_one
from exchange.pages.bulk import bulk
from exchange.pages.exports import export, exports
from exchange.pages.exports_new import new as export_new
from exchange.pages.imports import imports
from exchange.pages.imports_one import cancel, go_on, one, refused, run
from exchange.pages.imports_template import template
from exchange.pages.jobs import jobs

urlpatterns = [
    path("counterparties/bulk/", bulk, name="bulk"),
    path("exports/", exports, name="exports"),
    path("exports/new/", export_new, name="export-new"),
    path("exports/<int:pk>/", export, name="export"),
    path("jobs/", jobs, name="jobs"),
    path("jobs/<int:pk>/", jobs_one.job, name="job"),
    path("jobs/<int:pk>/progress/", jobs_one.progress, name="job-progress"),
    path("jobs/<int:pk>/cancel/", jobs_one.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", jobs_one.retry, name="job-retry"),
    path("imports/", imports, name="imports"),
    path("imports/template/<slug:code>.xlsx", template, name="import-template"),
    path("imports/<int:pk>/", one, name="import"),
    path("imports/<int:pk>/run/", run, name="import-run"),
    path("imports/<int:pk>/go-on/", go_on, name="import-go-on"),
    path("imports/<int:pk>/cancel/", cancel, name="import-cancel"),
    path("imports/<int:pk>/refused.xlsx", refused, name="import-refused"),
]
