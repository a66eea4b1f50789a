"""The settings of characteristics and nomenclatures, as a site map."""

from django.urls import path

from characteristics.pages import (
    characteristics,
    characteristics_edit,
    elements,
    elements_edit,
    elements_many,
    nomenclatures,
)

NOMENCLATURE = "settings/nomenclatures/<str:code>/"
ELEMENT = f"{NOMENCLATURE}elements/<str:element>/"

urlpatterns = [
    path("settings/characteristics/", characteristics.characteristics, name="characteristics"),
    path("settings/characteristics/new/", characteristics_edit.new, name="characteristic-new"),
    path("settings/characteristics/<str:code>/edit/", characteristics_edit.edit, name="characteristic-edit"),
    *characteristics.acts.paths("settings/characteristics/<str:code>/", "characteristic"),
    path("settings/nomenclatures/", nomenclatures.nomenclatures, name="nomenclatures"),
    path("settings/nomenclatures/new/", nomenclatures.new, name="nomenclature-new"),
    path(f"{NOMENCLATURE}edit/", nomenclatures.edit, name="nomenclature-edit"),
    *nomenclatures.acts.paths(NOMENCLATURE, "nomenclature", "stop", "start", "up", "down", "move"),
    path(NOMENCLATURE, elements.elements, name="elements"),
    path(f"{NOMENCLATURE}paste/", elements_many.paste, name="elements-paste"),
    path(f"{NOMENCLATURE}import/", elements_many.take_in, name="elements-import"),
    path(f"{NOMENCLATURE}sheet.xlsx", elements_many.sheet, {"ending": "xlsx"}, name="elements-xlsx"),
    path(f"{NOMENCLATURE}sheet.csv", elements_many.sheet, {"ending": "csv"}, name="elements-csv"),
    path(f"{NOMENCLATURE}elements/new/", elements_edit.new, name="element-new"),
    path(f"{ELEMENT}edit/", elements_edit.edit, name="element-edit"),
    path(f"{ELEMENT}stop/", elements.stop, name="element-stop"),
    *elements.acts.paths(ELEMENT, "element", "stop"),
]
