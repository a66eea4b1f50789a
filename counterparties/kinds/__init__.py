"""One file per kind of counterparty. To add a kind, add a file: nothing else changes."""

from importlib import import_module
from pkgutil import iter_modules

from .base import Kind, kind_choices, kinds

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Kind", "kind_choices", "kinds"]
