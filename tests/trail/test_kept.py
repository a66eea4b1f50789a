"""What is kept of the settings, and when it is read anew."""

import pytest

from trail.domain import kept
from trail.domain.kept import Kept


@pytest.fixture
def stamps(monkeypatch):
    """What the settings carry at each asking; the last one stays."""
    said = []

    def stamp_of(_model):
        return said.pop(0) if len(said) > 1 else said[0]

    monkeypatch.setattr(kept, "stamp_of", stamp_of)
    return said


@pytest.fixture
def office():
    """Tells at each reading how often it was read."""
    readings = []
    return Kept(lambda: readings.append(1) or len(readings))


def test_settings_that_nobody_changed_are_read_once(stamps, office):
    stamps[:] = [7]

    assert [office.now(), office.now()] == [1, 1]


def test_changed_settings_are_read_anew(stamps, office):
    stamps[:] = [7]
    office.now()

    stamps[:] = [9]

    assert [office.now(), office.now()] == [2, 2]


def test_settings_of_before_are_not_taken_out_of_a_drawer(stamps, office):
    for stamp in (7, 9, 7):
        stamps[:] = [stamp]
        office.now()

    assert office.now() == 3


def test_what_was_read_while_somebody_changed_it_is_not_kept(stamps, office):
    stamps[:] = [7, 9]
    assert office.now() == 1

    stamps[:] = [7]

    assert office.now() == 2


def test_without_a_stamp_nothing_is_kept(stamps, office):
    stamps[:] = [None]

    assert [office.now(), office.now()] == [1, 2]
