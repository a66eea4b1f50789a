"""The site map of the office."""

from django.urls import path

urlpatterns: list = []
