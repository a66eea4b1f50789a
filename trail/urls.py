"""The pages of what happened, as a site map."""

from django.urls import path

from trail.pages.operation import operation
from trail.pages.operation_list import operations
from trail.pages.operation_sheet import operations_sheet
from trail.pages.reasons import rules
from trail.pages.undo import undo

urlpatterns = [
    path("settings/reasons/", rules, name="reasons"),
    path("operations/", operations, name="operations"),
    path("operations/sheet.xlsx", operations_sheet, {"ending": "xlsx"}, name="operations-xlsx"),
    path("operations/sheet.csv", operations_sheet, {"ending": "csv"}, name="operations-csv"),
    path("operations/<int:pk>/", operation, name="operation"),
    path("operations/<int:pk>/undo/", undo, name="operation-undo"),
]
