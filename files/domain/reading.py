"""Who may read a stored file: whoever may read what it hangs on. An app that hangs files somewhere says so in its own
`file_places.py`."""

from typing import Any

from desk.registry import Registry
from files.domain.kinds import PICTURES
from files.models import StoredFile

places = Registry("place of files")
#: Where files hang that somebody from outside may read; no other file is theirs, whatever it hangs on.
guest_places = Registry("place of files for guests")


class Place:
    """One sort of place where files hang: the values of characteristics, the documents of a dossier."""

    code = ""
    position = 0
    #: Its files belong to counterparties.
    of_counterparties = True
    #: Its files are their owner's, who fetches them in person: not whoever looks as them.
    is_in_person = False

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        """May the reader, who may view its counterparty if it has one, see the file there, now or in history?

        None: it is not there.
        """
        raise NotImplementedError


def may_read(stored: StoredFile, decision: Any) -> bool:
    """A picture of a nomenclature is everybody's in the office; what hangs elsewhere, whom that place lets in.

    A file of a counterparty asks for that, and for one of its places; one that hangs nowhere yet for the first alone.
    A guest of the office reads what a place for guests opens, and nothing else.
    """
    if getattr(decision.user, "is_guest", False):
        return any(place.opens(stored, decision) for place in guest_places)
    if stored.counterparty and not decision.may("view", stored.counterparty):
        return False
    hangs_somewhere = False
    for place in places:
        if place.of_counterparties != bool(stored.counterparty_id):
            continue
        opens = place.opens(stored, decision)
        if opens:
            return True
        hangs_somewhere |= opens is not None
    # Of files that belong to no counterparty only pictures are everybody's: a sheet whose job is gone is nobody's.
    return not hangs_somewhere and bool(stored.counterparty_id or stored.content_type in PICTURES)


def is_fetched_in_person(stored: StoredFile, decision: Any) -> bool:
    """Is it for one person alone, and for nobody who looks as them?"""
    return any(place.is_in_person and place.opens(stored, decision) is not None for place in places)
