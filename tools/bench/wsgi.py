"""The office's door with the floor behind it."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.bench.settings"

from crm.wsgi import application

__all__ = ["application"]
