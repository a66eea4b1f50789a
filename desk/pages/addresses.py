"""Addresses that ask the same page a little differently: another order, one filter less, the next page."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlencode

Pairs = Iterable[tuple[str, str]]


@lru_cache(1_000)
def _written(pair: tuple[str, str]) -> str:
    """The twenty addresses of a list page say nearly the same."""
    return urlencode([pair])


class Address:
    """A path with its question, as far as it was understood."""

    def __init__(self, path: str, pairs: Pairs = ()) -> None:
        self.path = path
        self.pairs = [(name, str(value)) for name, value in pairs]

    def __str__(self) -> str:
        return f"{self.path}?{'&'.join(map(_written, self.pairs))}" if self.pairs else self.path

    def but(self, changes: Mapping[str, str | Iterable[str] | None]) -> "Address":
        """The same question with these answers instead; None or nothing takes a name out."""
        kept = [(name, value) for name, value in self.pairs if name not in changes]
        for name, value in changes.items():
            values = [] if value is None else [value] if isinstance(value, str) else value
            kept += [(name, each) for each in values]
        return Address(self.path, kept)

    def without(self, *names: str) -> "Address":
        return self.but(dict.fromkeys(names))

    def at(self, path: str) -> "Address":
        """The same question, asked elsewhere."""
        return Address(path, self.pairs)
