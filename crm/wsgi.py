"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from crm.utf8 import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
application = utf8_only(get_wsgi_application())

from crm.starting import refuse_known_passwords  # noqa: E402 -- models are there only now

refuse_known_passwords()

# What the start has made stays as long as the process: the collector need not walk through its 150,000 things again and
# again, which took 5 % of the time of a list.
gc.collect()
gc.freeze()
# A list makes two thousand things and leaves it three hundred; all two thousand were looked through twice a page (5 %).
gc.set_threshold(5_000)
