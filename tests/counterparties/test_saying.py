"""How many say a characteristic or an element, as the settings tell it."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import uses
from characteristics.domain.usage import Filled
from counterparties.domain import saying
from counterparties.models import Client, Contract, Counterparty, Value
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type


@pytest.fixture
def grade(client_type, supplier_type, bank_type):
    """Said for what clients and banks are asked, for what only retail clients are, and as a fact of clients."""
    grade, retail = make_nomenclature("grade", "a", "b", "c"), make_type("retail", client_type)
    a, b, c = grade.elements.order_by("code")
    quality = make_characteristic("quality", "nomenclature", client_type, bank_type, nomenclature=grade)
    shelf = make_characteristic("shelf", "nomenclature", retail, nomenclature=grade)
    make_characteristic("silent", "text", client_type)
    for types, characteristic, *said in (
        ([client_type], quality, a, b),
        ([client_type, bank_type], quality, a),
        ([bank_type], quality, b),
        ([supplier_type], quality, a),  # of a type that asks for it no more
        ([retail, supplier_type], shelf, c),
        ([bank_type], shelf, c),
    ):
        one = make_counterparty(types=types)
        for place, element in enumerate(said):
            Value.objects.create(counterparty=one, characteristic=characteristic, element=element, place=place)
        Client.objects.create(counterparty=one, category=a)
        Contract.objects.create(counterparty=one, number="1", contract_type=c)
    return grade


def counted_one_by_one(decision):
    """(characteristics, elements) → Filled, as somebody would count who goes through the dossiers."""
    seen, others = Counter(), set()

    def count(thing, is_seen):
        if is_seen:
            seen[thing] += 1
        else:
            others.add(thing)

    visible = set(decision.counterparties("view").values_list("pk", flat=True))
    granted, sets = decision.type_ids("view"), decision.type_sets
    for each in Value.objects.select_related("counterparty", "characteristic"):
        if each.place == 0:
            asking = decision.tree.carriers(each.characteristic) & granted & sets[each.counterparty.type_set_id]
            count(each.characteristic, asking or decision.is_superuser)
        count(each.element, each.counterparty_id in visible)
    for model, fact in ((Client, "category"), (Contract, "contract_type")):
        for each in model.objects.all():
            count(getattr(each, fact), each.counterparty_id in visible)
    found = {thing: Filled(seen[thing], thing in others) for thing in {*seen, *others}}
    return (
        {thing.pk: told for thing, told in found.items() if thing._meta.model_name == "characteristic"},
        {thing.pk: told for thing, told in found.items() if thing._meta.model_name == "element"},
    )


@pytest.mark.parametrize("name", ["admin", "anna", "boris", "mila", "vera", "ivo"])
def test_everybody_is_told_what_they_may_view_and_whether_there_are_others(request, grade, name, monkeypatch):
    decision = policy.for_user(request.getfixturevalue(name))

    def told(counts):
        return {pk: each for pk, each in counts.items() if each != Filled()}

    characteristics, elements = counted_one_by_one(decision)
    for few in (20_000, -1):  # listed, or looked for behind each row
        monkeypatch.setattr(saying, "FEW", few)
        assert told(saying.of_characteristics(decision)) == characteristics
        assert told(saying.of_elements(grade.elements.values_list("pk", flat=True), decision)) == elements


def test_of_very_many_it_is_told_that_they_are_more(client, admin, grade, monkeypatch):
    monkeypatch.setattr(uses, "COUNTED", 2)
    client.force_login(admin)

    listed = client.get("/settings/characteristics/").content.decode()
    refused = client.post("/settings/nomenclatures/grade/elements/a/delete/", {"confirmed": "1"})

    # Four say the first, two the other; more than two are not counted.
    assert listed.count(">2+</a>") == 1
    assert listed.count(">2</a>") == 1
    assert (refused.status_code, Counterparty.objects.count()) == (422, 6)
    sentences = [use.sentence for use in refused.context["uses"]]
    assert sentences == ["2+ counterparties say it for “Quality”.", "2+ have it as “category”."]


def test_a_refusal_asks_as_much_of_one_user_as_of_many_characteristics(client, admin, grade, client_type):
    client.force_login(admin)
    address = "/settings/nomenclatures/grade/elements/a/delete/"

    def asked():
        with CaptureQueriesContext(connection) as statements:
            client.get(address)
        return len(statements)

    asked()
    before, shop, element = asked(), make_counterparty(), grade.elements.get(code="a")
    for number in range(5):
        another = make_characteristic(f"n{number}", "nomenclature", client_type, nomenclature=grade)
        Value.objects.create(counterparty=shop, characteristic=another, element=element)

    assert asked() == before
