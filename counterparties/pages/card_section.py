"""A part of the card: fields to fill in, and answers that can only be read."""

from dataclasses import dataclass, field

from django.forms import BoundField
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Told:
    """An answer that is shown and not asked."""

    label: str
    html: SafeString | str
    why: str


@dataclass
class Section:
    """A part of the card with its own anchor."""

    id: str
    title: str
    hint: str = ""
    fields: list[BoundField] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    #: It opens by a click: most leave it empty.
    is_folded: bool = False
