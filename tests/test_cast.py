"""People who are laid out are those whom the office would have made, down to their history."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from staff.models import User
from tests import cast
from trail.models import Operation


def told(make, name):
    """All that is written of somebody, without numbers, moments and the salt of the password."""
    with transaction.atomic():
        number = Operation.objects.count()
        made = make(name)
        kept = User.objects.get(pk=made.pk)
        found = [
            [facts(each) for each in (made, kept)],
            kept.check_password(f"{name}-demo"),
            sorted(kept.get_all_permissions()),
            sorted(kept.groups.values_list("name", flat=True)),
            [
                (facts(row), sorted(row.groups.values_list("group__name", flat=True)), row.user_permissions.count())
                for row in kept.history.order_by("pk")
            ],
            [(each.kind, each.user, each.reason) for each in Operation.objects.order_by("pk")[number:]],
            {each.kind for each in Operation.objects.filter(pk__in=kept.history.values("operation"))},
        ]
        transaction.set_rollback(True)
    return found


def facts(record):
    passing = ("id", "password", "history_id", "operation_id")
    values = {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}
    return {
        name: "a moment" if isinstance(value, datetime) else value
        for name, value in values.items()
        if name not in passing
    }


@pytest.mark.parametrize("name", cast.PEOPLE)
def test_somebody_laid_out_is_as_if_made(office, name):
    assert cast.prepared[name].fits()
    assert told(cast.person, name) == told(cast.make, name)


def test_whose_numbers_or_roles_are_others_now_is_made(office):
    anna, boris = cast.prepared["anna"], cast.prepared["boris"]
    cast.person("anna")
    assert (anna.fits(), boris.fits()) == (False, True)
    User.objects.update(username="hanna")
    assert not anna.fits()

    Group.objects.filter(name="Bookkeeping").update(name="Books")
    Group.objects.create(name="Bookkeeping")

    assert not boris.fits()
    assert [each.name for each in cast.person("boris").groups.all()] == ["Bookkeeping"]
