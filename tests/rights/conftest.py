"""Ivo at the settings, and the two roles whose rights he changes."""

import pytest
from django.contrib.auth.models import Group


@pytest.fixture
def desk(client, ivo):
    """Ivo at the settings."""
    client.force_login(ivo)
    return client


@pytest.fixture
def sales(office):
    return Group.objects.get(name="Sales")


@pytest.fixture
def bookkeeping(office):
    return Group.objects.get(name="Bookkeeping")
