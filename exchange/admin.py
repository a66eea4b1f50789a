"""Jobs are seen on /jobs/, each by its owner: the queue's own page of administration would show all of them to anybody
who gets there, with what was said, and could only break the queue."""

import django_tasks_db.admin  # noqa: F401 -- it registers first, whichever is found first
from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
