"""Those who come into Django admin."""

import pytest
from zeal import zeal_ignore


@pytest.fixture(autouse=True)
def djangos_own_way():
    """The pages are Django's: it reads a chosen parent once more, and so on. No list of ours is meant."""
    with zeal_ignore():
        yield


@pytest.fixture
def implementer(client, ivo):
    client.force_login(ivo)
    return client
