"""What the database notes of operations while they write history: which types they touched."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from characteristics.domain import values
from counterparties.domain import touches
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Contact, Counterparty, Membership, Note, NoteReader, Touch
from crm import checks
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.touched import not_noted
from trail.domain import in_bulk
from trail.domain.operations import operation
from trail.models import Operation
from trail.pages.words import words


def test_whatever_is_written_is_noted_under_the_types_of_then_and_of_since(office, admin, client_type, bank_type):
    one, both = type_set_of([client_type]), type_set_of([client_type, bank_type])
    motto = make_characteristic("motto", "text", client_type, name="Motto")
    shop, group = (
        make_counterparty("Shop", [client_type]),
        make_counterparty("Group", [make_type("group", client_type)]),
    )
    note = Note(counterparty=shop, text="Ask again", author=admin, audience="roles")

    def retyped(those):
        for each in those:
            each.type_set = both
        in_bulk.change(those)

    acts = {
        "named": lambda: Counterparty.objects.get(pk=shop.pk).save(),
        "answered": lambda: values.save(shop, {motto: "Bread"}),
        "a contact": lambda: Contact.objects.create(counterparty=shop, name="Stefka"),
        "a note": note.save,
        "its reader": lambda: NoteReader(note=note, role=Group.objects.first()).save(),
        "joined": lambda: Membership.objects.create(holding=group, member=shop),
        "of another type": lambda: retyped([Counterparty.objects.get(pk=shop.pk)]),
        "by hand": lambda: Counterparty.objects.update(type_set=one),
        "many": lambda: in_bulk.add([unsaved(number, one if number % 3 else both) for number in range(30)]),
        "many of another type": lambda: retyped(list(Counterparty.objects.filter(type_set=one))),
        "many gone": lambda: in_bulk.remove(list(Counterparty.objects.filter(code__startswith="B"))),
    }

    for name, act in acts.items():
        with operation("card", by=admin):
            act()
        assert not_noted() == [], name

    pairs = Touch.objects.values_list("operation", "type_set")
    assert len(pairs) == len(set(pairs))
    by_types = Operation.objects.filter(pk__in=Touch.objects.filter(type_set=both.pk).values("operation"))
    assert set(by_types) >= set(Operation.objects.filter(kind="card"))


def unsaved(number, type_set):
    return Counterparty(code=f"B{number}", code_key=f"b{number}", name=f"Bulk {number}", type_set=type_set)


def test_what_was_taken_away_and_is_put_back_is_found_again(office, client_type, bank_type):
    shop = make_counterparty("Shop", [client_type])
    Counterparty.objects.filter(pk=shop.pk).update(type_set=type_set_of([bank_type]))
    facts = Counterparty.objects.get(pk=shop.pk)
    facts.delete()
    touches.prepare(anew=True)

    facts.pk = shop.pk
    Counterparty.objects.bulk_create([facts])

    assert not_noted() == []


def test_notes_without_their_triggers_are_told_and_mended(office, client_type):
    noted = set(Touch.objects.values_list("operation", "type_set"))
    touches.kept().forget()
    shop = make_counterparty("Shop", [client_type])
    shop.delete()
    make_counterparty("Other", [client_type])

    (told,) = checks.touches_of_operations(databases=["default"])
    assert (told.id, told.hint) == ("crm.W005", "Run: python manage.py migrate")
    assert len(not_noted()) == 1

    touches.prepare()
    assert (checks.touches_of_operations(databases=["default"]), not_noted()) == ([], [])
    # What is gone is noted under the types it had at last.
    assert Touch.objects.count() == len(noted) + 3


def test_migrations_find_no_trigger_that_reads_a_table_they_rebuild(office):
    touches.forget()
    is_sqlite = touches.missing() != []
    touches.prepare()

    assert (is_sqlite, touches.missing()) == (connection.vendor == "sqlite", [])


@pytest.mark.once
def test_everything_told_with_a_counterparty_is_noted():
    ways = {way.history for way in touches.kept().ways}

    told = {each.model.history.model._meta.db_table for each in words if Counterparty in (each.thing, each.model)}

    assert ways == told
