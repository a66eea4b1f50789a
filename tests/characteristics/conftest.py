"""Those who shape the office, at its pages."""

import pytest

from tests.factories import make_nomenclature


@pytest.fixture
def settings_of(client, ivo):
    """Ivo, who manages the settings, at the office."""
    client.force_login(ivo)
    return client


@pytest.fixture
def grade(office):
    return make_nomenclature("grade", "a", "b", "c", "d")
