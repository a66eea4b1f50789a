"""The pages of what happened, as a site map."""

from django.urls import path

from trail.pages.operation import operation
from trail.pages.operation_list import operations

urlpatterns = [
    path("operations/", operations, name="operations"),
    path("operations/<int:pk>/", operation, name="operation"),
]
