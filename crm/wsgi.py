"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from crm.utf8 import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = utf8_only(get_wsgi_application())

from crm.starting import refuse_known_passwords  # noqa: E402 -- models are there only now

refuse_known_passwords()
