"""The settings of an office server, with one page more: the floor that its pages are measured against."""

from crm.settings import *  # noqa: F403
from crm.settings import BASE_DIR, VAR

ROOT_URLCONF = "tools.bench.urls"
WSGI_APPLICATION = "tools.bench.wsgi.application"
STATIC_ROOT = VAR / "bench" / "static"
LOCALE_PATHS = [BASE_DIR / "locale"]
