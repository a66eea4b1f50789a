"""Statuses, characteristics and nomenclatures in Django admin."""

import re

import pytest

from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.models import Status
from tests.administration.addresses import STATUSES
from tests.factories import make_characteristic, make_nomenclature


def test_a_save_is_an_operation_of_its_person(implementer, ivo):
    status = Status.objects.get(code="on-hold")

    answer = implementer.post(
        f"{STATUSES}{status.pk}/change/", {"name": "Waiting", "color": "red", "seen": status.version}
    )

    recorded = status.history.latest()
    assert answer.status_code == 302
    assert (recorded.name, recorded.operation.kind, recorded.operation.user, recorded.history_user) == (
        "Waiting",
        "admin",
        ivo,
        ivo,
    )


def test_the_second_of_two_savers_is_told(implementer):
    status = Status.objects.get(code="on-hold")
    read = status.version
    implementer.post(f"{STATUSES}{status.pk}/change/", {"name": "First", "color": "red", "seen": read})

    answer = implementer.post(f"{STATUSES}{status.pk}/change/", {"name": "Second", "color": "red", "seen": read})

    status.refresh_from_db()
    assert answer.status_code == 409
    assert status.name == "First"


def test_a_code_is_fixed_once_the_thing_exists(implementer):
    status = Status.objects.get(code="on-hold")

    implementer.post(
        f"{STATUSES}{status.pk}/change/", {"code": "other", "name": "Waiting", "color": "red", "seen": status.version}
    )

    status.refresh_from_db()
    assert (status.code, status.name) == ("on-hold", "Waiting")


def test_a_new_status_stands_last(implementer):
    implementer.post(f"{STATUSES}add/", {"code": "new-one", "name": "New one", "color": "red"})

    assert list(Status.objects.values_list("code", flat=True))[-1] == "new-one"
    assert len(set(Status.objects.values_list("position", flat=True))) == Status.objects.count()


def test_a_code_in_cyrillic_gets_a_proposal(implementer):
    answer = implementer.post(f"{STATUSES}add/", {"code": "Ключов", "name": "X", "color": "red"})

    assert answer.status_code == 200
    assert "klyuchov" in answer.content.decode()


def test_statuses_are_stopped_and_started(implementer, ivo):
    status = Status.objects.get(code="on-hold")

    implementer.post(STATUSES, {"action": "stop", "_selected_action": [status.pk]})
    status.refresh_from_db()
    assert status.is_stopped
    assert (status.history.latest().operation.kind, status.history.latest().operation.user) == ("admin", ivo)

    implementer.post(STATUSES, {"action": "start", "_selected_action": [status.pk]})
    status.refresh_from_db()
    assert not status.is_stopped


def test_the_status_of_new_counterparties_is_not_stopped_and_the_others_are(implementer):
    default, other = Status.objects.get(is_default=True), Status.objects.get(code="on-hold")

    page = implementer.post(STATUSES, {"action": "stop", "_selected_action": [default.pk, other.pk]}, follow=True)

    assert list(Status.objects.filter(stopped_at__isnull=False)) == [other]
    assert f"New counterparties begin as {default}." in page.content.decode()


def test_one_status_is_for_new_counterparties(implementer):
    status = Status.objects.get(code="negotiating")

    implementer.post(STATUSES, {"action": "make_default", "_selected_action": [status.pk]})

    assert list(Status.objects.filter(is_default=True)) == [status]


def test_what_values_depend_on_is_fixed(implementer, client_type):
    motto = make_characteristic("motto", "text", client_type)
    page = f"/admin/characteristics/characteristic/{motto.pk}/change/"

    implementer.post(
        page, {"name": "Motto", "type_code": "number", "code": "other", "unit": "m", "seen": motto.version}
    )

    motto.refresh_from_db()
    assert (motto.code, motto.type_code, motto.unit) == ("motto", "text", "m")


@pytest.mark.parametrize(("type_code", "is_system"), [("text", True), ("with_package", False)])
def test_a_system_characteristic_is_seen_and_not_changed(implementer, client_type, type_code, is_system):
    packages = make_nomenclature("packages", "box") if type_code == "with_package" else None
    made = make_characteristic("secret", type_code, client_type, is_system=is_system, nomenclature=packages)
    page = f"/admin/characteristics/characteristic/{made.pk}/change/"

    assert implementer.get(page).status_code == 200
    assert implementer.post(page, {"name": "Other", "seen": made.version}).status_code == 403


