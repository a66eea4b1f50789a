"""One file per country the demo office deals with: how its firms, people, towns and numbers are made up."""

from .base import Firm, Land, Person
from .britain import BRITAIN
from .bulgaria import BULGARIA
from .germany import GERMANY
from .romania import ROMANIA
from .russia import RUSSIA

#: Country and its share among a hundred counterparties.
SHARES = [(BULGARIA, 46), (RUSSIA, 18), (GERMANY, 14), (ROMANIA, 12), (BRITAIN, 10)]

__all__ = ["BRITAIN", "BULGARIA", "GERMANY", "ROMANIA", "RUSSIA", "SHARES", "Firm", "Land", "Person"]
