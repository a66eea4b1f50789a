"""The office's own settings, with what makes tests quick and keeps them apart from the office beside them."""

import tempfile

from crm.settings import *  # noqa: F403
from crm.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES

# Says at once when a page asks the database row by row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_RAISE = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = tempfile.mkdtemp(prefix="office-media-")
WHITENOISE_AUTOREFRESH = True