def test_a_characteristic_of_a_nomenclature_needs_one(implementer):
    answer = implementer.post(
        "/admin/characteristics/characteristic/add/", {"code": "grade", "name": "Grade", "type_code": "nomenclature"}
    )

    assert "Choose a nomenclature, or make this a text characteristic." in answer.content.decode()
    assert not Characteristic.objects.exists()


def test_a_nomenclature_is_made_with_its_elements(implementer, office):
    answer = implementer.post(
        "/admin/characteristics/nomenclature/add/",
        {
            "code": "grade",
            "name": "Grade",
            "elements-TOTAL_FORMS": "2",
            "elements-INITIAL_FORMS": "0",
            "elements-0-code": "a",
            "elements-0-name": "Alpha",
            "elements-1-code": "b",
            "elements-1-name": "Beta",
        },
    )

    assert answer.status_code == 302
    made = Nomenclature.objects.get(code="grade")
    assert list(made.elements.values_list("code", "position")) == [("a", 1), ("b", 2)]


def test_an_element_is_stopped_in_the_page_of_its_nomenclature(implementer, office):
    grade = make_nomenclature("grade", "a")
    element = grade.elements.get()

    answer = implementer.post(
        f"/admin/characteristics/nomenclature/{grade.pk}/change/",
        {
            "name": "Grade",
            "seen": grade.version,
            "elements-TOTAL_FORMS": "1",
            "elements-INITIAL_FORMS": "1",
            "elements-0-id": element.pk,
            "elements-0-nomenclature": grade.pk,
            "elements-0-code": "other",
            "elements-0-name": "Alpha",
            "elements-0-is_off": "on",
        },
    )

    element.refresh_from_db()
    assert answer.status_code == 302
    assert (element.code, element.name, element.is_stopped, element.version) == ("a", "Alpha", True, 2)


@pytest.mark.parametrize("above", ["itself", "below", "elsewhere"])
def test_an_element_stands_only_where_it_may(implementer, office, above):
    grade, other = make_nomenclature("grade", "a", "b"), make_nomenclature("other", "z")
    first, second = grade.elements.all()
    Element.objects.filter(pk=second.pk).update(parent=first)
    places = {"itself": first.pk, "below": second.pk, "elsewhere": other.elements.get().pk}

    answer = implementer.post(
        f"/admin/characteristics/element/{first.pk}/change/",
        {"name": "A", "parent": places[above], "seen": first.version},
    )

    first.refresh_from_db()
    assert answer.status_code == 200
    assert first.parent is None


@pytest.mark.parametrize("address", ["characteristics/nomenclature/add/", "counterparties/counterpartytype/add/"])
def test_a_field_in_a_table_is_named_for_those_who_hear_it(implementer, address):
    page = implementer.get(f"/admin/{address}").content.decode()

    fields = re.findall(r'<(?:input|select)[^>]* id="id_(?:elements|ties)-0-[^>]*>', page)
    heard = [field for field in fields if 'type="hidden"' not in field]
    assert len(heard) > 1
    assert [field for field in heard if not re.search(r' aria-label="[^"]+"', field)] == []


def test_lists_show_sort_and_find_things_by_the_name_in_the_readers_language(implementer, ivo):
    names = [("a", "Zebra", "Зебра"), ("b", "Ant", "Ягуар"), ("c", "Bear", "")]
    for code, name, bulgarian in names:
        Nomenclature.objects.create(code=code, name=name, name_bg=bulgarian)
    address = "/admin/characteristics/nomenclature/"

    def shown(language, asked):
        ivo.language = language
        ivo.save()
        page = implementer.get(f"{address}{asked}").content.decode()
        return [each for each in re.findall(r'class="field-label"><a[^>]*>([^<]+)<', page) if each in known]

    known = {each for _code, *both in names for each in both}

    assert shown("en", "?o=0") == ["Ant", "Bear", "Zebra"]
    assert shown("bg", "?o=0") == ["Bear", "Зебра", "Ягуар"]
    assert shown("bg", "?q=Зебра") == ["Зебра"]
