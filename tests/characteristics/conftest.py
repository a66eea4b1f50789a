"""Those who shape the office, at its pages."""

import pytest


@pytest.fixture
def settings_of(client, ivo):
    """Ivo, who manages the settings, at the office."""
    client.force_login(ivo)
    return client
