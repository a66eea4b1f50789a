"""A shelf of its own for every test that keeps files."""

import pytest


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"
