"""Acts of people, and how they read of them in the list of operations."""

import re

from counterparties.domain.type_sets import type_set_of
from trail.domain.operations import operation
from trail.models import Operation


def act(kind, by, change, reason=""):
    with operation(kind, by=by, reason=reason):
        change()
    return Operation.objects.latest("pk")


def rename(counterparty, name):
    def change():
        counterparty.name = name
        counterparty.save()

    return change


def listed(client, user, query=""):
    """The operations somebody finds, newest first."""
    client.force_login(user)
    page = client.get(f"/operations/{query}").content.decode()
    return [int(pk) for pk in re.findall(r'<a href="/operations/(\d+)/">\d', page)], page


def read(client, user, found):
    client.force_login(user)
    return client.get(f"/operations/{found.pk}/")


def retype(counterparty, *types):
    counterparty.type_set = type_set_of(types)
    counterparty.save()
