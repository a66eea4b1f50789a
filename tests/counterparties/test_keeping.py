"""Keeping a card that is held as it was read: nothing is read twice, and nobody's work is lost."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import nomenclatures, values
from counterparties.domain import keeping
from counterparties.domain.clients import Known, client_of, places_of
from counterparties.models import Address, Client, Counterparty
from desk.models import Stale
from tests.factories import make_characteristic, make_counterparty, make_nomenclature


def read(pk):
    return Counterparty.objects.select_related("type_set").get(pk=pk)


def keep(one, by, answers=(), **facts):
    return keeping.keep(one, facts, one.types, dict(answers), by=by, seen=one.version)


def test_a_new_answer_is_kept_in_five_statements_a_changed_fact_in_three_or_one(anna, client_type):
    motto = make_characteristic("motto", "text", client_type)
    danube = read(make_counterparty("Danube").pk)
    types, spent = danube.types, []

    for facts, answers in (({}, {motto: "Onward"}), ({"phone": "02 987 6543"}, {})):
        held = read(danube.pk)
        with CaptureQueriesContext(connection) as counted:
            keeping.keep(held, facts, types, answers, by=anna, seen=held.version)
        spent.append([sql["sql"] for sql in counted if "SAVEPOINT" not in sql["sql"]])

    # PostgreSQL writes what is changed, its history and the operation in one.
    assert [len(each) for each in spent] == [5, 1 if connection.vendor == "postgresql" else 3]
    kept = read(danube.pk)
    assert (kept.phone, kept.version, kept.history.count(), held.phone) == ("02 987 6543", 3, 2, "")


def test_who_holds_a_card_since_before_somebody_saved_it_is_told(anna, mila, client_type):
    motto = make_characteristic("motto", "text", client_type)
    mine, theirs = (read(pk) for pk in [make_counterparty("Danube").pk] * 2)
    keep(theirs, mila, {motto: "Onward"}, phone="02 987 6543")

    with pytest.raises(Stale) as another:
        keep(mine, anna, phone="02 111 1111")
    with pytest.raises(keeping.Repeated):
        keep(mine, anna, {motto: "Onward"}, phone="02 987 6543")

    assert not isinstance(another.value, keeping.Repeated)
    assert (read(mine.pk).phone, read(mine.pk).version) == ("02 987 6543", 2)
    assert Counterparty.history.filter(id=mine.pk).count() == 2


def test_what_was_read_beside_the_card_is_believed_as_long_as_it_stands(anna, mila, client_type, monkeypatch):
    """A lock that comes between loses no word of it, and what a colleague saved meanwhile is looked at."""
    danube = make_counterparty("Danube")
    Client.objects.create(counterparty=danube, office_phone="02 987 6543")
    mine, theirs = (read(danube.pk) for _each in range(2))
    known = Known(client_of(mine), places_of(mine))
    sent = {"client": {"office_phone": "02 111 1111"}, "places": {"company": {"city": "Ruse"}}}

    def locked(_place):
        raise OperationalError("database is locked")

    with monkeypatch.context() as at_first:
        at_first.setattr(Address, "save", locked)
        with pytest.raises(OperationalError):
            keeping.keep(theirs, {}, theirs.types, {}, by=mila, seen=1, known=known, **sent)
    keeping.keep(theirs, {}, theirs.types, {}, by=mila, seen=1, known=known, **sent)
    assert (Client.objects.get().office_phone, Address.objects.get().city) == ("02 111 1111", "Ruse")
    assert (known.client.office_phone, known.places) == ("02 987 6543", {})

    with pytest.raises(keeping.Repeated):
        keeping.keep(mine, {}, mine.types, {}, by=anna, seen=1, known=known, **sent)
    assert (Client.history.count(), Address.history.count(), read(danube.pk).version) == (2, 1, 2)


def test_a_card_that_says_what_is_stored_is_kept_without_a_word_of_history(anna, client_type):
    danube = read(make_counterparty("Danube", phone="02 987 6543").pk)
    danube.phone = "typed on the way to the check"

    assert keep(danube, anna, phone="02 987 6543") is None

    assert (read(danube.pk).version, danube.history.count()) == (1, 1)


def test_types_that_are_not_given_stay(anna, client_type, supplier_type):
    danube = make_counterparty("Danube", types=[client_type, supplier_type])

    kept = keeping.keep(danube, {"phone": "02 987 6543"}, None, {}, by=anna, seen=danube.version)

    assert kept.types == danube.types
    assert [each.type_set_id for each in danube.history.all()] == [danube.type_set_id] * 2


def test_answers_are_compared_without_reading_what_they_point_at(anna, client_type, django_assert_num_queries):
    size = make_nomenclature("size", "small", "large")
    small, large = nomenclatures.elements(size)
    danube = make_counterparty("Danube")
    asked = {make_characteristic(f"size{n}", "nomenclature", client_type, nomenclature=size): small for n in range(3)}
    values.save(danube, asked)
    first, *_others = asked

    with django_assert_num_queries(1):
        assert not values.Answered(danube, asked)
    assert values.Answered(danube, asked | {first: large})
    assert values.Answered(danube, asked | {first: None})
    assert values.Answered(danube, asked | {first: [small, large]})


def test_a_counterparty_is_held_as_it_stands_or_not_at_all(client_type, django_assert_num_queries):
    danube = make_counterparty("Danube", phone="02 987 6543")

    with django_assert_num_queries(1):
        held = keeping.held(danube.pk)

    assert (held, held.changed_fields()) == (danube, [])
    assert held._read == read(danube.pk)._read
    with pytest.raises(Counterparty.DoesNotExist):
        keeping.held(danube.pk + 1)
