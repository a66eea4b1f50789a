"""The office's own settings, with what makes tests quick and keeps them apart from the office beside them."""

import os

from crm.settings import *  # noqa: F403
from crm.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES
from tests.ready import READY
from tests.scratch import Scratch

SCRATCH = Scratch()

# Says at once when a page asks the database row by row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = f"{SCRATCH.name}/media"
# SQLite in a file, as offices have it. In memory all threads of a served office would share one connection, and a
# thread that waits for it while it holds the interpreter stops them all.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{SCRATCH.name}/office.sqlite3"}
    # The last one counts: nothing of the tests has to survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ.get(READY)}
WHITENOISE_AUTOREFRESH = True
