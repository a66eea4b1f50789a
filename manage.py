#!/usr/bin/env python
"""The commands of the office: `python manage.py help` lists them."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

#: What makes very much and soon ends: of an empty office ten thousand classes, one for each model a migration touches.
SOON_OVER = {"migrate", "start_office"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    if SOON_OVER & set(sys.argv[1:2]):
        # Looked through less often for what may go, a first start computes 17 s instead of 24, and takes 200 MB more.
        gc.set_threshold(1_000_000, 50, 50)
    execute_from_command_line(sys.argv)
