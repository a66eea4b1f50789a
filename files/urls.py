"""The one address of files."""

from django.urls import path

from files.pages.files import file

urlpatterns = [path("files/<int:pk>/", file, name="file")]
