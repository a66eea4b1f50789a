"""Work on a chunk is not interrupted by looking for waste, and whatever becomes of it, the looking goes on after."""

import gc

import pytest

from trail.domain.undisturbed import undisturbed


def test_nothing_is_looked_for_meanwhile_and_everything_afterwards():
    with undisturbed():
        assert not gc.isenabled()
        with undisturbed():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()


def test_it_goes_on_after_a_mishap():
    with pytest.raises(ZeroDivisionError), undisturbed():
        raise ZeroDivisionError

    assert gc.isenabled()
