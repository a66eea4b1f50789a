"""What a type of characteristic must be able to answer. Nobody else ever asks which type it is."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString, mark_safe

from characteristics.models import Characteristic
from characteristics.pages.several import SeveralField
from characteristics.registry import types
from desk.databases import Owners
from desk.widgets import escaped

from .limited import Limited

__all__ = ["CharacteristicType", "types"]


class CharacteristicType(Limited):
    """One type: its words, where its values are stored, and the answers for form, filter, list, sheet and import.

    A *value* is what Python holds (str, Decimal, date, bool, Element …); None means nothing was said. ``decision``
    comes from the policy and is about the user who asks; None is the office itself, which sees everything.
    """

    code = ""
    label: Any = ""
    position = 0
    icon = "tag"
    storage = "text"  # the typed column of the stored value
    order_by: tuple[str, ...] = ("text_sort",)  # columns of the stored value by which records are sorted
    needs_nomenclature = False
    implementer_only = False
    allows_several = True
    hides = False  # some values are not for every reader, see ``in_sight`` and ``sorts``
    settles = False  # what comes in bulk is looked at beside what is stored, see ``settled``
    css = "text"  # the class of its cells in lists, which gives the width: text, long, num, date, yes, picture
    is_ranked = False  # sorted by the place of one element in its nomenclature alone
    has_few_values = False  # the same few stand in every row, so a sheet makes each cell once
    is_plain = False  # its line is nothing but the text that is kept, so a list escapes a whole column at once
    says_the_same = False  # a value has the same line in every list of a language, so lists keep it
    can_be_key = False  # an import may find records by it
    comes_in_sheets = True  # a sheet can bring a new value, not only name the one that is kept
    points = False  # its values are records with a page of their own, which tells who points at them
    element_ending = ""  # ending of the filter that asks for an element
    parts_into = ""  # what a list in numbers is parted into: elements, periods, ranges, flags, targets; or nothing
    is_added_up = False  # a list in numbers tells its sum and average
    is_block = False  # its html is a block of its own, several of them need no sign between them

    def holds(self, other: "CharacteristicType") -> bool:
        """Would every value of the other type be the same value here? Only then may one change into this."""
        return type(self) is type(other)

    def form_field(self, characteristic: Characteristic, value: Any = None, decision: Any = None) -> forms.Field:
        """The field of the card; ``value`` is what is stored now, offered even when it was stopped since."""
        raise NotImplementedError

    def several_field(self, one: Callable[[Any], forms.Field], values: list[Any], decision: Any = None) -> forms.Field:
        """The field of the card for several values; ``one(value)`` makes that of a single one."""
        return SeveralField(one, values)

    def filter_fields(self, characteristic: Characteristic, decision: Any = None) -> dict[str, forms.Field]:
        """Fields of the filter by the ending of their name: ``""``, or ``_min`` and ``_max``; none is required."""
        raise NotImplementedError

    def filter_labels(self) -> dict[str, Any]:
        """Words for these endings, where they ask for different things."""
        return {}

    def matching(self, characteristic: Characteristic, asked: dict[str, Any]) -> Q:
        """Which stored values answer the filter; ``asked`` holds the non-empty answers by ending."""
        raise NotImplementedError

    def walking(self, characteristic: Characteristic, asked: dict[str, Any]) -> Q:
        """What a walk through the values in their order can tell of it: true of all that answer, of few others."""
        return self.matching(characteristic, asked)

    def few_walked(self, rows: QuerySet, asked: dict[str, Any]) -> list[Any] | None:
        """The different contents that answer among these values in their order; None where it is not known, or many."""
        return None

    def owners(self, rows: QuerySet, owner: str, characteristic: Characteristic, asked: dict[str, Any]) -> Owners:
        """Whose they are, of the characteristic's stored ``rows``."""
        return Owners(rows.filter(self.matching(characteristic, asked)), owner)

    def asks_for_none(self, asked: dict[str, Any]) -> bool:
        """Does the filter ask for records that say nothing? Then ``matching`` is not asked."""
        return False

    def asked_words(self, characteristic: Characteristic, asked: dict[str, Any]) -> str:
        """The filter in words, for the chip above the list."""
        return ", ".join(self.text(each) for each in asked.values())

    def stored(self, value: Any) -> dict[str, Any]:
        """The columns that hold a value."""
        return {self.storage: value}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns out of which a value is made."""
        return (self.storage,)

    def made(self, *contents: Any) -> Any:
        """The value that these columns hold."""
        return contents[0]

    def value(self, stored: Any) -> Any:
        """The value that a stored row holds."""
        return self.made(*[getattr(stored, name) for name in self.columns])

    def in_sight(self, value: Any, decision: Any, place: int = 0) -> Any:
        """A stored value as this reader may know it; ``place`` counts the values of its characteristic from 0."""
        return value

    def sort_keys(self, prefix: str) -> tuple[Any, ...]:
        """What records are sorted by, from where the stored value is reached; none of them is ever empty."""
        return tuple(f"{prefix}{name}" for name in self.order_by)

    def sorts(self, decision: Any, prefix: str = "") -> Q:
        """The stored values whose order this reader may see; the others sort like those that say nothing."""
        return Q()

    def take(self, value: Any, owner: Any) -> Any:
        """What a card brings, ready to be stored with its owner; runs inside the operation that saves it."""
        return value

    def settled(
        self, characteristic: Characteristic, value: Any, owner: Any, held: Sequence[Any], decision: Any
    ) -> Any:
        """What is said for an owner in bulk, beside the values that this reader knows to be ``held`` there now.

        Asked only of types that settle; raises ValidationError with a sentence where it may not be said.
        """
        return value

    def chosen(self, value: Any) -> list[Any]:
        """The elements that a value names: a stopped one stays where it is and goes nowhere else."""
        return []

    def text(self, value: Any) -> str:
        """The value in the reader's language."""
        return str(value)

    def html(self, value: Any) -> SafeString:
        """The value on a page."""
        return mark_safe(escaped(self.text(value)))  # noqa: S308

    def line(self, value: Any) -> SafeString:
        """The value in a row of a list, which has one line."""
        return self.html(value)

    def cell(self, value: Any) -> Any:
        """What a sheet's cell gets: a number is a number, a date a date."""
        return self.text(value)

    def writer(self, characteristic: Characteristic) -> Callable[[Any], Any]:
        """Made once per column of a sheet: turns a value into a cell that ``reader`` reads back as the same."""
        return self.cell

    def brief_writer(self, characteristic: Characteristic, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Turns what the database holds in the one column of a value into the same cell as ``writer``.

        ``read`` makes the value of it; in a sheet of a hundred thousand rows a shorter way is worth to be known.
        """
        write = self.writer(characteristic)
        return lambda content: write(read(content))

    def listed(self, characteristic: Characteristic) -> Sequence[Any]:
        """Every value there is to choose from today, for the drop-down of a template; empty where anything goes."""
        return ()

    def example(self, characteristic: Characteristic) -> Any:
        """A value as people say it, for the example row of a template; None where none helps."""
        return next(iter(self.listed(characteristic)), None)

    def spelled(self, cell: Any) -> str:
        """A cell as a text that is read alike in every language: where several values share a cell."""
        return str(cell)

    def reader(self, characteristic: Characteristic, decision: Any = None) -> Callable[[Any], Any]:
        """Made once per column of an import: turns a cell (text, number, date, bool) into a value.

        The reader raises ValidationError with a sentence; an empty cell never reaches it.
        """
        return self.form_field(characteristic, decision=decision).clean

    def parse(self, characteristic: Characteristic, cell: Any, decision: Any = None) -> Any:
        """Read one value as an import would."""
        return self.reader(characteristic, decision)(cell)
