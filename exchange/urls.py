"""The pages of exchange, as a site map."""

from django.urls import path

from exchange.pages.bulk import bulk

urlpatterns = [
    path("counterparties/bulk/", bulk, name="bulk"),
]
