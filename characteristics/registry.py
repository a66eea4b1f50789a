"""The types of characteristics there are; each registers itself from its own file (see `characteristics/types/`)."""

from typing import Any

from desk.registry import Registry

types = Registry("characteristic type")


def type_choices() -> list[tuple[str, Any]]:
    return types.choices()
