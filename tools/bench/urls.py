"""The office's own pages, and the floor they are measured against."""

from django.urls import path

from crm.urls import handler400, handler403, handler404, handler500, urlpatterns
from tools.bench import floor

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*urlpatterns, path("floor/", floor.page)]
