"""Choosing elements on a card."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from characteristics.domain import nomenclatures
from characteristics.models import Element
from characteristics.pages.choosing import MOST_IN_A_SELECT
from counterparties.models import Value
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from tests.shown import names


def test_all_boxes_of_a_nomenclature_share_one_list(admin, client_type):
    places = make_nomenclature("places", *[f"e{number}" for number in range(MOST_IN_A_SELECT + 1)])
    for code in ("born", "lives"):
        make_characteristic(code, "nomenclature", client_type, nomenclature=places)
    make_characteristic("works", "nomenclature", client_type, nomenclature=places, is_multiple=True)
    desk = Client()
    desk.force_login(admin)

    card = desk.get("/counterparties/new/?type=client").content.decode()

    assert len(re.findall('<input[^>]* list="list-of-places"', card)) == 3
    assert card.count('<datalist id="list-of-places"') == 1
    assert card.count('<option value="e7"') == 1


def test_a_stopped_element_stays_in_its_own_box_and_is_suggested_to_nobody(admin, client_type):
    places = make_nomenclature("places", *[f"e{number}" for number in range(MOST_IN_A_SELECT + 2)])
    kept = nomenclatures.elements(places)[0]
    kept.stopped_at = kept.history.first().history_date
    field = make_characteristic("born", "nomenclature", client_type, nomenclature=places).type.form_field

    box = field(make_characteristic("born2", "nomenclature", client_type, nomenclature=places), kept)

    assert box.clean("e0") == kept
    assert '<option value="e0"' not in box.widget.render("born", box.prepare_value(kept))


def test_in_a_long_list_a_name_will_do_where_one_element_alone_bears_it(admin, client_type):
    places = make_nomenclature("places", *[f"e{number}" for number in range(MOST_IN_A_SELECT + 2)])
    Element.objects.filter(code="e7").update(name="Sofia, Old Town", name_bg="София, Стария град")
    Element.objects.filter(code__in=("e8", "e9")).update(name="Varna")
    born = make_characteristic("born", "nomenclature", client_type, nomenclature=places)
    field = born.type.form_field(born)
    desk = Client()
    desk.force_login(admin)

    assert field.clean("София, Стария град").code == "e7"
    with pytest.raises(ValidationError, match="several elements"):
        field.clean("varna")
    assert '<span class="help meant">Sofia, Old Town</span>' in field.widget.render("born", "e7")
    page = desk.get("/clients/?c-born=e7,e8,E10&filters=open").content.decode()
    assert 'value="e7, e8, E10"' in page
    assert ">Sofia, Old Town, Varna, E10</b>" in page


@pytest.mark.parametrize("asked", [1, 3, 4, 6])
def test_a_filter_of_few_and_of_many_elements_finds_who_says_one_of_them(admin, client_type, asked):
    sizes = make_nomenclature("sizes", *[f"e{number}" for number in range(7)])
    born, lives = (make_characteristic(code, "nomenclature", client_type, nomenclature=sizes) for code in ("b", "l"))
    firms = [make_counterparty(f"Firm {place}", types=[client_type]) for place in range(7)]
    for firm, element in zip(firms, nomenclatures.elements(sizes), strict=True):
        for each in (born, lives):
            Value.objects.create(counterparty=firm, characteristic=each, element=element)
    desk = Client()
    desk.force_login(admin)
    one, other = ("&".join(f"c-{code}=e{number}" for number in range(asked)) for code in ("b", "l"))

    def found(question):
        return names(desk.get(f"/counterparties/?type=client&{question}"))

    assert found(one) == found(f"{one}&{other}") == [firm.name for firm in firms[:asked]]
    assert found(f"{one}&c-l=e0") == ["Firm 0"]
