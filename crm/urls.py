"""The site map of the office. An app brings its pages by having a `urls.py`.

`/healthz` and `/readyz` are not here: `desk.pages.health` answers them before anything else is asked.
"""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from counterparties.pages.home import home
from desk.pages.finding import find
from desk.pages.settings import settings
from desk.pages.shell import mark
from staff.pages.administration import way_in

WITH_PAGES = ("trail", "staff", "files", "characteristics", "counterparties", "rights", "exchange", "portal")

urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", mark),
    path("find/", find, name="find"),
    path("settings/", settings, name="settings"),
    *[path("", include(f"{app}.urls")) for app in WITH_PAGES if find_spec(f"{app}.urls")],
    path("admin/login/", way_in),
    path("admin/password_change/", RedirectView.as_view(url="/profile/password/")),
    path("admin/", admin.site.urls),
]

handler400 = "desk.pages.errors.bad_request"
handler403 = "rights.pages.refusals.forbidden"
handler404 = "desk.pages.errors.not_found"
handler500 = "desk.pages.errors.failed"
