"""Personal data erased in place, where the law asks for it.

Each app says in its own ``erasing.py`` what its tables hold of a person, one ``Eraser`` a model. Rows, their numbers,
days and operations stay; what they said is blanked where it stands, in the table and in its history alike, so that
nothing of it is kept anywhere. What happens by the way (a log-in closed, an address taken away) is an ordinary change.
"""

from .acting import erase
from .registry import Eraser, erasers
from .subject import Subject

__all__ = ["Eraser", "Subject", "erase", "erasers"]
