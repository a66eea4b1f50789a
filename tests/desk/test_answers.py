"""How pages answer."""

import gc
import weakref

from desk.pages.answers import show


class Way(list):
    """The way to a page."""


def test_what_a_page_shows_goes_with_it_and_waits_for_no_collector(rf) -> None:
    crumbs = Way([("Counterparties", None)])
    waiting = weakref.ref(crumbs)
    gc.disable()

    answer = show(rf.get("/"), "desk/crumbs.html", crumbs=crumbs)
    del crumbs
    left = waiting()
    gc.enable()

    assert "Counterparties" in answer.content.decode()
    assert left is None
