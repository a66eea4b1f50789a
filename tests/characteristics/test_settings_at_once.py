"""Two people at the settings of elements at the same moment, on real connections."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from characteristics.domain import pasting, shaping, shaping_elements
from characteristics.models import Characteristic, Element
from tests.factories import make_characteristic, make_nomenclature
from trail.domain import settings as acts

PEOPLE = 4


def together(acts_of_all):
    """Do all these acts at once, each on a connection of its own; tells what each of them gave or raised."""

    def alone(act):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(alone, acts_of_all))


def places(queryset):
    return sorted(queryset.values_list("position", flat=True))


@pytest.mark.django_db(transaction=True)
def test_arrows_of_four_people_keep_elements_dense_and_unique():
    grade = make_nomenclature("grade", *"abcdefgh")
    chance = random.Random(4)
    moves = [(chance.choice(list(grade.elements.all())), chance.choice((-1, 1))) for _number in range(40)]

    answers = together([lambda element=e, by=b: shaping_elements.step(element, by, by=None) for e, b in moves])

    assert [each for each in answers if isinstance(each, Exception)] == []
    assert places(grade.elements) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_arrows_of_four_people_keep_characteristics_dense_and_unique():
    for place, code in enumerate("abcdefgh", start=1):
        make_characteristic(code, position=place)
    chance, listed = random.Random(4), shaping.places_of_characteristics()
    moves = [(chance.choice(list(Characteristic.objects.all())), chance.choice((-1, 1))) for _number in range(40)]

    answers = together([lambda each=e, by=b: acts.step(each, listed, by, by=None) for e, b in moves])

    assert [each for each in answers if isinstance(each, Exception)] == []
    assert places(Characteristic.objects) == list(range(1, 9))


@pytest.mark.django_db(transaction=True)
def test_lines_pasted_by_several_people_stand_one_behind_the_other():
    grade = make_nomenclature("grade", "a")
    pastes = [pasting.read("\n".join(f"p{person}n{n};Name" for n in range(30)), grade) for person in range(PEOPLE)]

    answers = together([lambda lines=lines: pasting.add(grade, lines, by=None) for lines in pastes])

    assert answers == [30] * PEOPLE
    assert places(grade.elements) == list(range(1, 30 * PEOPLE + 2))


@pytest.mark.django_db(transaction=True)
def test_the_same_line_pasted_by_several_people_is_taken_in_once():
    grade = make_nomenclature("grade")
    lines = pasting.read("x;Ex", grade)

    answers = together([lambda: pasting.add(grade, lines, by=None)] * PEOPLE)

    refused = [each for each in answers if isinstance(each, pasting.Refused)]
    assert (answers.count(1), len(refused)) == (1, PEOPLE - 1)
    assert Element.objects.filter(code="x").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_elements_put_under_each_other_make_no_ring():
    grade = make_nomenclature("grade", "a", "b")
    a, b = grade.elements.order_by("code")

    def under(element, parent):
        return lambda: shaping_elements.keep(
            element, {"parent": parent, "name": element.name}, by=None, seen=element.version
        )

    together([under(a, b), under(b, a)])

    assert Element.objects.filter(parent=None).count() == 1
