"""The pages of rights, as a site map."""

from django.urls import path

from rights.pages import looking
from rights.pages.copying import copy
from rights.pages.matrix import of_type
from rights.pages.whole import whole

urlpatterns = [
    path("settings/rights/", whole, name="rights"),
    path("settings/rights/look/", looking.look, name="look"),
    path("settings/rights/look/stop/", looking.stop, name="look-stop"),
    path("settings/types/<slug:code>/rights/", of_type, name="type-rights"),
    path("settings/types/<slug:code>/rights/copy/", copy, name="type-rights-copy"),
]
