"""The pages of the portal, as a site map; the first ones are the client's own."""

from django.urls import path

from portal.pages.agreements import agreements
from portal.pages.documents import documents
from portal.pages.letters import again
from portal.pages.log_in import invite, withdraw
from portal.pages.notes import notes
from portal.pages.overview import overview
from portal.pages.password import password
from portal.pages.proposals import proposal
from portal.pages.proposals_list import listed
from portal.pages.proposing import propose
from portal.pages.welcome import welcome

urlpatterns = [
    path("portal/", overview, name="portal"),
    path("portal/documents/", documents, name="portal-documents"),
    path("portal/agreements/", agreements, name="portal-agreements"),
    path("portal/notes/", notes, name="portal-notes"),
    path("portal/propose/", propose, name="portal-propose"),
    path("portal/password/", password, name="portal-password"),
    path("portal/welcome/<int:pk>/<str:token>/", welcome, name="portal-welcome"),
    path("counterparties/<int:pk>/log-in/invite/", invite, name="log-in-invite"),
    path("counterparties/<int:pk>/log-in/withdraw/", withdraw, name="log-in-withdraw"),
    path("counterparties/<int:pk>/letters/<int:letter_pk>/again/", again, name="letter-again"),
    path("proposals/", listed, name="proposals"),
    path("proposals/<int:pk>/", proposal, name="proposal"),
]
