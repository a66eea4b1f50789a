"""One small idea used everywhere: a named list of things that know their own code."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured


class Registry:
    """Things registered under their ``code``, given out by ``position``, then code."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, Any] = {}

    def register(self, thing: type) -> type:
        """Class decorator: make the one instance of this class and keep it."""
        instance = thing()
        if instance.code in self._things:
            raise ImproperlyConfigured(f"Two {self.what}s share the code {instance.code!r}.")
        self._things[instance.code] = instance
        return thing

    def get(self, code: str) -> Any:
        """The thing of this code; KeyError names the known ones."""
        try:
            return self._things[code]
        except KeyError:
            raise KeyError(f"No {self.what} {code!r}; known: {', '.join(sorted(self._things))}") from None

    def __contains__(self, code: str) -> bool:
        return code in self._things

    def __iter__(self) -> Iterator[Any]:
        return iter(sorted(self._things.values(), key=lambda thing: (thing.position, thing.code)))

    def choices(self) -> list[tuple[str, Any]]:
        """For a model field, as a callable: a new thing needs no migration."""
        return [(thing.code, thing.label) for thing in self]
