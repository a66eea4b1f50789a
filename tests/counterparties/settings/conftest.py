"""Those who shape the office, at the pages of its settings."""

import pytest


@pytest.fixture
def desk(client, ivo):
    """Ivo at the settings."""
    client.force_login(ivo)
    return client
